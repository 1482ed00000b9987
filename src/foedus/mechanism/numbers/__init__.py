"""Numbers: the arrays of the game, as averages of what the rules say over uncertain worlds.

takes: an Arrangement, the rules, yardsticks. gives: who is bound how strongly, what is closed, found and in time.
promises: where every chance is 0 or 1, the arrays say what the rules say; each number names its clause.
never: says what a text means; it asks the rules, whatever they want to know of a world.
"""
