"""A part of the site: what stands in the head of every page, and the routes behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from starlette.routing import BaseRoute


@dataclass(frozen=True)
class SitePart:
    """A subject with its pages."""

    title: str
    """As it stands in the head of every page; empty where nothing leads to it from there."""
    address: str
    """Where its first page is, such as ``/compare``."""
    routes: Sequence[BaseRoute] = field(default_factory=tuple)
