"""Pages of the evidence: the model held against the record."""
