"""Pages of claims tried against the futures."""
