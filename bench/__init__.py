"""Bench: what is measured, and the pages that say so. Not part of the package; run from the repository."""
