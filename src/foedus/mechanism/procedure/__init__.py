"""Procedure: the mechanism of an arrangement in operation, step by step, as a pure state machine.

takes: rules, judgments, commands (who does what when). gives: events, or a refusal with its clause; a state.
promises: every question of law is asked of the rules; the governing clause stands beside every step.
never: touches a clock, a disk or a socket.
"""
