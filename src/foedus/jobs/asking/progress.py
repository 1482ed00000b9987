"""How far a job is."""

from collections.abc import Callable
from typing import TypeAlias

Tell: TypeAlias = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


def silent(what: str, done: int, total: int, /) -> None:
    """Tell nobody."""


def counting(tell: Tell, what: str, /) -> Callable[[int, int], None]:
    """Return a callback that is called with how much is done, and how much there is."""
    return lambda done, total: tell(what, done, total)


class Stopped(KeyboardInterrupt):
    """Somebody stopped the work; the message says what is kept of it."""
