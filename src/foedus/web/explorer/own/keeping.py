"""What visitors keep, each under the random name that its browser was given, until the server stops."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from starlette.requests import Request

from foedus.web.security.same_origin import VISITOR

Thing = TypeVar("Thing")


class KeptByVisitor(Generic[Thing]):
    """Things of every visitor by name; the oldest of one, and the oldest of all, are forgotten first."""

    def __init__(self, *, most_of_one: int, most_bytes: int, size_of: Callable[[Thing], int]) -> None:
        self._kept: OrderedDict[tuple[str, str], Thing] = OrderedDict()
        self._most_of_one = most_of_one
        self._most_bytes = most_bytes
        self._size_of = size_of

    def put(self, visitor: str, name: str, thing: Thing) -> Thing:
        """Keep a thing for one visitor, as the latest."""
        self._kept[visitor, name] = thing
        self._kept.move_to_end((visitor, name))
        for old in self._names_of(visitor)[self._most_of_one :]:
            self.forget(visitor, old)
        while self.size > self._most_bytes:
            self._kept.popitem(last=False)
        return thing

    def of(self, visitor: str) -> tuple[Thing, ...]:
        """Return what one visitor keeps, the latest first."""
        return tuple(self._kept[visitor, name] for name in self._names_of(visitor))

    def find(self, visitor: str, name: str) -> Thing | None:
        """Return a thing of one visitor; None where that visitor has none of the name, whoever else has."""
        return self._kept.get((visitor, name))

    def forget(self, visitor: str, name: str) -> None:
        """Forget a thing."""
        self._kept.pop((visitor, name), None)

    @property
    def size(self) -> int:
        """Bytes of all things."""
        return sum(self._size_of(thing) for thing in self._kept.values())

    def _names_of(self, visitor: str) -> list[str]:
        return [name for owner, name in reversed(self._kept) if owner == visitor]


def visitor_of(request: Request) -> str:
    """Return who asks: the random name that the browser was given; a program without cookies is new each time."""
    visitor: str = request.scope[VISITOR]
    return visitor


def asker_of(request: Request) -> str:
    """Return for whom work is done: a browser, or "program" for all that show no cookie."""
    return visitor_of(request) if "cookie" in request.headers else "program"
