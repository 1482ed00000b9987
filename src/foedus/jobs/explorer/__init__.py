"""What the explorer asks while somebody looks and changes: the library at a glance, drafts, levers, pictures."""
