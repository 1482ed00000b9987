"""Futures: draws of everything uncertain, and every arrangement solved in each of them.

takes: parameter files with ranges and sources, views of the world, weighted draws, a seed, arrangements.
gives: a Sample and an Ensemble of exact outcomes, computed here or on a cluster, in chunks that are kept.
promises: same files, seed and version give the same numbers, whatever was killed on the way. never: interprets.
"""
