"""Facts: who is how strong, how large and how much concerned, at the time and in the theatre of a text.

takes: an Arrangement or a party, a year, yardsticks. gives: strengths, a balance, sizes, forces, interests and standing
costs, each with what it rests on. promises: a party without facts is named, never counted as weak; no interest is read
from another war. never: reads a clause as binding, or solves a game.
"""
