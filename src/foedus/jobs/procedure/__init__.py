"""The mechanism in operation: determine an incident, replay a script."""
