"""Evidence: what the public record says, and how the model stands up to it.

takes: public data sets and rehearsal logs. gives: estimates written as parameter files, targets, backtests.
promises: the same files and the same seed give the same numbers. never: is imported by futures or game.
"""
