"""How the value of a key is read, and every way in which it can be wrong."""
