"""How quantities lie over futures, with what sampling leaves open, and which futures count."""
