"""Machine: vectors of 16 numbers in compiled code, and the compiler's settings.

takes: nothing of the game. gives: loads, stores, arithmetic, look-ups and functions of vectors in either precision.
promises: the same bits with and without the machine's wide permutes. never: knows what a belief or a tier is.
"""
