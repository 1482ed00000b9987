"""Who sits in which body, and which states are bound to which: what a text takes for granted and does not say."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import ClassVar

from foedus.arrangement.fields.fields import Slug, Text
from foedus.arrangement.fields.marks import STRICT, Config
from foedus.arrangement.record import Arrangement, Source, Tie
from foedus.arrangement.vocabulary import TieKind
from foedus.text.kept import kept
from foedus.text.source import shipped_data
from foedus.values.names import party_in_prose

TODAY = 9999
"""The year of a text without a date: what holds today counts."""


@dataclass(frozen=True)
class Body:
    """A well-known body, who sits in it and who can stop it."""

    __pydantic_config__: ClassVar[Config] = STRICT

    name: Text
    source: Slug
    also: tuple[Text, ...] = ()
    """Other names, in small letters."""
    members: tuple[Slug, ...] = ()
    """Members in every year."""
    since: dict[Slug, int] = field(default_factory=dict)
    """Members with the year in which they joined."""
    until: dict[Slug, int] = field(default_factory=dict)
    """The last whole year of those that left."""
    vetoes: tuple[Slug, ...] = ()
    by_consensus: bool = False
    """Whether each member can stop a decision."""

    def members_in(self, year: int) -> frozenset[str]:
        """Return who sat in it in a year."""
        joined = {party for party, first in self.since.items() if first <= year <= self.until.get(party, TODAY)}
        return frozenset(joined) | frozenset(self.members)

    def stoppers_in(self, year: int) -> frozenset[str]:
        """Return who could stop a decision of it alone in a year."""
        return self.members_in(year) if self.by_consensus else frozenset(self.vetoes)


@dataclass(frozen=True)
class KnownTie:
    """A tie between two states and the years in which it holds."""

    __pydantic_config__: ClassVar[Config] = STRICT

    party: Slug
    kind: TieKind
    to: Slug
    since: int
    source: Slug
    until: int = TODAY


@dataclass(frozen=True)
class _File:
    __pydantic_config__: ClassVar[Config] = STRICT

    sources: dict[Slug, Source]
    bodies: dict[Slug, Body]
    ties: tuple[KnownTie, ...]


_BOUND = {TieKind.ALLY: "an ally of", TieKind.DEPENDENT: "dependent on", TieKind.HOST: "host to the forces of"}


def bodies() -> Mapping[str, Body]:
    """Return the well-known bodies, by id."""
    return _read().bodies


@cache
def find_body(name: str | None) -> Body | None:
    """Return the well-known body that a text names, such as "the Permanent Council of the OSCE"; None for others."""
    words = (name or "").lower()
    called = ((each, alias) for each in bodies().values() for alias in (each.name.lower(), *each.also))
    matches = [(len(alias), each) for each, alias in called if re.search(rf"\b{re.escape(alias)}\b", words)]
    return max(matches, key=lambda match: match[0])[1] if matches else None


def year_of(arrangement: Arrangement) -> int:
    """Return the year of a text; one without a date is of today."""
    return int(arrangement.date[:4]) if arrangement.date[:4].isdecimal() else TODAY


def ties_to_adversary(arrangement: Arrangement) -> Mapping[str, Tie]:
    """Return what binds each party that is not the adversary to an adversary; what the text states comes first.

    An alliance binds both: whose ally the adversary is, is an ally of the adversary.
    """
    adversary, year = set(arrangement.parties.adversary), year_of(arrangement)
    close = {TieKind.ALLY, TieKind.DEPENDENT, TieKind.HOST}
    known = [
        Tie(each.party, each.kind, each.to, _read().sources[each.source].title)
        for each in _read().ties
        if each.since <= year <= each.until
    ]
    found: dict[str, Tie] = {}
    stated = (*arrangement.ties, *known)
    for tie in (*stated, *(_from_the_other_side(tie) for tie in stated if tie.kind is TieKind.ALLY)):
        if tie.to in adversary and tie.party not in adversary and tie.kind in close:
            found.setdefault(tie.party, tie)
    return found


def stated_places(arrangement: Arrangement, ties: Collection[Tie]) -> list[int]:
    """Return the places of the ties that the text itself states, whichever side it states an alliance from."""
    return [
        index
        for index, tie in enumerate(arrangement.ties)
        if tie in ties or (tie.kind is TieKind.ALLY and _from_the_other_side(tie) in ties)
    ]


def _from_the_other_side(tie: Tie) -> Tie:
    return replace(tie, party=tie.to, to=tie.party)


def bond(tie: Tie) -> str:
    """Say how a party is bound to the adversary, such as "Belarus is an ally of Russia, the adversary"."""
    rests = f" ({tie.note})" if tie.note else ""
    return f"{party_in_prose(tie.party)} is {_BOUND[tie.kind]} {party_in_prose(tie.to)}, the adversary{rests}"


@cache
def _read() -> _File:
    text = (files("foedus") / "library" / "affiliations.yaml").read_text(encoding="utf-8")
    return kept("affiliations", text, rooms=("arrangement", "text", "values"), make=lambda: _validated(text))


def _validated(text: str) -> _File:
    from pydantic import TypeAdapter  # what was read before is not validated again

    return TypeAdapter(_File).validate_python(shipped_data(text), strict=False)
