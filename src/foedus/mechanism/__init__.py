"""Mechanism: the rules of an arrangement, as decisions and as numbers.

takes: an Arrangement and yardsticks. gives: a CompiledArrangement, and which clause gave which number.
promises: pure functions; every number traceable to a clause or named as assumed.
never: touches a clock, a disk or a socket.
"""
