"""Report: findings, insight and records as pages, tables, charts and result files.

takes: arrangements, findings, a Comparison, an Ensemble. gives: HTML, Markdown, SVG, terminal tables, Parquet, JSON.
promises: self-contained, printable, the same input gives the same bytes; files are written whole or not at all.
never: does arithmetic.
"""
