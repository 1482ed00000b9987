"""The parts of the explorer, a file for each: a page and what it answers to."""
