"""Public data sets: whose they are, what their columns mean, and readers that check a file before it is used."""
