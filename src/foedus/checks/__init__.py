"""Checks: the holes of an arrangement, each with the incident that slips through.

takes: an Arrangement, and where its clauses stand in the file. gives: findings with clause, world, replay and mending,
or "cannot tell".
promises: every incident is replayed by the mechanism's own rules before it is told; the same text, the same findings.
never: says that an arrangement is safe; solves a game.
"""
