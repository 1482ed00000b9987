"""Why the answer is what it is: sections of a page, with their words and tables."""
