"""Mending: the change of a text that closes a hole, applied to the record or to its file."""
