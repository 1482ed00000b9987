"""Futures weighted until their averages agree with the record, and what that teaches about parameters.

`follow` solves the texts of the record in every future, `statistics` counts what an `observation` asks for, `calibrate`
finds the weights (`maximum_entropy`) and which parameters they move (`parameter_shifts`), `overlay` writes the
parameter file.
"""
