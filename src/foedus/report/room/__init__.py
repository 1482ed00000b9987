"""Room: what happens in a room in sentences, and what a seat sees as plain data for a page."""
