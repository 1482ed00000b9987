"""The doorway to the condition grammar of the arrangement."""

from foedus.arrangement.conditions import write_condition

__all__ = ["write_condition"]
