"""What the checks found, for readers and for programs."""
