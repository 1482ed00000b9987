"""What must agree across the file: parties that exist, ids that are unique, members that have a vote.

Works on the plain data, so that it also finds what is wrong in a file whose structure is broken elsewhere.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from foedus.arrangement.codes import Code
from foedus.arrangement.conditions import BadCondition, parse_condition, parties_in
from foedus.arrangement.fields import PARTY_WORDS
from foedus.arrangement.parties import load_party_facts
from foedus.errors import Finding
from foedus.text.source import ParsedText, Path

_ROLES = ("protected_state", "adversary", "guarantor", "supporter", "monitor")
_PARTY_KEYS = frozenset(
    {
        "by",
        "invoked_by",
        "blocked_by",
        "required",
        "settlement",
        "deployment",
        "response",
        "can_be_ended_by",
        "framework_nation",
    }
)
_CONDITION_KEYS = frozenset({"when", "unless", "void_if"})


def find_broken_references(source: ParsedText) -> list[Finding]:
    """Return a finding for every name that points to nothing and every id that is used twice."""
    return [
        *_unknown_parties(source),
        *_strangers(source),
        *_repeated_ids(source),
        *_own_guarantors(source),
        *_debtors_without_a_role(source),
    ]


def _listed(data: Any, key: str) -> list[str]:
    return [entry for _, entry in _placed(data, key)]


def _placed(data: Any, key: str) -> list[tuple[Path, str]]:
    """List the names under a key, each with the rest of its path."""
    value = data.get(key) if isinstance(data, dict) else None
    entries = [((key, i), entry) for i, entry in enumerate(value)] if isinstance(value, list) else [((key,), value)]
    return [(path, entry) for path, entry in entries if isinstance(entry, str)]


def _everyone(source: ParsedText) -> list[str]:
    parties = source.data.get("parties")
    return [party for role in _ROLES for party in _listed(parties, role)]


def _unknown_parties(source: ParsedText) -> Iterator[Finding]:
    named = source.data.get("party_names")
    known = [*load_party_facts(), *(named if isinstance(named, dict) else {})]
    for role in _ROLES:
        for path, party in _placed(source.data.get("parties"), role):
            if party not in known:
                near = get_close_matches(party, known, n=1, cutoff=0.7)
                yield source.finding(
                    ("parties", *path),
                    code=Code.UNKNOWN_PARTY,
                    message=f"no party is called {party!r}",
                    mend=(f"did you mean {near[0]!r}? " if near else "")
                    + f"If it is another party, name it: party_names: {{{party}: ...}}",
                )


def _strangers(source: ParsedText) -> Iterator[Finding]:
    everyone = _everyone(source)
    for path, party in _mentions(source.data, ()):
        if party not in everyone and party not in PARTY_WORDS:
            near = get_close_matches(party, [*everyone, *PARTY_WORDS], n=1)
            yield source.finding(
                path,
                code=Code.STRANGER,
                message=f"{party!r} does not take part in this arrangement",
                mend=f"did you mean {near[0]!r}?" if near else f"add {party!r} to a role under parties",
            )


def _mentions(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(data, list):
        for index, entry in enumerate(data):
            yield from _mentions(entry, (*path, index))
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        place = (*path, key)
        if path == () and key == "parties":
            continue
        if key in _PARTY_KEYS and not isinstance(value, dict):
            yield from (((*path, *rest), party) for rest, party in _placed(data, key))
        elif key in _CONDITION_KEYS and isinstance(value, str):
            yield from ((place, party) for party in _waited_for(value))
        else:
            yield from _mentions(value, place)


def _waited_for(condition: str) -> list[str]:
    try:
        return list(parties_in(parse_condition(condition)))
    except BadCondition:
        return []  # the structure check says what is wrong with it


def _repeated_ids(source: ParsedText) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, clause in enumerate(_commitments(source)):
        name = clause.get("id") if isinstance(clause, dict) else None
        if not isinstance(name, str):
            continue
        if name in seen:
            yield source.finding(
                ("commitments", index, "id"),
                code=Code.REPEATED_ID,
                message=f"two commitments are called {name!r}",
                mend=f"give this one a name of its own, such as '{name}_2'",
            )
        seen.add(name)


def _own_guarantors(source: ParsedText) -> Iterator[Finding]:
    parties = source.data.get("parties")
    protected = _listed(parties, "protected_state")
    for path, party in _placed(parties, "guarantor"):
        if party in protected:
            yield source.finding(
                ("parties", *path),
                code=Code.OWN_GUARANTOR,
                message=f"{party!r} is protected state and guarantor at once",
                mend="take it out of guarantor and write its own defence under duties",
            )


def _debtors_without_a_role(source: ParsedText) -> Iterator[Finding]:
    guarantors = _listed(source.data.get("parties"), "guarantor")
    others = [party for party in _everyone(source) if party not in guarantors]
    for index, clause in enumerate(_commitments(source)):
        debtors = _listed(clause, "by")
        for party in (debtor for debtor in debtors if debtor in others):
            yield source.finding(
                ("commitments", index, "by"),
                code=Code.NOT_A_GUARANTOR,
                message=f"{party!r} promises something but is no guarantor",
                mend=f"add {party!r} to parties.guarantor, or take it out here",
            )
        if "all_guarantors" in debtors and not guarantors:
            yield source.finding(
                ("commitments", index, "by"),
                code=Code.NO_GUARANTOR,
                message="all guarantors promise something, but there is none",
                mend="name the guarantors under parties.guarantor",
            )


def _commitments(source: ParsedText) -> list[Any]:
    clauses = source.data.get("commitments")
    return clauses if isinstance(clauses, list) else []
