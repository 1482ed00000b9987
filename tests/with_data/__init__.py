"""What needs files that this project does not carry: run with FOEDUS_DATA naming the folder that holds them.

Each fact that is told here of the real files is told elsewhere of made ones, with answers worked out by hand.
"""
