"""What must agree across the file: parties that exist, ids that are unique, members that have a vote.

Works on the plain data, so that it also finds what is wrong in a file whose structure is broken elsewhere.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from foedus.arrangement.conditions import BadCondition, parse_condition, parties_in
from foedus.arrangement.fields.codes import Code
from foedus.arrangement.fields.fields import PARTY_WORDS
from foedus.arrangement.parties import load_party_facts
from foedus.errors import Finding
from foedus.text.source import ParsedText, Path
from foedus.values.quantity import Forces

ROLES = ("protected_state", "adversary", "guarantor", "supporter", "monitor")
"""Keys of `parties`."""
PARTY_KEYS = frozenset(
    {
        "by",
        "invoked_by",
        "blocked_by",
        "required",
        "settlement",
        "deployment",
        "response",
        "can_be_ended_by",
        "renewed_by",
        "members",
        "framework_nation",
    }
)
"""Keys of clauses that hold parties."""
_MOST_SUGGESTIONS = 20
"""Misspelt names that get a suggestion; a file of thousands is not answered name by name."""
_CONDITION_KEYS = frozenset({"when", "unless", "void_if"})


def find_broken_references(source: ParsedText) -> list[Finding]:
    """Return a finding for every name that points to nothing and every id that is used twice."""
    return [
        *_unknown_parties(source),
        *_strangers(source),
        *_repeated_ids(source),
        *_protected_from_itself(source),
        *_debtors_without_a_role(source),
        *_tied_strangers(source),
        *half_a_balance(source),
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
    return [party for role in ROLES for party in _listed(parties, role)]


def _unknown_parties(source: ParsedText) -> Iterator[Finding]:
    named = source.data.get("party_names")
    known = dict.fromkeys([*load_party_facts(), *(named if isinstance(named, dict) else {})])
    told = 0
    for role in ROLES:
        for path, party in _placed(source.data.get("parties"), role):
            if party not in known:
                told += 1
                near = get_close_matches(party, known, n=1, cutoff=0.7) if told <= _MOST_SUGGESTIONS else []
                yield source.finding(
                    ("parties", *path),
                    code=Code.UNKNOWN_PARTY,
                    message=f"no party is called {party!r}{_foreign_letters(party)}",
                    mend=(f"did you mean {near[0]!r}? " if near else "")
                    + (
                        ("" if near else "write it with the letters a to z")
                        if _foreign_letters(party)
                        else f"If it is another party, name it: party_names: {{{party}: ...}}"
                    ),
                )


def _foreign_letters(party: str) -> str:
    """Say which letters of a name are not those that an id may have, though they may look like them."""
    odd = [letter for letter in party if not letter.isascii()]
    return f"; the letter {odd[0]!r} (U+{ord(odd[0]):04X}) is not one of a to z" if odd else ""


def _strangers(source: ParsedText) -> Iterator[Finding]:
    everyone = dict.fromkeys(_everyone(source))
    told = 0
    for path, party in _mentions(source.data, ()):
        if party not in everyone and party not in PARTY_WORDS:
            told += 1
            near = get_close_matches(party, [*everyone, *PARTY_WORDS], n=1) if told <= _MOST_SUGGESTIONS else []
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
        if key in PARTY_KEYS and not isinstance(value, dict):
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


_NOT_ALSO_PROTECTED = {
    "guarantor": (Code.OWN_GUARANTOR, "take it out of guarantor and write its own defence under duties"),
    "adversary": (Code.OWN_ADVERSARY, "name the state that is feared as adversary"),
}
"""[role] that a protected state cannot have as well, and what to write instead."""


def _protected_from_itself(source: ParsedText) -> Iterator[Finding]:
    parties = source.data.get("parties")
    protected = frozenset(_listed(parties, "protected_state"))
    for role, (code, mend) in _NOT_ALSO_PROTECTED.items():
        for path, party in _placed(parties, role):
            if party in protected:
                message = f"{party!r} is protected state and {role} at once"
                yield source.finding(("parties", *path), code=code, message=message, mend=mend)


def _debtors_without_a_role(source: ParsedText) -> Iterator[Finding]:
    guarantors = frozenset(_listed(source.data.get("parties"), "guarantor"))
    others = frozenset(_everyone(source)) - guarantors
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


def _tied_strangers(source: ParsedText) -> Iterator[Finding]:
    ties = source.data.get("ties")
    everyone = frozenset(_everyone(source))
    for index, tie in enumerate(ties if isinstance(ties, list) else []):
        for key in ("party", "to"):
            for path, party in _placed(tie, key):
                if party not in everyone:
                    yield source.finding(
                        ("ties", index, *path),
                        code=Code.STRANGER,
                        message=f"{party!r} does not take part in this arrangement",
                        mend=f"add {party!r} to a role under parties; ties are told of parties only",
                    )


def _commitments(source: ParsedText) -> list[Any]:
    clauses = source.data.get("commitments")
    return clauses if isinstance(clauses, list) else []


def half_a_balance(source: ParsedText) -> Iterator[Finding]:
    """Find a balance that tells the strength of one side only, or of neither."""
    balance = source.data.get("balance")
    if not isinstance(balance, dict):
        return
    sides = [_strength(balance.get(side)) for side in ("adversary", "protected_state")]
    stated = [side for side in sides if side is not None]
    whole = len(stated) == 2 and stated[0].unit == stated[1].unit and all(side.low > 0 for side in stated)
    if not whole and (stated or "log_ratio" not in balance):
        yield source.finding(
            ("balance",),
            code=Code.HALF_A_BALANCE,
            message="needs either log_ratio, or the strength of both sides in one unit and above 0",
            mend="write balance: {log_ratio: 0.4, source: ...}, or "
            "balance: {adversary: 80000 troops, protected_state: 110000 troops, source: ...}",
        )


def _strength(written: Any) -> Forces | None:
    try:
        return Forces.parse(written) if isinstance(written, str) else None
    except ValueError:
        return None  # the structure check says what is wrong with it
