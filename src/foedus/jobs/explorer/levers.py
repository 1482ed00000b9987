"""The levers of a text: the clauses that a reader moves, each as a question with its answers, and the change of text.

A lever is a place in the file. What it may hold, and what that means, is read from the language itself, so that the
form and the text can never say different things.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from foedus.arrangement.dump import to_plain
from foedus.arrangement.language.keys import key_at
from foedus.arrangement.load import loads
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness
from foedus.checks.mending.apply import CannotMend, apply, apply_to_text
from foedus.checks.mending.mendings import Edit, Mending, read_path
from foedus.errors import UnknownName, WrongRequest
from foedus.report.arrangement.show import names_of_parties
from foedus.report.comparison.clause_matrix import BINDING_WORDS
from foedus.text.source import Path, write_path
from foedus.values.names import party_name
from foedus.values.word import Word

_SPANS = ("6 h", "24 h", "48 h", "72 h", "7 d", "30 d")
_SHARES = ("", "0.25", "0.5", "0.67", "0.75", "1.0")
_EXCEPTIONS = ("", "provoked", "not external")
_OWN = "A reader's assumption"
"""The source of what a reader states in the form."""


@dataclass(frozen=True)
class LeverAnswer:
    """One thing that a lever can be set to."""

    value: str
    words: str
    means: str = ""


@dataclass(frozen=True)
class DraftLever:
    """A clause that can be moved."""

    path: str
    """Its place in the file, such as ``commitments[0].bindingness``."""
    group: str
    """The heading that it stands under."""
    label: str
    about: str
    kind: str
    """``choice`` among the answers, or ``text`` with the answers as suggestions."""
    value: str
    answers: tuple[LeverAnswer, ...]
    line: int = 0


def levers_of(arrangement: Arrangement) -> tuple[DraftLever, ...]:
    """Return the levers of a text, in the order of the form."""
    return tuple(_levers(arrangement, data=to_plain(arrangement)))


def pull_lever(text: str, *, path: str, value: str) -> str:
    """Set a lever in a text, and leave every other line as it is; raise `InvalidFile` or `WrongRequest`."""
    before = loads(text)
    change = _change(before, path=path, value=value)
    if apply(change, before) is None:
        raise not_admitted(path=path, value=value)
    try:
        return apply_to_text(change, text)
    except CannotMend as reason:
        raise WrongRequest(f"{path} could not be written into the text: {reason}") from reason


def pulled(arrangement: Arrangement, *, path: str, value: str) -> Arrangement | None:
    """Return a record with a lever set; None where the language does not admit it."""
    return apply(_change(arrangement, path=path, value=value), arrangement)


def not_admitted(*, path: str, value: str) -> WrongRequest:
    """Say that the language does not admit a lever's being set so."""
    return WrongRequest(f"{path} cannot be {value!r}: the language does not admit it here; {_about(path)}")


def _change(arrangement: Arrangement, *, path: str, value: str) -> Mending:
    known = {lever.path for lever in levers_of(arrangement)}
    if path not in known:
        raise UnknownName(f"this text has no lever {path!r}; it has: {', '.join(sorted(known))}")
    place = read_path(path)
    return Mending(f"{path} is {value}", tuple(_edits(arrangement, place, value)))


def _edits(arrangement: Arrangement, place: Path, value: str) -> Iterator[Edit]:
    if place == ("interest",):
        stated = [{"by": "all_guarantors", "level": value, "source": _OWN}] if value else None
        yield Edit(place, stated)
    elif place == ("balance", "log_ratio"):
        yield Edit(("balance",), {"log_ratio": float(value), "source": _OWN} if value else None)
    elif place[0] == "deployments" and not value:
        remaining = len(arrangement.deployments) > 1
        yield Edit(place[:2] if remaining else ("deployments",), None)
    else:
        yield Edit(place, _read(value, place=place))


def _read(value: str, *, place: Path) -> Any:
    key = key_at(place)
    if not value:
        return None
    if place[:2] == ("decision", "quorum"):
        return float(value)
    if value in ("true", "false"):
        return value == "true"
    if key is not None and key.is_list:
        return [word.strip() for word in value.split(",") if word.strip()]
    return value


def _levers(arrangement: Arrangement, *, data: Any) -> Iterator[DraftLever]:
    names = names_of_parties([arrangement])
    for index, clause in enumerate(arrangement.commitments):
        group = f"Promise: {clause.id.replace('_', ' ')}"
        place = ("commitments", index)
        yield _words((*place, "bindingness"), group, "How firmly", data)
        yield _words((*place, "tier"), group, "How far", data)
        yield _suggested((*place, "unless"), group, "Except where", data, _EXCEPTIONS)
        yield _suggested((*place, "within"), group, "Performed within", data, _SPANS)
    yield from _deciding(arrangement, data=data, names=names)
    for index, deployment in enumerate(arrangement.deployments):
        group = f"Forces of {_short(deployment.by, names)}"
        place = ("deployments", index)
        yield _suggested((*place, "forces"), group, "How many (empty: none)", data, ("10000 troops", "50000 troops"))
        yield _words((*place, "since"), group, "In place from", data)
    yield _words(("duties", "own_defence"), "Protected state", "Its own defence", data)
    yield _words(("duties", "restraint"), "Protected state", "Its own use of force", data)
    yield _words(("preparation",), "Preparation", "Prepared together", data)
    for index, monitor in enumerate(arrangement.monitoring):
        group = f"Monitoring: {monitor.name}"
        yield _words(("monitoring", index, "access"), group, "Access", data)
        yield _flag(("monitoring", index, "attributes"), group, "May say who did it", data)
        yield _parties(("monitoring", index, "can_be_ended_by"), group, "Can be ended by", data, arrangement, names)
    yield _interest(data)
    yield _balance(data)


