"""What the rules and the procedure make of a text is what a second, slow reading of its words makes of it."""

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.arrangement.load import load
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds, Kind
from foedus.exercise.scenario.judgments_file import default_judgments
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.clause import Clause
from foedus.mechanism.procedure.deciding.decide import apply, opening
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.state import Incident, State
from foedus.mechanism.rules.decisions import deciders, is_tier_decided, may_act_alone, tier_by_vote
from foedus.mechanism.rules.duties import TIERS, called_for, falls_due, needs_decision, snapback_called_for
from foedus.mechanism.rules.findings import finders, finding_by_vote, is_finding_made
from foedus.mechanism.rules.prohibitions import barring
from foedus.mechanism.rules.world import World
from tests.mechanism.second_reading import meaning as m
from tests.mechanism.second_reading.following import FREE, Case
from tests.mechanism.second_reading.steps import Sitting
from tests.mechanism.second_reading.walks import START, drawn_text, situation, steps

LIBRARY = sorted((Path(foedus.__file__).parent / "library").glob("*/*.yaml"))
WEIGHTS = {"france": 3, "germany": 2, "poland": 1, "united_kingdom": 3}


def _world(text: Arrangement, now: m.Situation) -> World:
    everybody = text.parties.everyone | finders(text, World()) | deciders(text)
    loud = {"for": now.on_finding, "on": now.on_response}
    silent = {key: frozenset(everybody - voices.keys()) for key, voices in loud.items()}
    against = {key: frozenset(who for who, word in voices.items() if word == "no") for key, voices in loud.items()}
    return World(
        threat=now.threat,
        attribution=now.attribution,
        facts=now.facts,
        idle=frozenset(everybody - now.acting),
        against_finding=against["for"],
        silent_on_finding=silent["for"],
        against_response=against["on"],
        silent_on_response=silent["on"],
        gone=now.gone,
        determined=None if now.finding is None else Finds(now.finding),
    )


def _assert_read_alike(text: Arrangement, draw: random.Random) -> None:
    now = situation(text, draw)
    world = _world(text, now)
    assert finders(text, World(gone=now.gone)) == m.finders(text, now.gone)
    assert deciders(text) == m.deciders(text)
    assert finding_by_vote(text, world) == m.vote_on_finding(text, now)
    assert is_finding_made(text, world) == m.finding_made(text, now)
    assert may_act_alone(text) == m.alone(text)
    for tier in TIERS:
        assert tier_by_vote(text, world, tier, weights=WEIGHTS) == m.vote_on_tier(text, now, tier, WEIGHTS)
        assert is_tier_decided(text, world, tier, weights=WEIGHTS) == m.tier_decided(text, now, tier, WEIGHTS)
        assert barring(text, world, tier) == m.kept_out(text, now, tier)
    due = {(each.clause, each.debtor, each.tier, each.within_hours) for each in falls_due(text, world, weights=WEIGHTS)}
    owed = set()
    for asked in m.asked_for(text):
        call = m.calls(text, now, asked, WEIGHTS)
        said = (
            called_for(text, asked.clause, world, weights=WEIGHTS)
            if asked.clause
            else snapback_called_for(text, world, weights=WEIGHTS)
        )
        assert (said and (said.tier, set(said.debtors))) == call
        assert needs_decision(text, kind=Kind(asked.kind)) == m.needs_decision(text, asked.kind)
        if call and asked.binds:
            owed |= {(asked.place, debtor, call[0], asked.hours) for debtor in call[1]}
    assert due == owed


@pytest.mark.parametrize("file", LIBRARY, ids=lambda path: path.stem)
def test_a_text_of_the_library_means_to_the_rules_what_its_words_say(file: Any) -> None:
    """Who finds, who decides, what votes and silence are worth, what is kept out, and who owes what when."""
    text, draw = load(file), random.Random(file.stem)  # noqa: S311  no secret
    for _ in range(25):
        _assert_read_alike(text, draw)


@pytest.mark.parametrize("seed", range(100))
def test_a_made_up_text_means_to_the_rules_what_its_words_say(seed: int) -> None:
    """The same of texts that nobody would write."""
    draw = random.Random(seed)  # noqa: S311  no secret
    text = drawn_text(draw)
    for _ in range(25):
        _assert_read_alike(text, draw)


