"""A page as plain data, and how it is written as HTML, Markdown or lines in a terminal."""
