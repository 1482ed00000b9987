"""The search for designs that no other beats: clauses that can be written otherwise, and aims that pull apart.

`levers` says what can be changed, `find_designs` searches, and tries what it found in futures that the
search did not see.
"""
