"""Pages of the reference that are read off the program: commands, functions, parameters, outcomes, files."""
