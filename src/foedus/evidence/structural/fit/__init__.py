"""A fitted strategic model: its tables, effects and comparisons."""
