"""Tally: figures added up chunk by chunk, for samples that no memory holds."""
