"""A second reading of the rules and of the procedure, after the pages of the language and of the determination.

It is slow and says everything in the plainest way; it asks nothing of `mechanism/rules` and `mechanism/procedure`, but
for what the reports of an incident carry. Where it and the package part, one of them is wrong.
"""
