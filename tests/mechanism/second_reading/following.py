"""What follows of itself, and when, after docs/determination.md: votes that are settled, deadlines, what is owed."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from foedus.arrangement.record import Arrangement
from foedus.mechanism.procedure.evidence.carried import carried
from foedus.mechanism.procedure.evidence.judgments import Judgments
from tests.mechanism.second_reading import meaning as m
from tests.mechanism.second_reading.meaning import NO, OPEN, SILENT, TIERS, YES, Situation

CIRCUMSTANCES = (
    "ceasefire_in_force",
    "settlement_in_force",
    "external",
    "persists",
    "flagrant",
    "significant",
    "deliberate",
    "sustained",
    "named_scenario",
    "in_scope",
)
"""What is taken to hold until somebody says otherwise: an unprovoked conventional attack from outside."""
FREE = "a rule of procedure"
"""Where a step is refused by no clause of the text."""
SPENT = ("met", "breached")


@dataclass
class Motion:
    """Something that is moved, and the voices on it."""

    by: str
    what: tuple[Any, ...]
    """A finding with attribution and threat; or a tier."""


@dataclass
class Case:
    """An incident."""

    happened: datetime
    facts: set[str]
    reports: tuple[Any, ...] = ()
    invoked: set[str] = field(default_factory=set)
    is_met: bool = False
    motion: Motion | None = None
    last: Motion | None = None
    voices: dict[str, str] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)
    is_counted: bool = False
    """Whether those who have not voted count as silent."""
    found: tuple[Any, ...] | None = None
    """Finding, attribution, threat, and how surely it is one."""
    has_failed: bool = False
    tier_motion: Motion | None = None
    tier_last: Motion | None = None
    tier_voices: dict[str, str] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)
    is_tier_counted: bool = False
    decided: tuple[Any, ...] | None = None
    """Tier, ruling, whether by default."""
    passed: set[str] = field(default_factory=set)
    acts: list[tuple[str, str, str]] = field(default_factory=list)
    owed: dict[Any, tuple[str, str | None, datetime | None]] = field(default_factory=dict)
    """Status, tier and deadline by clause and debtor."""
    troops: dict[str, int] = field(default_factory=dict)
    is_closed: bool = False


class Record:
    """A mechanism in operation."""

    def __init__(self, text: Arrangement, *, judgments: Judgments, at: datetime, weights: Mapping[str, int]) -> None:
        self.text, self.judgments, self.weights = text, judgments, weights
        self.opened = self.now = at
        self.cases: dict[str, Case] = {}
        self.leaving: dict[str, datetime] = {}
        self.gone: set[str] = set()
        self.is_ended = False
        self.told: list[tuple[Any, ...]] = []
        """What happened of itself in the last step: kind, when, by which clause, and how."""

    def kept(self) -> tuple[Any, ...]:
        """Return a copy of everything that can change."""
        cases = {
            name: Case(*(copy.copy(getattr(case, each.name)) for each in fields(Case)))
            for name, case in self.cases.items()
        }
        return (self.now, cases, dict(self.leaving), set(self.gone), self.is_ended)

    def put_back(self, kept: tuple[Any, ...]) -> None:
        """Go back to what was kept."""
        self.now, self.cases, self.leaving, self.gone, self.is_ended = kept

    def _clocks(self, until: datetime) -> bool:
        """Let time pass, and tell whether the term is over."""
        while not self.is_ended and (ahead := [each for each in self._ahead() if each[0] < until]):
            at, rank, name, of = min(ahead)
            self.now = at
            if rank == 0:
                self.gone.add(name)
                self._tell("party.left", "term.exit_notice", name)
            elif rank == 9:
                self.is_ended = True
                self._tell("sitting.ended", "term.length")
            elif rank == 4:
                case = self.cases[of]
                for (place, debtor), (status, tier, deadline) in case.owed.items():
                    if status == "due" and deadline is not None and deadline <= at:
                        late = "breached" if self._asked(place).binds else "lapsed"
                        case.owed[place, debtor] = (late, tier, deadline)
                        self._tell("obligation.changed", m.path_of(place), debtor, late)
            else:
                case = self.cases[of]
                case.passed.add(name)
                self._tell("deadline.passed", self._clause_of(name), name)
                case.is_counted |= name == "find"
                case.is_tier_counted |= name == "decide"
            self._settle()
        return self.is_ended

    def _ahead(self) -> list[tuple[datetime, int, str, str]]:
        found = [(at, 0, party, "") for party, at in self.leaving.items() if party not in self.gone]
        for name, case in self.cases.items():
            if case.is_closed:
                continue
            if self.is_open(case):
                is_needless = {
                    "meet": case.is_met,
                    "find": case.found is not None or case.has_failed,
                    "decide": case.decided is not None or (case.found is not None and case.found[0] is None),
                }
                for rank, stage in enumerate(("meet", "find", "decide"), start=1):
                    deadline = self.deadline(case, stage)
                    if deadline and stage not in case.passed and not is_needless[stage]:
                        found.append((deadline, rank, stage, name))
            for status, _, deadline in case.owed.values():
                if status == "due" and deadline is not None:
                    found.append((deadline, 4, "duties", name))
        length = getattr(self.text.term.length, "hours", None)
        if length is not None:
            found.append((self.opened + timedelta(hours=length), 9, "term", ""))
        return [(max(at, self.now), rank, name, of) for at, rank, name, of in found]

    def deadline(self, case: Case, stage: str) -> datetime | None:
        """Return by when a stage has to end."""
        t = self.text.trigger
        finding = t.determine_within if hasattr(t.determine_within, "hours") else t.decide_within
        span = {"meet": t.consult_within, "find": finding, "decide": t.decide_within}[stage]
        hours = getattr(span, "hours", None)
        return None if hours is None else case.happened + timedelta(hours=hours)

    def _clause_of(self, stage: str) -> str:
        if stage == "find" and not hasattr(self.text.trigger.determine_within, "hours"):
            return "trigger.decide_within"
        return {"meet": "trigger.consult_within", "find": "trigger.determine_within"}.get(
            stage, "trigger.decide_within"
        )

    def _tell(self, kind: str, clause: str, *how: Any) -> None:
        self.told.append((kind, self.now, clause, *how))

    def _settle(self) -> None:
        while any(step(case) for case in self.cases.values() for step in (self._find, self._decide, self._owe)):
            pass

    def is_open(self, case: Case) -> bool:
        """Tell whether somebody who may invoke the mechanism has."""
        invokers = m.parties(self.text.trigger.invoked_by, self.text)
        if case.found is not None or not invokers:
            return True
        return bool(((case.invoked | {who for who, word in case.voices.items() if word == YES}) & invokers) - self.gone)

    def _situation(self, case: Case, *, is_moved: bool) -> Situation:
        """Return what the rules look at: what is in force with the votes on it, or what is moved with those on that."""
        open_ = case.motion.what if case.motion else None
        last = case.last.what if case.last else None
        said = (open_ or last or case.found) if is_moved else (case.found or open_ or last)
        voices = case.voices if is_moved or case.found is None else case.signed
        response = case.tier_voices if is_moved or case.decided is None else case.joined
        finding, attribution, threat, facts = None, "none", "hold", set(case.facts)
        if said is not None:
            finding, attribution = said[0], said[1]
            if finding is not None:
                threat = said[2] or m.ACT_BEHIND[finding]
                facts |= {"provoked"} if finding == "provoked" else set()
        on_finding = {who: YES for who in case.invoked if who not in voices} | voices
        return Situation(
            finding,
            threat,
            attribution,
            frozenset(facts),
            frozenset(who for who, _, _ in case.acts),
            {who: word for who, word in on_finding.items() if word != SILENT},
            {who: word for who, word in response.items() if word != SILENT},
            frozenset(self.gone),
        )

    def _find(self, case: Case) -> bool:
        """Let a finding come about or fail."""
        text, now = self.text, self._situation(case, is_moved=True)
        if case.is_closed or self.is_ended:
            return False
        at_the_end, by_vote = m.finding_made(text, now), m.vote_on_finding(text, now)
        is_named = text.trigger.determined_by not in ("undefined", "unknown")
        invoked = dict.fromkeys(case.invoked, YES)

        def count(said: Mapping[str, str]) -> str:
            voices = {who: word for who, word in {**invoked, **said}.items() if word != SILENT}
            return m.vote_on_finding(text, self._with(now, on_finding=voices))

        seats = m.finders(text, frozenset(self.gone))
        so_far = m.settled(seats, case.voices, count) if is_named else by_vote
        if case.found is not None:
            ruling = by_vote if case.is_counted else so_far
            if case.motion is None or ruling is None:
                return False
            is_default, is_final = False, False
        else:
            if case.has_failed or not self.is_open(case):
                return False
            ahead = "find" not in case.passed and self.deadline(case, "find") is not None
            end = self._end(at_the_end, by_vote, so_far, case.is_counted, case.motion, is_ahead=ahead)
            if end is None:
                return False
            ruling, is_default, is_final = end
        motion = case.motion or (case.last if is_default else None)
        clause = "trigger.if_undecided" if is_default else "trigger.determined_by"
        is_settled_beforehand = is_default and ruling == YES and text.trigger.if_undecided == "default_response"
        if ruling == NO or (motion is None and not is_settled_beforehand):
            case.has_failed |= is_final and case.found is None
            case.motion, case.is_counted = None, False
            self._tell("finding.failed", clause, ruling, is_final)
            return True
        what = motion.what if motion else case.last.what if case.last else self._by_reports(case)
        self._tell("finding.made", clause, ruling, is_default, case.found is not None)
        case.found, case.motion, case.signed = (*what, ruling), None, dict(case.voices)
        return True

    def _by_reports(self, case: Case) -> tuple[Any, ...]:
        said = carried(case.reports, arrangement=self.text, judgments=self.judgments, prior="flat")
        return (said.finding, said.attribution, None)

    def _end(
        self, at_the_end: str, by_vote: str, so_far: str | None, is_counted: bool, motion: Any, *, is_ahead: bool
    ) -> tuple[str, bool, bool] | None:
        """Return how a vote ends, whether by default and whether for good; None while it is open."""
        last_word = self.text.trigger.if_undecided not in ("none", "unknown")
        if is_counted:
            is_lead_awaited = self.text.trigger.if_undecided == "lead_decides" and self.text.decision.framework_nation
            if is_lead_awaited and at_the_end == OPEN:
                return None
            return (at_the_end, at_the_end != by_vote or motion is None, last_word)
        if motion is None or so_far is None:
            return None
        if so_far != NO:
            return (so_far, False, True)
        if is_ahead:
            return (NO, False, False)
        return None if at_the_end == OPEN else (at_the_end, at_the_end != NO, last_word)

    def _decide(self, case: Case) -> bool:
        """Let a decision on the response come about or fail."""
        text, now = self.text, self._situation(case, is_moved=True)
        if case.is_closed or self.is_ended or not m.needs_decision(text, "joint"):
            return False
        motion = case.tier_motion or case.tier_last
        tier = motion.what[0] if motion else "defend"
        at_the_end = m.tier_decided(text, now, tier, self.weights)
        by_vote = m.vote_on_tier(text, now, tier, self.weights)

        def count(said: Mapping[str, str]) -> str:
            voices = {who: word for who, word in said.items() if word != SILENT}
            return m.vote_on_tier(text, self._with(now, on_response=voices), tier, self.weights)

        so_far = m.settled(m.deciders(text) - self.gone, case.tier_voices, count) if case.tier_motion else None
        if case.decided is not None:
            ruling = by_vote if case.is_tier_counted else so_far
            end = None if case.tier_motion is None or ruling is None else (ruling, False, False)
        else:
            ahead = "decide" not in case.passed and self.deadline(case, "decide") is not None
            end = self._end(at_the_end, by_vote, so_far, case.is_tier_counted, case.tier_motion, is_ahead=ahead)
        force = self._situation(case, is_moved=False)
        if end is None or (m.finding_made(text, force) == NO and m.alone(text) == NO):
            return False
        ruling, is_default, is_final = end
        clause = "trigger.if_undecided" if is_default else "decision.rule"
        if ruling == NO:
            self._tell("response.failed", clause, ruling, is_final)
        else:
            self._tell("response.decided", clause, ruling, is_default)
        if ruling == NO and (not is_final or case.decided is not None):
            case.tier_motion, case.is_tier_counted = None, False
            return True
        decided = case.tier_motion.what[0] if case.tier_motion and not is_default and ruling != NO else None
        case.decided = (decided, ruling, is_default and ruling != NO)
        case.tier_motion, case.joined = None, dict(case.tier_voices)
        return True

    @staticmethod
    def _with(now: Situation, **changed: Any) -> Situation:
        return Situation(**{**now.__dict__, **changed})

    def _asked(self, place: Any) -> m.Asked:
        return next(each for each in m.asked_for(self.text) if each.place == place)

    def _owe(self, case: Case) -> bool:
        """Let what is asked of everybody stand where it now stands."""
        now, changed = self._situation(case, is_moved=False), False
        for asked in m.asked_for(self.text):
            call = self._call(case, asked, now)
            for debtor in asked.debtors:
                old = case.owed.get((asked.place, debtor), ("created", None, None))
                if old[0] in SPENT or (old[0] == "lapsed" and old[2] is not None):
                    continue
                new = self._stands(case, asked, debtor, old, call)
                if new[:2] != old[:2]:
                    case.owed[asked.place, debtor] = new
                    self._tell("obligation.changed", m.path_of(asked.place), debtor, new[0])
                    changed = True
        return changed

    def _call(self, case: Case, asked: m.Asked, now: Situation) -> tuple[str, set[str]] | None:
        waits = m.needs_decision(self.text, asked.kind)
        if case.found is None or case.is_closed or self.is_ended or (waits and case.decided is None):
            return None
        call = m.calls(self.text, now, asked, self.weights)
        if call is None or not waits or case.decided is None or case.decided[0] is None:
            return call
        most = min(asked.tier, case.decided[0], key=TIERS.index)
        tier = m.highest_owed(self.text, now, most, asked.kind, asked.measures, self.weights)
        return (tier, call[1]) if tier else None

    def _stands(self, case: Case, asked: m.Asked, debtor: str, old: Any, call: Any) -> Any:
        status, tier, deadline = old
        if call and debtor in call[1]:
            by = deadline or (None if asked.hours is None else self.now + timedelta(hours=asked.hours))
            for who, done, under in case.acts:
                enough = asked.is_chosen or TIERS.index(done) >= TIERS.index(call[0])
                if who == debtor and under == asked.name and enough:
                    return ("met", call[0], by)
            if by is not None and by < self.now:
                return ("breached" if asked.binds else "lapsed", call[0], by)
            return ("due", call[0], by)
        is_other = case.found is not None and case.found[0] not in asked.answers
        if self.is_ended or case.is_closed or debtor in self.gone or is_other:
            return old if status in ("created", "lapsed") else ("lapsed", tier, None)
        if case.found is None:
            return old
        return ("suspended" if status in ("due", "suspended") else "in_effect", tier, None)
