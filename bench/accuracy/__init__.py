"""How far outcomes depend on the grid, the way to the fixed point, and the reading of a clause."""
