"""What a result rests on: parameters, their ranges and sources."""
