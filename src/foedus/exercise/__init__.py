"""Exercise: what people do with the mechanism, kept so that it can be shown to others.

takes: events of a procedure, a clock, seats. gives: an append-only log that anyone can verify.
promises: what was acknowledged is on the disk; what was altered is found. never: changes an event.
"""
