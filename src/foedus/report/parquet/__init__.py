"""Parquet: tables of numbers as files that every analysis tool reads."""
