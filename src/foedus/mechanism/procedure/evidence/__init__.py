"""Evidence: from reports to what they carry, by the judgments that are handed in."""
