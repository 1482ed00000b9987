"""Arguments as files, tried against the futures: in which share of them each holds, and where it fails.

`load` reads a file, `answer_claims` solves the texts and worlds that it names, `judging` gives the ruling.
"""
