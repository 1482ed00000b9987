"""Bringing an app to a browser: the address it answers under, events as they come."""
