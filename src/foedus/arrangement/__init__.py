"""Arrangement: the language in which a guarantee is written.

takes: YAML text. gives: an Arrangement (frozen), or findings with file, line and remedy; JSON Schema; a skeleton; a
clause-by-clause difference. promises: everything wrong is told at once; load(dump(x)) = x; what is unknown stays
unknown. never: computes an outcome.
"""
