"""Arguments as files, tried against the futures."""
