"""Write files whole or not at all; the writer stands in `foedus.values.atomic`, where other rooms find it too."""

from foedus.values.atomic import write_together

__all__ = ["write_together"]
