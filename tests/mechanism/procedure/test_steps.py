"""Steps of the procedure, one at a time, as a lawyer would ask for them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds, TierWord
from foedus.checks.specimens import good, patched
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure import events as e
from foedus.mechanism.procedure.deciding.decide import apply, decide
from foedus.mechanism.procedure.evidence.report import Report
from foedus.mechanism.procedure.obligation import ObligationStatus
from foedus.mechanism.procedure.obligations import promises_of, standings
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.state import State
from foedus.mechanism.rules.world import World
from tests.mechanism.procedure.as_commands import NAME, START, opened, played

_HOUR = timedelta(hours=1)


def _after(state: State, command: c.Command) -> State:
    state, result = apply(state, command)
    assert not isinstance(result, Refusal), str(result)
    return state


def _refusal(state: State, command: c.Command) -> Refusal:
    result = decide(state, command)
    assert isinstance(result, Refusal)
    return result


def _at_war(arrangement: Arrangement) -> State:
    return played(opened(arrangement), World())


def _status(state: State, debtor: str) -> ObligationStatus:
    return state.incidents[NAME].obligations[("commitments", 1), debtor].status


def test_a_duty_is_called_for_decided_due_and_met_or_broken() -> None:
    """A duty waits for the decision and falls due with it; who performs it meets it, and who does not breaks it."""
    arrangement = good()
    state = opened(arrangement)
    for command in (
        c.OpenIncident(START, "ukraine", NAME, START, "an invasion"),
        c.Invoke(START, "ukraine", NAME),
        c.ProposeFinding(START, "european_union", NAME, Finds.INVASION, "established"),
    ):
        state = _after(state, command)
    assert _status(state, "france") is ObligationStatus.IN_EFFECT
    state = _after(state, c.ProposeTier(START, "poland", NAME, TierWord.DEFEND))
    forces = {"france": 8000, "germany": 8000, "italy": 0, "spain": 0, "united_kingdom": 8000}
    for party, troops in forces.items():
        state, _ = apply(state, c.VoteOnTier(START, party, NAME, c.Vote.YES, troops=troops))
    assert _status(state, "france") is ObligationStatus.DUE
    state = _after(state, c.TakeAct(START + _HOUR, "france", NAME, TierWord.DEFEND, under="defence"))
    state = _after(state, c.Wait(START + 100 * _HOUR))
    assert (_status(state, "france"), _status(state, "germany")) == (ObligationStatus.MET, ObligationStatus.BREACHED)


def test_what_is_found_in_haste_can_be_found_anew_and_what_it_called_for_lapses() -> None:
    """The day after, the missile was the defender's own: the same step that found it finds it anew."""
    state = _at_war(good())
    state = _after(state, c.ProposeFinding(START + _HOUR, "european_union", NAME, None))
    assert state.incidents[NAME].finding is not None
    assert {each.status for each in state.incidents[NAME].obligations.values()} == {ObligationStatus.LAPSED}
    state = _after(state, c.ProposeFinding(START + 2 * _HOUR, "european_union", NAME, Finds.INVASION, "established"))
    assert _status(state, "france") is ObligationStatus.DUE


@pytest.mark.parametrize(
    ("sanctions", "because"),
    [
        (
            {"snapback_on": ["invasion"], "snapback_bindingness": "shall_specified"},
            "the standard of proof for support is not met (attribution is suspected)",
        ),
        ({"snapback_on": ["invasion"], "snapback_bindingness": "intends"}, "no duty to act: it says 'intends'"),
    ],
)
def test_sanctions_alone_say_what_they_wait_for(sanctions: dict[str, object], because: str) -> None:
    """A text that promises nothing but the return of sanctions tells why they are not due, as any clause does."""
    proof = {"trigger.proof": {"support": "preponderance"}, "decision.rule": "each_for_itself"}
    arrangement = patched({"commitments": [], "sanctions": sanctions, "decision.capability": [], **proof})
    state = played(opened(arrangement), World(attribution="suspected"))
    (promise,) = promises_of(arrangement)
    told = {each.obligation.status: each.because for each in standings(state, state.incidents[NAME])}
    assert set(told) == {ObligationStatus.IN_EFFECT}
    assert because in told[ObligationStatus.IN_EFFECT]
    assert promise.debtors == arrangement.parties.guarantor


def test_what_is_kept_out_is_not_owed() -> None:
    """A duty to send forces that an exclusion keeps out again is a duty to support only."""
    arrangement = patched({"exclusions": [{"what": "foreign_forces", "unless": "adversary_agrees"}]})
    state = played(opened(arrangement), World(facts=World().facts | {"adversary_agrees"}))
    assert _status(state, "france") is ObligationStatus.DUE
    state = _after(state, c.StateFact(START + _HOUR, "russia", NAME, "adversary_agrees", holds=False))
    owed = state.incidents[NAME].obligations[("commitments", 1), "france"]
    assert (owed.status, owed.tier) == (ObligationStatus.DUE, TierWord.SUPPORT)


def test_a_duty_whose_condition_ceases_is_suspended_and_resumes() -> None:
    """What stands in the way of a duty suspends it; afterwards the debtor has its whole time again."""
    state = _at_war(patched({"commitments[1].when": "flagrant"}))
    first = state.incidents[NAME].obligations[("commitments", 1), "france"]
    state = _after(state, c.StateFact(START + _HOUR, "european_union", NAME, "flagrant", holds=False))
    assert _status(state, "france") is ObligationStatus.SUSPENDED
    state = _after(state, c.StateFact(START + 5 * _HOUR, "european_union", NAME, "flagrant"))
    again = state.incidents[NAME].obligations[("commitments", 1), "france"]
    assert again.status is ObligationStatus.DUE
    assert first.deadline is not None
    assert again.deadline == first.deadline + 5 * _HOUR


