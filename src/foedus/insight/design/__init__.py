"""The search for designs that no other beats."""
