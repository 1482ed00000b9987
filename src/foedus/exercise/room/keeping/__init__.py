"""A room kept: the log is written first, and a room is found again as its log left it."""