def _walk(text: Arrangement, draw: random.Random, *, count: int) -> int:
    """Let people do as they like under both readings, and hold one against the other after every step."""
    judgments, weights = default_judgments(), dict(WEIGHTS)
    state, _ = opening(text, judgments=judgments, prior="flat", at=START, weights=weights)
    sitting = Sitting(text, judgments=judgments, at=START, weights=weights)
    taken = 0
    for command in steps(text, draw, sitting, count=count):
        refused = sitting.do(command)
        state, result = apply(state, command)
        told = f"{command}: {refused or 'allowed'}, and by the package {result}"
        assert isinstance(result, Refusal) == (refused is not None), told
        if isinstance(result, Refusal):
            assert refused == _place(result.clause), told
            assert result.because
        else:
            happens_alike = sorted(map(repr, sitting.told)) == sorted(map(repr, told_of(result)))
            assert happens_alike, told
        taken += refused is None
        are_alike = as_read(sitting) == as_is(state)
        assert are_alike, told  # the states themselves are too large to be compared in words
    return taken


def told_of(events: Iterable[e.Event]) -> Iterator[tuple[Any, ...]]:
    """Yield what happened of itself, as the second reading tells it."""
    for event in events:
        if isinstance(event, e.FindingMade):
            how: tuple[Any, ...] = (event.ruling.value, event.is_by_default, event.is_revision)
        elif isinstance(event, e.FindingFailed | e.TierFailed):
            how = (event.ruling.value, event.is_final)
        elif isinstance(event, e.TierDecided):
            how = (event.ruling.value, event.is_by_default)
        elif isinstance(event, e.DeadlinePassed):
            how = (event.stage,)
        elif isinstance(event, e.PartyLeft):
            how = (event.actor,)
        elif isinstance(event, e.Ended) and event.clause.path:
            how = ()
        elif isinstance(event, e.ObligationChanged):
            assert event.because
            yield from ((event.type, event.at, event.clause.path, debtor, event.to.value) for debtor in event.debtors)
            continue
        else:
            continue
        yield (event.type, event.at, event.clause.path, *how)


def _place(clause: Clause) -> str:
    return clause.path or FREE


def as_read(sitting: Sitting) -> Any:
    """Return a sitting as plain data."""
    cases = {name: _case(case) for name, case in sitting.cases.items()}
    return sitting.now, sitting.gone, sitting.leaving, sitting.is_ended, cases


def _case(case: Case) -> Any:
    motions = [(each.by, *each.what) if each else None for each in (case.motion, case.tier_motion)]
    owed = {(place, who, *what) for (place, who), what in case.owed.items()}
    voices = (case.voices, case.signed, case.tier_voices, case.joined)
    return (
        (case.facts, [each.id for each in case.reports], case.is_met, case.invoked, motions, case.found),
        (case.has_failed, case.decided, case.passed, case.acts, case.troops, case.is_closed, voices),
        owed,
    )


def as_is(state: State) -> Any:
    """Return the package's state as the same plain data."""
    cases = {name: _incident(each) for name, each in state.incidents.items()}
    return state.now, set(state.gone), dict(state.leaving), state.is_ended, cases


def _incident(i: Incident) -> Any:
    moved = i.finding_motion
    motions = [
        (moved.by, moved.finding, moved.attribution, moved.threat) if moved else None,
        (i.tier_motion.by, i.tier_motion.tier) if i.tier_motion else None,
    ]
    found = (i.finding.finding, i.finding.attribution, i.finding.threat, i.finding.ruling) if i.finding else None
    decided = (i.decision.tier, i.decision.ruling, i.decision.is_by_default) if i.decision else None
    words = {"abstain": "silent"}
    voices = tuple(
        {who: words.get(vote.value, vote.value) for who, vote in each.items()}
        for each in (i.finding_votes, i.signed, i.tier_votes, i.joined)
    )
    owed = {(each.clause, each.debtor, each.status, each.tier, each.deadline) for each in i.obligations.values()}
    acts = [(each.by, each.tier, each.under) for each in i.acts]
    return (
        (set(i.facts), [each.id for each in i.reports], i.is_met, set(i.invoked), motions, found),
        (i.is_finding_failed, decided, set(i.passed), acts, dict(i.troops), i.is_closed, voices),
        owed,
    )


@pytest.mark.parametrize("file", LIBRARY, ids=lambda path: path.stem)
def test_a_sitting_under_a_text_of_the_library_goes_as_the_page_says(file: Any) -> None:
    """Whoever wants what when: allowed or refused by the same clause, and the same found, decided and owed."""
    draw = random.Random(file.stem)  # noqa: S311  no secret
    assert _walk(load(file), draw, count=40) > 0


@pytest.mark.parametrize("seed", range(80))
def test_a_sitting_under_a_made_up_text_goes_as_the_page_says(seed: int) -> None:
    """The same under texts with every rule, clock, default and threshold that can be written."""
    draw = random.Random(seed)  # noqa: S311  no secret
    assert _walk(drawn_text(draw), draw, count=60) > 0
