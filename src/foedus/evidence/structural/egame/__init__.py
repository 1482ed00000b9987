"""The strategic models of Signorino: players who choose in turn."""
