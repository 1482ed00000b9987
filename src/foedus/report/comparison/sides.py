"""Who stands against whom in the texts that are compared, and what the balance of their forces rests on."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from foedus.arrangement.record import Arrangement
from foedus.futures.compile import balances_of
from foedus.values.names import listed, party_name

Sides: TypeAlias = tuple[frozenset[str], frozenset[str]]
"""Protected states, and adversaries."""


def sides_of(arrangement: Arrangement) -> Sides:
    """Return who is protected, and from whom."""
    return frozenset(arrangement.parties.protected_state), frozenset(arrangement.parties.adversary)


def sides_words(arrangements: Mapping[str, Arrangement], *, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Say what is compared where texts are not about the same two sides; nothing where they are."""
    texts: dict[Sides, list[str]] = {}
    for name, arrangement in arrangements.items():
        texts.setdefault(sides_of(arrangement), []).append(labels[name])
    if len(texts) < 2:
        return ()
    told = "; ".join(f"{_against(sides)} in {listed(names)}" for sides, names in texts.items())
    return (
        f"These texts are about different sides: {told}. Each is tried in its own theatre, by the same draws of all "
        "else; a difference is one of theatre and text together, and no ranking says which text would be better where.",
    )


def balance_words(arrangements: Mapping[str, Arrangement], *, labels: Mapping[str, str]) -> tuple[str, ...]:
    """Say in a sentence what the balance at the start rests on, or that nobody knows who fights whom."""
    balances = balances_of(tuple(arrangements.values()))
    texts: dict[tuple[bool, str], list[str]] = {}
    for name, balance in zip(arrangements, balances, strict=True):
        texts.setdefault((balance.is_known, balance.because), []).append(labels[name])
    is_shared = len(texts) == 1
    return tuple(
        _balance(is_known, because, of="" if is_shared else f" of {listed(names)}")
        for (is_known, because), names in texts.items()
    )


def named_apart(names: Sequence[str], arrangements: Sequence[Arrangement]) -> str:
    """Name the sides of each text, for a refusal."""
    return "; ".join(f"{name}: {_against(sides_of(each))}" for name, each in zip(names, arrangements, strict=True))


def _balance(is_known: bool, because: str, /, *, of: str) -> str:
    if is_known:
        return f"The balance of forces{of} rests on this: {because}."
    return f"The game does not know who fights whom{of}, and draws the balance from a wide range: {because}."


def _against(sides: Sides) -> str:
    protected, hostile = (listed([party_name(party) for party in sorted(each)]) for each in sides)
    return f"{protected} against {hostile}"
