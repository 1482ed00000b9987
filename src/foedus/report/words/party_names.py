"""Parties by name, with the article that English wants."""

from collections.abc import Mapping
from dataclasses import dataclass

from foedus.arrangement.fields.fields import PARTY_WORDS
from foedus.arrangement.record import Arrangement
from foedus.values.names import listed, party_name, with_article

_WORDS = {**PARTY_WORDS, "all_guarantors": "all guarantors", "unknown": "not known"}
_LONG_LIST, _FEW = 6, 3
_MANY = frozenset({"all_guarantors"})


@dataclass(frozen=True)
class PartyNames:
    """What the parties of one arrangement are called."""

    by_id: Mapping[str, str]
    """Names of the party facts and of the arrangement itself."""
    guarantors: tuple[str, ...] = ()
    """Of whom a long list can be written as all but a few."""

    def bare(self, party: str) -> str:
        """Name a party without an article, as in a list or a table."""
        return _WORDS.get(party) or self.by_id.get(party) or party_name(party)

    def within(self, party: str) -> str:
        """Name a party inside a sentence: "France", "the United Kingdom"."""
        name = self.bare(party)
        return name if party in _WORDS else with_article(name)

    def listed(self, parties: tuple[str, ...]) -> str:
        """Name several parties inside a sentence: "France and the United Kingdom", "all guarantors but France"."""
        missing = [party for party in self.guarantors if party not in parties]
        if len(parties) >= _LONG_LIST and len(missing) <= _FEW and set(parties) < set(self.guarantors):
            return f"all guarantors but {listed([self.within(party) for party in missing])}"
        return listed([self.within(party) for party in parties])

    def bare_list(self, parties: tuple[str, ...]) -> str:
        """Name several parties without articles, parted by commas."""
        return ", ".join(self.bare(party) for party in parties)


def expand(parties: tuple[str, ...], *, arrangement: Arrangement) -> tuple[str, ...]:
    """Put the parties themselves in the place of the words that stand for groups."""
    groups = {
        "all_guarantors": arrangement.parties.guarantor,
        "any_party": tuple(sorted(arrangement.parties.everyone)),
        "nobody": (),
        "unknown": (),
    }
    return tuple(dict.fromkeys(party for word in parties for party in groups.get(word, (word,))))


def is_plural(parties: tuple[str, ...]) -> bool:
    """Say whether a sentence about these parties takes the plural."""
    return len(parties) > 1 or not _MANY.isdisjoint(parties)
