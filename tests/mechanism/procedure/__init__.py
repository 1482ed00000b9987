"""Tests of the procedure."""
