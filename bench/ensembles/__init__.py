"""What a person waits for who compares a library."""
