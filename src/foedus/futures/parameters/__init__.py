"""Parameters: everything uncertain, with unit, range, status and source, read from parameter files."""
