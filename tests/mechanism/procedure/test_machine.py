"""Whatever people do in whatever order, the record holds together."""

from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from foedus.arrangement.conditions import FACTS
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds, TierWord
from foedus.checks.specimens import patched
from foedus.exercise.scenario.judgments_file import default_judgments
from foedus.exercise.scenario.recording import from_log, to_log
from foedus.mechanism.numbers.troops import troops_offered
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.deciding.decide import decide, opening, replay
from foedus.mechanism.procedure.events import Event, ReportFiled
from foedus.mechanism.procedure.evidence.report import Report
from foedus.mechanism.procedure.evolve import evolve_all
from foedus.mechanism.procedure.refusal import Refusal
from foedus.mechanism.procedure.state import State
from foedus.mechanism.procedure.visible import seen_by
from foedus.mechanism.rules.decisions import deciders
from foedus.mechanism.rules.findings import finders
from foedus.mechanism.rules.world import World
from tests.mechanism.procedure.as_commands import START

_PARTIES = ("france", "germany", "poland", "ukraine", "russia", "osce", "secretariat")
_TEXTS: tuple[dict[str, Any], ...] = (
    {},
    {"trigger.if_undecided": "nothing", "decision.rule": "unanimity", "decision.abstention": "counts_as_no"},
    {"trigger.if_undecided": "lead_decides", "decision.framework_nation": "france"},
    {
        "trigger.if_undecided": "each_may_act",
        "decision.outside_action": "forbidden",
        "consents": {"response": "russia"},
    },
    {"trigger.determined_by": "each_party_after_consultation", "trigger.consult_within": "24 h"},
    {"trigger.determined_by": "unanimity_of_guarantors", "trigger.decide_within": None, "trigger.if_undecided": "none"},
    {"exclusions": [{"what": "foreign_forces", "unless": "adversary_agrees"}], "term.exit_notice": "30 d"},
    {"term.length": "20 d", "term.void_if": "provoked", "trigger.determined_by": "undefined"},
)
parties = st.sampled_from(_PARTIES)
votes = st.sampled_from(list(c.Vote))
tiers = st.sampled_from(list(TierWord))
incidents = st.sampled_from(["one", "two"])
waits = st.integers(0, 40)


