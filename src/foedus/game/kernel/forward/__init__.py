"""Forward: push the distribution over states forward and add up, exactly (docs/theory.md, section 9).

takes: a found game and the memory of its last sweep. gives: chances and expectations over a horizon, costs by member.
promises: no sampling; all chances of a period come from `stage.courses`. never: solves anything.
"""
