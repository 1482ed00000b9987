"""Others that solve the same game, and faults that they must notice."""
