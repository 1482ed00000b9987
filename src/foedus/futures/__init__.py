"""Futures: draws of everything uncertain, and every arrangement solved in each of them.

takes: parameter files with ranges and sources, a seed, arrangements. gives: a Sample and an Ensemble of exact outcomes.
promises: same files, seed and version give the same numbers. never: interprets.
"""
