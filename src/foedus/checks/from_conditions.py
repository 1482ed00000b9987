"""The doorway to the condition grammar of the arrangement, and to how it writes places."""

from foedus.arrangement.conditions import evaluate, write_condition
from foedus.arrangement.source import write_path

__all__ = ["evaluate", "write_condition", "write_path"]
