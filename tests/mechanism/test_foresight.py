"""What is said to lie ahead of an incident is what happens when it is done, or when nobody does anything."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.arrangement.load import load
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds, TierWord
from foedus.exercise.scenario.judgments_file import default_judgments
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure import foresight
from foedus.mechanism.procedure.deciding.decide import apply, opening
from foedus.mechanism.procedure.state import State
from tests.mechanism.second_reading import meaning as m
from tests.mechanism.second_reading.following import Case
from tests.mechanism.second_reading.steps import Sitting
from tests.mechanism.second_reading.walks import START, drawn_text, steps
from tests.mechanism.test_second_reading import WEIGHTS, as_is, as_read, told_of

LIBRARY = sorted((Path(foedus.__file__).parent / "library").glob("*/*.yaml"))[::3]
_YEAR = timedelta(days=366)


def _states(text: Arrangement, seed: Any, *, count: int) -> Iterator[tuple[State, Sitting]]:
    """Yield a sitting under both readings every few steps."""
    judgments, draw = default_judgments(), random.Random(seed)  # noqa: S311  no secret
    state, _ = opening(text, judgments=judgments, prior="flat", at=START, weights=dict(WEIGHTS))
    sitting = Sitting(text, judgments=judgments, at=START, weights=WEIGHTS)
    for number, command in enumerate(steps(text, draw, sitting, count=count)):
        sitting.do(command)
        state, _ = apply(state, command)
        if number % 5 == 2:
            yield state, sitting


def _assert_foreseen(state: State, sitting: Sitting) -> None:
    for name, case in sitting.cases.items():
        if case.is_closed:
            continue
        assert list(_steps_read(sitting, case)) == [
            (each.what, set(each.who), each.deadline, each.clause.path) for each in foresight.steps_ahead(state, name)
        ]
        read = {(place, who, *what) for (place, who), what in case.owed.items() if what[0] != "created"}
        owed = foresight.owed(state, name)
        assert {(o.promise.place, who, o.status, o.tier, o.deadline) for o in owed for who in o.debtors} == read
        assert all(o.because or o.status in ("met", "breached", "lapsed") for o in owed)
        forbidden = [
            (each.tier, each.forbidden_by and each.forbidden_by.path) for each in foresight.lawful(state, name)
        ]
        assert forbidden == [(tier, sitting.keeps_from(case, tier, [])) for tier in m.TIERS]
        _assert_ahead_if_invoked(state, sitting, name)
    until = _far(sitting, state.now)
    assert _sorted(told_of(foresight.if_nobody_acts(state))) == _sorted(sitting.supposed(c.Wait(until)))
    tiers = [each.tier for each in m.asked_for(sitting.text)]
    assert foresight.highest_promised(state) == max(tiers, key=m.TIERS.index, default="support")


def _steps_read(sitting: Sitting, case: Case) -> Iterator[tuple[str, set[str], datetime | None, str]]:
    """Yield what has to be done before anything counts, after the page of the determination."""
    text, trigger, gone = sitting.text, sitting.text.trigger, frozenset(sitting.gone)
    if not sitting.is_open(case):
        yield "invoke the mechanism", m.parties(trigger.invoked_by, text) - gone, None, "trigger.invoked_by"
    waits = trigger.determined_by == "each_party_after_consultation" or hasattr(trigger.consult_within, "hours")
    if waits and not case.is_met:
        deadline = sitting.deadline(case, "meet")
        yield "meet", set(text.parties.guarantor) - gone, deadline, "trigger.consult_within"
    if case.found is None:
        seats = m.finders(text, gone) if trigger.determined_by not in ("undefined", "unknown") else set()
        yield "find what happened", seats, sitting.deadline(case, "find"), "trigger.determined_by"
    if case.decided is None and m.needs_decision(text, "joint"):
        yield "decide the response", m.deciders(text) - gone, sitting.deadline(case, "decide"), "decision.rule"


def _far(sitting: Sitting, now: datetime) -> datetime:
    length = getattr(sitting.text.term.length, "hours", None)
    end = now + _YEAR
    return end if length is None else min(end, sitting.opened + timedelta(hours=length))


def _assert_ahead_if_invoked(state: State, sitting: Sitting, name: str) -> None:
    said = foresight.if_only_invoked(state, name)
    assert (said is None) == sitting.is_open(sitting.cases[name])
    if said is not None:
        kept = sitting.kept()
        for party in sorted(m.parties(sitting.text.trigger.invoked_by, sitting.text)):
            if sitting.do(c.Invoke(state.now, party, name)) is None:
                break
        assert _sorted(told_of(said)) == _sorted(sitting.supposed(c.Wait(_far(sitting, state.now))))
        sitting.put_back(kept)


def _assert_supposed(state: State, sitting: Sitting, finding: Finds | None) -> None:
    """Hold what is supposed to be found and decided against everybody doing it, one by one."""
    at, text = state.now, sitting.text
    kept = sitting.kept()
    for party in sorted(m.parties(text.trigger.invoked_by, text)):
        sitting.do(c.Invoke(at, party, "one"))
    sitting.do(c.Meet(at, c.SECRETARIAT, "one"))
    seats = sorted(m.finders(text, frozenset(sitting.gone)))
    for party in (*seats, *sorted(text.parties.everyone)):
        if sitting.do(c.ProposeFinding(at, party, "one", finding, "likely")) is None:
            break
    for party in seats:
        sitting.do(c.VoteOnFinding(at, party, "one", c.Vote.YES))
    found = foresight.found(state, "one", finding=finding, attribution="likely")
    assert as_is(found) == as_read(sitting)
    lead = text.decision.framework_nation
    for party in [lead] if lead else sorted(text.parties.guarantor):
        if sitting.do(c.ProposeTier(at, party, "one", TierWord.DEPLOY)) is None:
            break
    for party in sorted(m.deciders(text)):
        sitting.do(c.VoteOnTier(at, party, "one", c.Vote.YES))
    assert as_is(foresight.decided(found, "one", tier=TierWord.DEPLOY)) == as_read(sitting)
    sitting.put_back(kept)


def _sorted(told: Any) -> list[str]:
    return sorted(map(repr, told))


@pytest.mark.parametrize("file", LIBRARY, ids=lambda path: path.stem)
def test_what_lies_ahead_under_a_text_of_the_library_comes_about(file: Path) -> None:
    """Who has to do what by when, what is owed and lawful, and what happens if nobody acts."""
    for state, sitting in _states(load(file), file.stem, count=12):
        _assert_foreseen(state, sitting)
        _assert_supposed(state, sitting, Finds.INVASION)


@pytest.mark.parametrize("seed", range(200, 222))
def test_what_lies_ahead_under_a_made_up_text_comes_about(seed: int) -> None:
    """The same of texts that nobody would write."""
    for state, sitting in _states(drawn_text(random.Random(seed)), seed, count=25):  # noqa: S311  no secret
        _assert_foreseen(state, sitting)
        _assert_supposed(state, sitting, (None, *Finds)[seed % 5])
