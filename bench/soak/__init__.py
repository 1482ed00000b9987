"""Inputs made by chance: each must end in a finding or a right answer, and none in a traceback or a wait."""
