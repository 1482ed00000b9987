"""Pages of a negotiation."""
