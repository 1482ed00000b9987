"""Likelihoods of games as trees, with exact first and second derivatives (jets), and the climb to their maxima."""
