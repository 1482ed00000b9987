"""Estimation beside the R packages, and figures derived from data sets."""
