"""Cli: foedus in a terminal.

takes: a person's words. gives: tables, files and messages.
promises: a user's mistake is told as a finding, never as a traceback. never: holds rules of its own.
"""
