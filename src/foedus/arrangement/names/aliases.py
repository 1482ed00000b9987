"""Other names of parties, and groups of states by the year of the text: ``uk``, ``usa``, ``nato_members``."""

from collections.abc import Mapping
from typing import Any

from foedus.arrangement.names.affiliations import TODAY, bodies
from foedus.arrangement.names.references import PARTY_KEYS, ROLES

ALIASES: Mapping[str, str] = {
    "america": "united_states",
    "britain": "united_kingdom",
    "czech_republic": "czechia",
    "dprk": "north_korea",
    "eu": "european_union",
    "gb": "united_kingdom",
    "great_britain": "united_kingdom",
    "holland": "netherlands",
    "prc": "china",
    "republic_of_korea": "south_korea",
    "rok": "south_korea",
    "russian_federation": "russia",
    "turkiye": "turkey",
    "uk": "united_kingdom",
    "un": "united_nations",
    "us": "united_states",
    "usa": "united_states",
}
"""What else a party is called, and its id."""

GROUPS: Mapping[str, str] = {"eu_members": "council_of_the_european_union", "nato_members": "north_atlantic_council"}
"""Words that stand for the members of a body in the year of the text, under a role of `parties`."""

_LISTS = PARTY_KEYS | {*ROLES, "party", "to"}


def with_ids(data: Any) -> Any:
    """Return plain data with other names replaced by ids, and groups under `parties` written out."""
    if not isinstance(data, dict):
        return data
    named = data.get("party_names")
    own = frozenset(named) if isinstance(named, dict) else frozenset()
    replaced = _replaced(data, own=own)
    parties = replaced.get("parties")
    if isinstance(parties, dict):
        replaced["parties"] = _written_out(parties, year=_year(replaced.get("date")))
    return replaced


def _replaced(data: Any, *, own: frozenset[str], is_party: bool = False) -> Any:
    if isinstance(data, dict):
        return {key: _replaced(value, own=own, is_party=key in _LISTS) for key, value in data.items()}
    if isinstance(data, list):
        return [_replaced(value, own=own, is_party=is_party) for value in data]
    return ALIASES.get(data, data) if is_party and isinstance(data, str) and data not in own else data


def _written_out(parties: Mapping[str, Any], *, year: int) -> dict[str, Any]:
    """Write groups out at the end of a list, so that what stands before keeps its place."""
    protected = _as_list(parties.get("protected_state"))
    found = dict(parties)
    for role, value in parties.items():
        entries = _as_list(value)
        groups = [entry for entry in entries if isinstance(entry, str) and entry in GROUPS]
        if groups:
            kept = [entry for entry in entries if entry not in groups]
            members = sorted({party for group in groups for party in bodies()[GROUPS[group]].members_in(year)})
            found[role] = [*kept, *(party for party in members if party not in {*kept, *protected})]
    return found


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def _year(date: Any) -> int:
    return int(date[:4]) if isinstance(date, str) and date[:4].isdecimal() else TODAY
