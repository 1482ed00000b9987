"""What is asked of the record of history: figures, estimates, weights of futures."""
