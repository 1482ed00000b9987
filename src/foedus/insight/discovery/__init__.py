"""Scenario discovery: in which futures something holds, as a readable rule."""
