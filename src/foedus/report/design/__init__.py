"""Pages of a search for designs."""
