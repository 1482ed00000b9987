"""Who would sign what, at which balance of forces."""
