"""Time of the checks."""
