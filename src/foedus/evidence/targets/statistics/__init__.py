"""The statistics that the figures need."""