def _deciding(arrangement: Arrangement, *, data: Any, names: dict[str, str]) -> Iterator[DraftLever]:
    finding, deciding, clocks = "Finding what happened", "Deciding the response", "Clocks"
    yield _words(("trigger", "determined_by"), finding, "Who finds", data)
    yield _parties(("trigger", "blocked_by"), finding, "Who can block the finding", data, arrangement, names)
    yield _words(("decision", "rule"), deciding, "Rule", data)
    for tier in ("support", "deploy", "defend"):
        yield _suggested(("decision", "quorum", tier), deciding, f"Quorum to {tier}", data, _SHARES)
    yield _parties(("consents", "response"), deciding, "Veto over the response", data, arrangement, names)
    yield _words(("decision", "outside_action"), deciding, "Acting outside it", data)
    yield _suggested(("trigger", "consult_within"), clocks, "Consult within", data, _SPANS)
    yield _suggested(("trigger", "determine_within"), clocks, "Find within", data, _SPANS)
    yield _suggested(("trigger", "decide_within"), clocks, "Decide within", data, _SPANS)
    yield _words(("trigger", "if_undecided"), clocks, "If nothing is decided", data)


def _in_words(word: Word) -> str:
    """Write a word as treaties have it, where a comparison does so too."""
    binding = BINDING_WORDS.get(word) if isinstance(word, Bindingness) else None
    return binding or str(word).replace("_", " ")


def _words(place: Path, group: str, label: str, data: Any) -> DraftLever:
    key = key_at(place)
    if key is None or key.words is None:
        raise KeyError(write_path(place))
    answers = tuple(LeverAnswer(str(word), _in_words(word), word.meaning) for word in key.words)
    value = _value(place, data) or str(key.default)
    return DraftLever(write_path(place), group, label, key.about, "choice", value, answers)


def _suggested(place: Path, group: str, label: str, data: Any, suggestions: tuple[str, ...]) -> DraftLever:
    answers = tuple(LeverAnswer(each, each or "nothing stated") for each in suggestions)
    return DraftLever(write_path(place), group, label, _about(write_path(place)), "text", _value(place, data), answers)


def _flag(place: Path, group: str, label: str, data: Any) -> DraftLever:
    answers = (LeverAnswer("true", "yes"), LeverAnswer("false", "no"))
    value = _value(place, data) or "false"
    return DraftLever(write_path(place), group, label, _about(write_path(place)), "choice", value, answers)


def _parties(
    place: Path, group: str, label: str, data: Any, arrangement: Arrangement, names: dict[str, str]
) -> DraftLever:
    value = _value(place, data)
    adversary = ",".join(arrangement.parties.adversary)
    lead = arrangement.decision.framework_nation or ""
    offered = dict.fromkeys(["", value, adversary, *([lead] if lead else []), "unknown"])
    answers = tuple(LeverAnswer(each, _party_words(each, names)) for each in offered)
    return DraftLever(write_path(place), group, label, _about(write_path(place)), "choice", value, answers)


def _interest(data: Any) -> DraftLever:
    key = key_at(("interest", 0, "level"))
    if key is None or key.words is None:
        raise KeyError("interest")
    stated = data.get("interest") or []
    alone = len(stated) == 1 and stated[0].get("by") in ("all_guarantors", ["all_guarantors"])
    value = str(stated[0]["level"]) if alone else ""
    own = "as the text states, party by party" if stated and not alone else "as the record of the theatre says"
    answers = (LeverAnswer("", own), *(LeverAnswer(str(w), str(w).replace("_", " "), w.meaning) for w in key.words))
    return DraftLever("interest", "The world around it", "Guarantors' interest", key.about, "choice", value, answers)


def _balance(data: Any) -> DraftLever:
    place = ("balance", "log_ratio")
    answers: tuple[LeverAnswer, ...] = (
        LeverAnswer("", "as the facts say"),
        LeverAnswer("-0.4", "protected state half again as strong"),
        LeverAnswer("0.0", "both as strong"),
        LeverAnswer("0.4", "adversary half again as strong"),
        LeverAnswer("0.7", "adversary twice as strong"),
        LeverAnswer("1.1", "adversary three times as strong"),
    )
    value = _value(place, data)
    if value and value not in {each.value for each in answers}:
        answers = (*answers, LeverAnswer(value, f"log ratio {value}, as stated"))
    return DraftLever(
        write_path(place),
        "The world around it",
        "Balance of forces",
        _about(write_path(place)),
        "choice",
        value,
        answers,
    )


def _value(place: Path, data: Any) -> str:
    for step in place:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return ""
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, list):
        return ",".join(str(each) for each in data)
    return "" if data is None else str(data)


def _party_words(value: str, names: dict[str, str]) -> str:
    if not value:
        return "nobody"
    shown = [names.get(each) or party_name(each) for each in value.split(",")]
    return ", ".join(shown) if len(shown) <= 3 else f"{', '.join(shown[:2])} and {len(shown) - 2} more"


def _short(parties: tuple[str, ...], names: dict[str, str]) -> str:
    return _party_words(",".join(parties), names)


def _about(path: str) -> str:
    key = key_at(read_path(path))
    return key.about if key else ""
