"""Determination: a page to be read aloud about one incident, and a record of a script that was played."""
