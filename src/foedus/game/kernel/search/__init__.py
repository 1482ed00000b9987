"""Search: find the equilibrium of a game, slice by slice (docs/theory.md, section 8; decision 006).

takes: a game in both precisions, working memory, a way. gives: a point and the residual of one full sweep there.
promises: what is not a number is never a solution. never: knows what a sweep computes.
"""
