"""The doorway to the condition grammar of the arrangement."""

from foedus.arrangement.conditions import evaluate, write_condition

__all__ = ["evaluate", "write_condition"]
