"""Who is meant: ids and other names of parties, bodies and ties between states, and names that point to nothing."""
