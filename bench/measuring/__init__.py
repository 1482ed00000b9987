"""How benches are run, repeated and printed."""
