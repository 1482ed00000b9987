"""Tests of the room in a browser."""
