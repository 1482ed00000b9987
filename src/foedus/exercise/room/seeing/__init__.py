"""What a seat sees of a room, and what it may lawfully do next."""
