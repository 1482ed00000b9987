"""From a table and a formula to the numbers that a model is fitted to."""
