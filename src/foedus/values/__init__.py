"""Values: the small things every package speaks of.

takes: nothing. gives: durations, money, the words of the vocabulary, arrays' types, digests, files written whole.
promises: immutable, comparable, printable. never: imports another package.
"""
