"""An ensemble cut into pieces that survive interruption, computed here or on a cluster.

A piece is kept under a digest of all that it depends on, the program included, and never taken for another's.
"""
