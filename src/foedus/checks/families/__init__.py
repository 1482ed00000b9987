"""The checks, a file for each family: a promise, the search for what breaks it, the claim and how to mend it.

Each file ends with its `CHECKS`; `registry` puts them in order.
"""
