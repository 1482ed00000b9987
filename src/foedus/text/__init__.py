"""Text: a YAML file as plain data that knows where every key and value stands.

takes: bytes of a file. gives: a tree of plain values with places, and findings at line and path.
promises: strict YAML 1.2 within limits; everything wrong is told at once.
never: knows what a treaty is.
"""
