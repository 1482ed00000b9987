"""foedus: security guarantees as text, checked, solved, compared and explained.

takes: arrangements and parameter files. gives: comparisons with their assumptions.
promises: exact outcomes in each future, every number with its source. never: plans an operation.
"""

from importlib.metadata import version

__version__ = version("foedus")
