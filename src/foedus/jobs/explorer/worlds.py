"""The worlds that texts can be tried in: views that argue about the ranges, and theatres that texts can be put into."""

from dataclasses import dataclass

from foedus.facts.theatre import theatres
from foedus.futures.parameters.load import packaged_views

_AS_STATED = "default"


@dataclass(frozen=True)
class KnownWorlds:
    """What ships, each with its title, by name."""

    views: dict[str, str]
    theatres: dict[str, str]


def known_worlds() -> KnownWorlds:
    """Return the views and theatres that ship; the default view is none."""
    views = {name: view.title for name, view in packaged_views().items() if name != _AS_STATED}
    return KnownWorlds(views, {name: theatre.title for name, theatre in theatres().items()})
