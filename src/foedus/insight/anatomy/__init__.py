"""Which clauses of a text carry how much of what it does."""
