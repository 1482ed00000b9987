"""Public data sets: what they are, where they come from, and readers that check them before anything is computed."""
