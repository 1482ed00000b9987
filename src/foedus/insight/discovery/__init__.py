"""Scenario discovery: in which futures something holds, as a rule of a few ranges (PRIM)."""
