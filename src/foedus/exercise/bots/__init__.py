"""Bots: empty seats, played by the equilibrium of the arrangement in a drawn future.

takes: an arrangement, parameters with ranges, a seed; a room. gives: the odds of each choice, and choices when due.
promises: the odds that a bot saw are in the log beside what it did; the same seed and wishes give the same choices.
never: sees more than its seat may see, plays the adversary.
"""
