"""The statements of page one, one file for each thing that a decision maker asks."""
