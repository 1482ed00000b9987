"""Figures computed from public data, each with its interval and the number of cases: what the model is held against."""
