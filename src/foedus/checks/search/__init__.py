"""The finite space of worlds, the conditions asked of it, and two engines that look for a witness.

`formula` writes the rules as formulas over the `space`; the plain engine looks at every world, the other asks Z3.
"""
