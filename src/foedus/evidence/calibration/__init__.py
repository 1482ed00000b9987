"""Calibration: futures weighted until their averages agree with the record, and what that teaches about parameters."""
