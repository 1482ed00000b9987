"""Charts as text: each function takes rows of numbers and gives one self-contained, accessible SVG element."""