class Machine(RuleBasedStateMachine):
    """People, clocks and restarts."""

    @initialize(patch=st.sampled_from(_TEXTS))
    def begin(self, patch: dict[str, Any]) -> None:
        """Open the record of some text."""
        self.arrangement: Arrangement = patched(patch)
        self.state, opened = opening(self.arrangement, judgments=default_judgments(), prior="flat", at=START)
        self.first: State = self.state
        self.events: list[Event] = [opened]
        self.now = START
        self.reports = 0
        self.do(c.OpenIncident(self.now, "ukraine", "one", self.now, "an attack"))

    def do(self, command: c.Command) -> None:
        """Have a command decided, and keep what it brings about."""
        result = decide(self.state, command)
        if isinstance(result, Refusal):
            assert result.because
            assert result.clause.words
            return
        assert not self.state.is_ended
        self.events += result
        self.state = evolve_all(self.state, result)

    @rule(party=parties, incident=incidents)
    def open_incident(self, party: str, incident: str) -> None:
        """Something happened."""
        self.do(c.OpenIncident(self.now, party, incident, self.now, "something"))

    @rule(party=parties, incident=incidents, access=st.sampled_from([(), ("france",), ("ukraine", "poland")]))
    def report(self, party: str, incident: str, access: tuple[str, ...]) -> None:
        """Somebody tells of it, perhaps not to everybody."""
        self.reports += 1
        report = Report(f"r{self.reports}", "crossing", "units", "B", f"o{self.reports}", self.now, access=access)
        self.do(c.FileReport(self.now, party, incident, report))

    @rule(party=parties, incident=incidents, fact=st.sampled_from(sorted(FACTS)), holds=st.booleans())
    def fact(self, party: str, incident: str, fact: str, holds: bool) -> None:
        """Somebody states a fact."""
        self.do(c.StateFact(self.now, party, incident, fact, holds=holds))

    @rule(party=parties, incident=incidents, finding=st.sampled_from([None, *Finds]))
    def find(self, party: str, incident: str, finding: Finds | None) -> None:
        """Somebody invokes, meets and moves a finding."""
        self.do(c.Invoke(self.now, "ukraine", incident))
        self.do(c.Meet(self.now, "france", incident))
        self.do(c.ProposeFinding(self.now, party, incident, finding, "established"))

    @rule(party=parties, incident=incidents, vote=votes)
    def sign(self, party: str, incident: str, vote: c.Vote) -> None:
        """Somebody signs or dissents."""
        self.do(c.VoteOnFinding(self.now, party, incident, vote))

    @rule(party=parties, incident=incidents, tier=tiers)
    def move(self, party: str, incident: str, tier: TierWord) -> None:
        """Somebody moves a response."""
        self.do(c.ProposeTier(self.now, party, incident, tier))

    @rule(party=parties, incident=incidents, vote=votes, troops=st.integers(0, 9000))
    def join(self, party: str, incident: str, vote: c.Vote, troops: int) -> None:
        """Somebody joins, with troops or without."""
        self.do(c.VoteOnTier(self.now, party, incident, vote, troops if vote is c.Vote.YES else 0))

    @rule(party=parties, incident=incidents, on=st.sampled_from(["find", "decide"]))
    def close_vote(self, party: str, incident: str, on: Any) -> None:
        """Somebody closes a vote."""
        self.do(c.CloseVote(self.now, party, incident, on))

    @rule(party=parties, incident=incidents, tier=tiers, under=st.sampled_from(["", "defence", "answer_to_pressure"]))
    def act(self, party: str, incident: str, tier: TierWord, under: str) -> None:
        """Somebody acts."""
        self.do(c.TakeAct(self.now, party, incident, tier, under=under))

    @rule(party=parties)
    def leave(self, party: str) -> None:
        """Somebody gives notice."""
        self.do(c.GiveNotice(self.now, party))

    @rule(party=parties, incident=incidents)
    def close(self, party: str, incident: str) -> None:
        """Somebody closes an incident."""
        self.do(c.CloseIncident(self.now, party, incident))

    @rule(hours=waits)
    def wait(self, hours: int) -> None:
        """Time passes."""
        self.now += timedelta(hours=hours)
        self.do(c.Wait(self.now))

    @rule(hours=st.integers(1, 50))
    def clock_jumps_back(self, hours: int) -> None:
        """Put the clock back, which moves nothing."""
        before = self.state
        if self.now - timedelta(hours=hours) < self.state.now:
            self.do(c.Wait(self.now - timedelta(hours=hours)))
            assert self.state == before

    @precondition(lambda self: len(self.events) > 30)
    @rule()
    def end(self) -> None:
        """Close the record."""
        self.do(c.EndSitting(self.now))

    @rule()
    def restart(self) -> None:
        """Whoever reads the log from its beginning stands where the others stand."""
        kept = tuple(from_log(to_log(event)) for event in self.events)
        assert kept == tuple(self.events)
        self.state = replay(self.first, kept)

    @invariant()
    def replayed_log_is_the_state(self) -> None:
        """Hold the state against the events, which are all there is."""
        if hasattr(self, "events"):
            assert replay(self.first, tuple(self.events)) == self.state

    @invariant()
    def time_runs_forward(self) -> None:
        """No event is dated before an earlier one, and no deadline lies before what it is set by."""
        if hasattr(self, "events"):
            times = [event.at for event in self.events]
            assert times == sorted(times)
            for event in self.events:
                deadline = getattr(event, "deadline", None)
                assert deadline is None or getattr(event, "to", "") != "due" or deadline >= event.at

    @invariant()
    def nothing_comes_after_the_end(self) -> None:
        """See that a record ends with its end, and with what lapses by it."""
        if hasattr(self, "events") and self.state.is_ended:
            kinds = [event.type for event in self.events]
            after = kinds[kinds.index("sitting.ended") + 1 :]
            assert set(after) <= {"obligation.changed"}

    @invariant()
    def no_more_votes_than_members(self) -> None:
        """Only members vote, each once."""
        if hasattr(self, "events"):
            for incident in self.state.incidents.values():
                assert set(incident.finding_votes) <= finders(self.arrangement, World())
                assert set(incident.tier_votes) <= deciders(self.arrangement)

    @invariant()
    def forces_are_committed_once(self) -> None:
        """No party has committed more troops, in all incidents together, than it has offered."""
        if hasattr(self, "events"):
            for party in self.arrangement.parties.guarantor:
                assert self.state.committed(party) <= troops_offered(self.arrangement)[party]

    @invariant()
    def nobody_sees_what_is_not_theirs(self) -> None:
        """See that a report is seen by those it is meant for and by whoever made it."""
        if hasattr(self, "events"):
            for party in ("france", "germany", "russia"):
                told = {
                    event.report.id for event in seen_by(self.events, party=party) if isinstance(event, ReportFiled)
                }
                every = [report for each in self.state.incidents.values() for report in each.reports]
                theirs = {each.id for each in every if not each.access or party in each.access or party == each.by}
                assert told == theirs


Machine.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestMachine = Machine.TestCase
