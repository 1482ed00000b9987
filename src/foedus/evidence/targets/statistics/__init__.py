"""Shares, rates, quantiles, survival curves, Cox's regression and the logit, each estimate with its interval."""
