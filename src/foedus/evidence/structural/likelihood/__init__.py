"""Likelihoods, their derivatives and their maxima."""
