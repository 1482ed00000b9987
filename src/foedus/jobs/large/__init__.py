"""Large runs: comparisons of more futures than memory holds."""
