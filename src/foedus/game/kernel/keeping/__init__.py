"""Keeping: machine code on disk, made once on a machine by one process, read by all.

takes: functions that are compiled, the kind of work that is wanted. gives: the machine code for it, ready to be called.
promises: the same code for every process, whoever came first. never: knows what a function computes.
"""
