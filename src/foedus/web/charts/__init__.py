"""Charts as SVG that takes its colours from the page: light and dark, on paper, and for those who see few colours."""
