"""Log: events in the order in which they were acknowledged, in a tree of hashes that is signed at every step.

takes: events and a signing key. gives: receipts with signed checkpoints, proofs, exports, a verdict on a file.
promises: acknowledged means stored; one altered byte is found where it is. never: opens a socket but a database's.
"""
