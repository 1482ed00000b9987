"""Arguments as a reader meets them: in an order that leads somewhere, tried one by one or all at once."""
