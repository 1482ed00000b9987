"""Charts of a comparison, each with the table of the figures that it shows."""
