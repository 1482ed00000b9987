"""After action: what happened in a room and why, reckoned from its log and nothing else.

takes: the state of a room. gives: slack, waits, duties, votes, what reports carried, holes used, choices beside odds.
promises: every figure is a count or a difference of times of the log. never: praises or blames; that is for people.
"""
