"""Figures computed from public data, each with its interval and number of cases: what the model is held against.

`record` declares, `by_study` computes, `reproduce` compares with what earlier studies found, `write` makes
targets.yaml.
"""
