"""A fitted strategic model: coefficients and their errors, effects, and comparisons with another model."""
