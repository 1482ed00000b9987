"""The language itself, read from the record types: its keys, their JSON Schema, a skeleton of a text."""
