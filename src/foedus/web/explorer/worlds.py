"""In which world texts are tried: under which view of it, in which theatre, under which ranges of one's own."""

from asyncio import to_thread
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from foedus.errors import WrongRequest
from foedus.jobs.explorer.own_ranges import IN_ADDRESS, OwnRanges, ranges_in_address, refuse_beside_views
from foedus.jobs.explorer.worlds import KnownWorlds, known_worlds
from foedus.web.explorer.desk import desk_of
from foedus.web.explorer.own.keeping import visitor_of


@dataclass(frozen=True)
class TriedWorld:
    """A view, a theatre, own ranges; nothing for the ranges as they ship, and for each text's own theatre."""

    view: str = ""
    theatre: str = ""
    own: OwnRanges | None = None
    is_mine: bool = field(default=True, compare=False, repr=False)
    """Whether the ranges are the visitor's own, and not brought by an address that somebody passed on."""

    @property
    def terms(self) -> dict[str, Any]:
        """What to lay over the ranges that ship, as the terms of a job take it."""
        views = (self.view,) if self.view else ()
        return {"views": views, "overlays": (self.own.overlay,) if self.own else ()}

    @property
    def in_address(self) -> tuple[tuple[str, str], ...]:
        """What an address says of it."""
        said = {"view": self.view, "theatre": self.theatre, "ranges": self.own.in_address if self.own else ""}
        return tuple((name, value) for name, value in said.items() if value)

    @property
    def in_command(self) -> str:
        """What a command says of it, with a space before."""
        file = self.own.overlay.file if self.own else ""
        said = {"view": self.view, "theatre": self.theatre, "parameters": file}
        return "".join(f" --{name} {value}" for name, value in said.items() if value)

    @property
    def in_python(self) -> str:
        """What a call of the Python face says of it, with a comma before."""
        views = f", views=[{self.view!r}]" if self.view else ""
        return views + (f", parameters=[{self.own.overlay.file!r}]" if self.own else "")


@dataclass(frozen=True)
class OfferedWorlds:
    """What a visitor can choose."""

    known: KnownWorlds
    own: tuple[OwnRanges, ...]
    """The visitor's own ranges, the latest first."""


async def world_of(request: Request, fields: Mapping[str, Any]) -> TriedWorld:
    """Return the world that a form or an address names; `WrongRequest` for what neither ships nor is the visitor's."""
    desk = desk_of(request)
    known = await desk.once(known_worlds, is_light=True)
    view, theatre, ranges = (str(fields.get(name, "") or "") for name in ("view", "theatre", "ranges"))
    if view and view not in known.views:
        raise WrongRequest(f"there is no view {view!r}; views are {', '.join(known.views)}")
    if theatre and theatre not in known.theatres:
        raise WrongRequest(f"there is no theatre {theatre!r}; theatres are {', '.join(known.theatres)}")
    own = await own_ranges_of(request, ranges)
    if own and view:
        await to_thread(refuse_beside_views, own, (view,))
    return TriedWorld(view, theatre, own, is_mine=is_mine(request, own))


async def own_ranges_of(request: Request, name: str) -> OwnRanges | None:
    """Return ranges that an address holds, or that it names and the visitor keeps; raises for what is neither."""
    if name.startswith(IN_ADDRESS):
        return await to_thread(ranges_in_address, name)
    return desk_of(request).ranges.named(visitor_of(request), name)


def is_mine(request: Request, own: OwnRanges | None) -> bool:
    """Tell whether ranges are what the visitor moved or gave as a file."""
    return own is None or desk_of(request).ranges.find(visitor_of(request), own.name) is not None


async def worlds_for(request: Request) -> OfferedWorlds:
    """Return what can be chosen."""
    desk = desk_of(request)
    return OfferedWorlds(await desk.once(known_worlds, is_light=True), desk.ranges.of(visitor_of(request)))
