"""How quantities lie over futures, and which futures count."""
