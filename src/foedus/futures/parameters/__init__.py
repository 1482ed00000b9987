"""Everything uncertain: each parameter with unit, range, status and source, as parameter files say it.

Later files and views are laid over earlier ones; weighted draws may stand beside a file.
"""
