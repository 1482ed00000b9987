"""The crisis-signalling game of Lewis and Schultz (2003): its payoffs, all its equilibria, and fits to what was seen.

`sigint` is where a fit begins: by full, pseudo- or nested pseudo-likelihood.
"""
