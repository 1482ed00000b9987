"""Scenario: what people write about an incident, read strictly: judgments, reports, scripts of commands.

takes: YAML files. gives: the records of the procedure, or findings with file, line and remedy.
promises: nothing is guessed; an unknown word is told with the nearest known one. never: decides anything.
"""
