"""Chunks: an ensemble cut into pieces that survive interruption, on this machine or a cluster."""
