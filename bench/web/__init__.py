"""What a person in front of a browser waits for."""
