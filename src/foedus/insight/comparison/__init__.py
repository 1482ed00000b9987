"""Several arrangements in the same futures."""
