"""How each figure of the record is computed, a file for each group of studies.

Every function takes tables of the catalogue and gives estimates by the id of the figure; `registry` lists them.
"""
