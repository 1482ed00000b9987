"""Tables of a comparison."""
