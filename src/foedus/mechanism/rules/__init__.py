"""Rules: what an arrangement says of one world, as plain decisions.

takes: an Arrangement and a `World` (what happened, who voted what). gives: findings made,
tiers decided, duties that fall due, and why.
promises: pure functions, the whole meaning readable in a few pages; checks replay their counterexamples here.
never: estimates a chance; that is the business of the numbers beside it.
"""
