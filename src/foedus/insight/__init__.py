"""Insight: what an ensemble says about the arrangements in it.

takes: an Ensemble. gives: a Comparison: how outcomes lie, who is ahead of whom and how often, what would overturn it.
promises: only futures in which every arrangement converged, the others counted; every statistic has its definition.
never: prints, rounds or chooses words.
"""
