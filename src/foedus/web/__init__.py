"""Foedus in a browser.

takes: requests over HTTP, from this machine unless it is told otherwise. gives: pages, records as JSON, events as they
come. promises: nothing is loaded from elsewhere, nothing leaves the machine, what comes in is measured before it is
read. never: holds rules of its own.
"""
