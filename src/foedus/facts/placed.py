"""A text put into another theatre: the same clauses between the sides of a profile, at its time."""

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.arrangement.dump import dump, to_plain
from foedus.arrangement.load import adapter, loads
from foedus.arrangement.record import Arrangement
from foedus.errors import Finding, InvalidFile, WrongRequest
from foedus.facts.theatre import Theatre

_OF_ITS_OWN_TIME = ("balance", "interest", "ties", "outcome", "adversary_limits")
"""What a text states of its own conflict and that says nothing of another."""
_ROLES = ("guarantor", "supporter", "monitor")
_GIVEN = ("commitments", "deployments", "standing_support")
"""Lists of clauses by which somebody gives something."""
_UNKNOWN_PARTY = "unknown-party"
"""A profile of the past may name a side that no list of parties has; its facts are the profile's own."""


def placed_in(arrangement: Arrangement, theatre: Theatre) -> Arrangement:
    """Return the text between the protected states and adversaries of a profile, in its year.

    Whoever the text protects becomes those whom the profile protects, and likewise the adversary, wherever a clause
    names them. Facts that the text states of its own conflict are left out; those of the profile take their place. One
    of the new sides who was a guarantor guarantees no more, and a clause by which only such give falls. Raises
    `WrongRequest` where no text of the language is left.
    """
    if theatre.has_the_sides_of(arrangement):
        return arrangement
    placed = _placed(arrangement, theatre=theatre)
    try:
        record = adapter().validate_python(placed)
    except ValueError as error:
        raise WrongRequest(_refusal(arrangement, theatre, why=str(error).splitlines()[0])) from error
    found = _broken(record)
    if found:
        raise WrongRequest(_refusal(arrangement, theatre, why=found[0].message))
    return record


def _placed(arrangement: Arrangement, *, theatre: Theatre) -> dict[str, Any]:
    parties = arrangement.parties
    new = {
        **dict.fromkeys(parties.protected_state, theatre.protected_state),
        **dict.fromkeys(parties.adversary, theatre.adversary),
    }
    come = {*theatre.protected_state, *theatre.adversary} - new.keys()
    plain = {key: value for key, value in to_plain(arrangement).items() if key not in _OF_ITS_OWN_TIME}
    plain["parties"] = {
        key: _without(come, named) if key in _ROLES else named for key, named in plain["parties"].items()
    }
    for key in _GIVEN:
        clauses = [{**clause, "by": _without(come, clause["by"])} for clause in plain.get(key, ())]
        plain[key] = [clause for clause in clauses if clause["by"]]
    placed: dict[str, Any] = _renamed(plain, new=new)
    placed["theatre"], placed["date"] = theatre.theatre[0], str(theatre.at)
    if isinstance(placed.get("duties"), dict):
        placed["duties"].pop("own_forces", None)
    return placed


def _broken(record: Arrangement) -> list[Finding]:
    """Write the text out and read it again, so that the language has its say."""
    try:
        loads(dump(record), file=record.id)
    except InvalidFile as error:
        return [each for each in error.findings if each.code != _UNKNOWN_PARTY]
    return []


def _refusal(arrangement: Arrangement, theatre: Theatre, *, why: str) -> str:
    return (
        f"{arrangement.id} cannot be put into the theatre {theatre.name}: what its clauses say of their parties has no "
        f"sense there ({why}); write the text for that theatre with `foedus new`"
    )


def _renamed(value: Any, *, new: Mapping[str, Sequence[str]]) -> Any:
    """Put new parties in the place of old ones wherever a name stands by itself or in a list."""
    if isinstance(value, dict):
        return {key: _renamed(entry, new=new) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        entries = [_renamed(entry, new=new) for entry in value]
        flat = [part for entry in entries for part in (entry if isinstance(entry, list) else [entry])]
        return list({str(entry): entry for entry in flat}.values())
    if isinstance(value, str) and value in new:
        return new[value][0] if len(new[value]) == 1 else list(new[value])
    return value


def _without(come: set[str], named: Any) -> list[Any]:
    """Leave out of those who help whoever becomes a side; an adversary that helped before keeps its seat."""
    return [party for party in (named if isinstance(named, list | tuple) else [named]) if party not in come]
