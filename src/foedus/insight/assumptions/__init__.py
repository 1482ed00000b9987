"""Which assumptions move an outcome, overturn a ranking, or are worth finding out first."""