def test_a_refusal_names_the_clause_that_refuses() -> None:
    """Who may not act is told by which clause, with its place in the file."""
    forbidding = patched({"exclusions": [{"what": "foreign_forces", "text": "No foreign contingents."}]})
    state = played(opened(forbidding), World())
    refusal = _refusal(state, c.TakeAct(START, "france", NAME, TierWord.DEPLOY))
    assert (refusal.clause.path, refusal.clause.words) == ("exclusions[0]", "No foreign contingents.")
    state = _after(opened(good()), c.OpenIncident(START, "ukraine", NAME, START, "an attack"))
    assert _refusal(state, c.Invoke(START, "france", NAME)).clause.path == "trigger.invoked_by"
    assert _refusal(state, c.VoteOnFinding(START, "france", NAME, c.Vote.YES)).clause.path == "trigger.determined_by"


def test_who_may_only_act_through_the_mechanism_waits_for_it() -> None:
    """Where nobody may act alone, an act before the decision is refused, and the same act after it is lawful."""
    arrangement = patched({"decision.outside_action": "forbidden", "trigger.if_undecided": "nothing"})
    state = _after(opened(arrangement), c.OpenIncident(START, "ukraine", NAME, START, "an attack"))
    act = c.TakeAct(START, "france", NAME, TierWord.SUPPORT)
    assert _refusal(state, act).clause.path == "decision.outside_action"
    _after(_at_war(arrangement), act)


def test_each_may_act_once_the_mechanism_has_failed_and_not_before() -> None:
    """The word on the special case opens the cage when the time for a decision is over."""
    arrangement = patched({"decision.outside_action": "forbidden", "trigger.if_undecided": "each_may_act"})
    state = opened(arrangement)
    for command in (c.OpenIncident(START, "ukraine", NAME, START, "an attack"), c.Invoke(START, "ukraine", NAME)):
        state = _after(state, command)
    _refusal(state, c.TakeAct(START + _HOUR, "france", NAME, TierWord.SUPPORT))
    _after(state, c.TakeAct(START + 7 * _HOUR, "france", NAME, TierWord.SUPPORT))


def test_a_deadline_that_passes_brings_the_default_response() -> None:
    """Six hours of silence, and what was settled for that case follows of itself."""
    state = opened(good())
    for command in (
        c.OpenIncident(START, "ukraine", NAME, START, "an attack"),
        c.Invoke(START, "ukraine", NAME),
        c.ProposeFinding(START, "ukraine", NAME, Finds.INVASION, "established"),
    ):
        state = _after(state, command)
    before = _after(state, c.Wait(START + 6 * _HOUR))
    assert before.incidents[NAME].finding is None
    after = _after(state, c.Wait(START + 6 * _HOUR + timedelta(minutes=1)))
    assert after.incidents[NAME].finding is not None
    assert _status(after, "france") is ObligationStatus.DUE


def test_forces_are_counted_once_over_all_incidents() -> None:
    """A brigade that answers one incident is not there for the next, until the first is closed."""
    state = _at_war(good())
    first = replace(state, incidents={NAME: replace(state.incidents[NAME], decision=None)})
    first = _after(first, c.ProposeTier(START, "france", NAME, TierWord.DEFEND))
    first = _after(first, c.VoteOnTier(START, "germany", NAME, c.Vote.YES, troops=8000))
    refusal = _refusal(first, c.VoteOnTier(START, "poland", NAME, c.Vote.YES, troops=8001))
    assert "8000" in refusal.because


def test_whoever_leaves_is_bound_until_the_notice_has_run_out() -> None:
    """A party that gives notice still votes the day after, and owes nothing two years on."""
    state = _after(opened(good()), c.GiveNotice(START, "france"))
    assert "france" not in state.gone
    state, result = apply(state, c.Wait(START + timedelta(days=731)))
    assert not isinstance(result, Refusal)
    assert any(isinstance(event, e.PartyLeft) for event in result)
    assert state.gone == {"france"}
    silent = patched({"term.exit_notice": "none"})
    assert _refusal(opened(silent), c.GiveNotice(START, "france")).clause.path == "term.exit_notice"


def test_nothing_comes_after_the_term() -> None:
    """An arrangement that has run out takes no more steps."""
    state = opened(patched({"term.length": "1 d"}))
    over = _after(state, c.Wait(START))
    assert over.is_ended
    _refusal(over, c.Wait(START + _HOUR))


def test_who_made_a_report_corrects_it_and_nobody_else() -> None:
    """A correction by another is refused with whose it is; by its maker it stands."""
    state = _after(opened(good()), c.OpenIncident(START, "ukraine", NAME, START, "an attack"))
    first = Report("r1", "crossing", "units", "B", "o1", START)
    state = _after(state, c.FileReport(START, "european_union", NAME, first))
    again = replace(first, id="r2", corrects="r1")
    refusal = _refusal(state, c.FileReport(START, "ukraine", NAME, again))
    assert refusal.because == "r1 is another's"
    assert refusal.clause.words == "who made a report corrects it"
    state = _after(state, c.FileReport(START, "european_union", NAME, again))
    assert [each.by for each in state.incidents[NAME].reports] == ["european_union", "european_union"]
