"""In which world texts are tried: under which view of it, and in which theatre."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from foedus.errors import WrongRequest
from foedus.jobs.explorer.worlds import KnownWorlds, known_worlds
from foedus.web.explorer.desk import desk_of


@dataclass(frozen=True)
class TriedWorld:
    """A view and a theatre; empty for the ranges as they are stated, and for each text's own theatre."""

    view: str = ""
    theatre: str = ""

    @property
    def views(self) -> tuple[str, ...]:
        """The views to lay over the ranges."""
        return (self.view,) if self.view else ()

    @property
    def in_address(self) -> tuple[tuple[str, str], ...]:
        """What an address says of it."""
        return tuple((name, value) for name, value in vars(self).items() if value)

    @property
    def in_command(self) -> str:
        """What a command says of it, with a space before."""
        return "".join(f" --{name} {value}" for name, value in self.in_address)


async def world_of(request: Request, fields: Mapping[str, Any]) -> TriedWorld:
    """Return the world that a form or an address names; `WrongRequest` for a name that does not ship."""
    known = await worlds_for(request)
    asked = TriedWorld(str(fields.get("view", "") or ""), str(fields.get("theatre", "") or ""))
    if asked.view and asked.view not in known.views:
        raise WrongRequest(f"there is no view {asked.view!r}; views are {', '.join(known.views)}")
    if asked.theatre and asked.theatre not in known.theatres:
        raise WrongRequest(f"there is no theatre {asked.theatre!r}; theatres are {', '.join(known.theatres)}")
    return asked


async def worlds_for(request: Request) -> KnownWorlds:
    """Return the views and theatres that can be chosen."""
    return await desk_of(request).once(known_worlds, is_light=True)
