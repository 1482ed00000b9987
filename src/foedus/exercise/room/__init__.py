"""Room: people in their roles around the mechanism, as a pure state machine over the procedure.

takes: what a seat wants, and what a wall clock says. gives: events for the log, or a refusal; what each seat may see.
promises: what is not allowed is refused, what is not shown is not there; the state is the replay of the log.
never: reads a clock, knows a browser.
"""
