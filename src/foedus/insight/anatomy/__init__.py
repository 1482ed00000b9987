"""Which clauses of a text carry how much of what it does: Shapley's value over groups of clauses.

`take_apart` solves the texts without some of their clauses; `shapley` divides what they bring.
"""
