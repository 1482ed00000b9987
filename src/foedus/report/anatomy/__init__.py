"""Pages of an anatomy: what each clause of a text carries."""
