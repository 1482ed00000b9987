"""Search: the finite space of worlds, the conditions asked of it, and the engines that look for a witness."""
