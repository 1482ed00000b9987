"""Stage: one period of the game on the belief axis, in compiled code (docs/theory.md, sections 2 to 8).

takes: an arrangement and a future as tuples, the tables of consultation. gives: one sweep, and what policies are worth.
promises: only `layout` knows where anything lies; what may happen in a period is added up in `courses` alone.
never: decides how the fixed point is sought.
"""
