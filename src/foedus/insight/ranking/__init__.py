"""Who comes first, by how much, and by which standard: order, regret, dominance, thresholds, acceptance."""
