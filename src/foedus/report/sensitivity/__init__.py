"""What moves an outcome, as a table."""
