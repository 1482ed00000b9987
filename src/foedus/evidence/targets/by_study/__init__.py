"""Figures of the record, one file for each group of studies."""
