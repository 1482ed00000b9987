"""Who may do what, step by step, after docs/determination.md."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from foedus.arrangement.conditions import FACTS
from foedus.mechanism.procedure import commands as c
from tests.mechanism.second_reading import meaning as m
from tests.mechanism.second_reading.following import CIRCUMSTANCES, FREE, Case, Motion, Record
from tests.mechanism.second_reading.meaning import NO, SILENT, TIERS, YES, Situation


class Sitting(Record):
    """A mechanism in operation, and what people do in it."""

    def do(self, command: Any) -> str | None:
        """Do what somebody wants, and return None; or the place of the clause that refuses it."""
        self.told = []
        if self.is_ended or command.at < self.now:
            return FREE
        before = self.kept()
        if self._clocks(command.at):
            refused = None if isinstance(command, c.Wait) else "term.length"
        else:
            self.now = command.at
            refused = self._try(command)
        if refused:
            self.put_back(before)
            self.told = []
        else:
            self._settle()
        return refused

    def supposed(self, command: Any) -> list[tuple[Any, ...]]:
        """Return what would happen of itself, and leave everything as it is."""
        kept = self.kept()
        self.do(command)
        self.put_back(kept)
        return self.told

    def _try(self, command: Any) -> str | None:
        refused: str | None = getattr(self, f"_{type(command).__name__}")(command)
        return refused

    def _case(self, command: Any) -> Case | None:
        case = self.cases.get(command.incident)
        return None if case is None or case.is_closed else case

    def _is_stranger(self, who: str) -> bool:
        t = self.text
        known = t.parties.everyone | m.parties(t.trigger.invoked_by, t) | m.finders(t, frozenset()) | m.deciders(t)
        return who not in (known | m.watchers(t) | {c.SECRETARIAT}) - self.gone

    def _OpenIncident(self, command: Any) -> str | None:  # noqa: N802  the command's name
        if self._is_stranger(command.actor):
            return "parties.guarantor"
        is_known = command.incident in self.cases or not set(command.not_so) <= set(FACTS)
        if is_known or command.happened_at > command.at:
            return FREE
        self.cases[command.incident] = Case(command.happened_at, set(CIRCUMSTANCES) - set(command.not_so))
        return None

    def _FileReport(self, command: Any) -> str | None:  # noqa: N802
        case, report = self._case(command), command.report
        if self._is_stranger(command.actor):
            return "parties.guarantor"
        if case is None:
            return FREE
        maker = {each.id: each.by for other in self.cases.values() for each in other.reports}
        question = self.judgments.questions.get(report.about)
        is_said = question is not None and report.says in (*question.values, "undetermined")
        by = report.by or command.actor
        here = {each.id for each in case.reports}
        is_own = not report.corrects or (report.corrects in here and maker[report.corrects] == by)
        is_new = report.id not in maker and report.seen_at <= command.at
        if not (is_said and is_own and is_new and report.grade in self.judgments.grades):
            return FREE
        case.reports += (replace(report, by=by),)
        return None

    def _StateFact(self, command: Any) -> str | None:  # noqa: N802
        t = self.text
        if self._is_stranger(command.actor):
            return "parties.guarantor"
        may = {
            "requested": set(t.parties.protected_state),
            "adversary_agrees": set(t.parties.adversary),
            "parliament_approves": set(t.responders),
            "funds_appropriated": set(t.responders),
            "consulted": set(),
            "provoked": set(),
        }
        others = m.finders(t, frozenset(self.gone)) | m.watchers(t) | {c.SECRETARIAT}
        case = self._case(command)
        if case is None or command.actor not in may.get(command.fact, others):
            return FREE
        (case.facts.add if command.holds else case.facts.discard)(command.fact)
        return None

    def _CloseIncident(self, command: Any) -> str | None:  # noqa: N802
        may = {*self.text.parties.protected_state, self.text.decision.framework_nation, c.SECRETARIAT}
        case = self._case(command)
        if case is None or command.actor not in may:
            return FREE
        case.is_closed, case.troops = True, {}
        return None

    def _GiveNotice(self, command: Any) -> str | None:  # noqa: N802
        hours = getattr(self.text.term.exit_notice, "hours", None)
        is_party = command.actor in self.text.parties.everyone - self.gone
        if not is_party or command.actor in self.leaving or hours is None:
            return "term.exit_notice"
        self.leaving[command.actor] = self.now + timedelta(hours=hours)
        return None

    def _Wait(self, _: Any) -> None:  # noqa: N802
        return None

    def _EndSitting(self, command: Any) -> str | None:  # noqa: N802
        if command.actor != c.SECRETARIAT:
            return FREE
        self.is_ended = True
        return None

    def _Invoke(self, command: Any) -> str | None:  # noqa: N802
        if self._is_stranger(command.actor):
            return "parties.guarantor"
        case = self._case(command)
        if case is None:
            return FREE
        if command.actor not in m.parties(self.text.trigger.invoked_by, self.text):
            return "trigger.invoked_by"
        case.invoked.add(command.actor)
        return None

    def _Meet(self, command: Any) -> str | None:  # noqa: N802
        case = self._case(command)
        if case is None:
            return FREE
        if command.actor not in {*self.text.parties.guarantor, c.SECRETARIAT} - self.gone:
            return "trigger.consult_within"
        if case.is_met:
            return FREE
        case.is_met = True
        case.facts.add("consulted")
        return None

    def _ProposeFinding(self, command: Any) -> str | None:  # noqa: N802
        t, case = self.text, self._case(command)
        if case is None:
            return FREE
        if self._is_stranger(command.actor):
            return "parties.guarantor"
        seats, invokers = m.finders(t, frozenset(self.gone)), m.parties(t.trigger.invoked_by, t)
        is_named = t.trigger.determined_by not in ("undefined", "unknown")
        may = (seats | invokers) - self.gone if is_named and seats else t.parties.everyone - self.gone
        is_left_to_lead = t.trigger.if_undecided == "lead_decides" and "find" in case.passed and case.found is None
        if case.has_failed:
            return "trigger.if_undecided"
        if case.motion is not None:
            return FREE
        if is_left_to_lead and command.actor != t.decision.framework_nation:
            return "trigger.if_undecided"
        if not self.is_open(case) and command.actor not in invokers & seats:
            return "trigger.invoked_by"
        plain = Situation("invasion", "invade", "established", frozenset(case.facts), frozenset(), self._all_for())
        if command.actor not in may or m.vote_on_finding(t, plain) == NO:
            return "trigger.determined_by"
        case.motion = case.last = Motion(command.actor, (command.finding, command.attribution, command.threat))
        case.voices = {command.actor: YES} if command.actor in seats else {}
        case.is_counted = is_left_to_lead
        return None

    def _all_for(self) -> dict[str, str]:
        everybody = self.text.parties.everyone | m.finders(self.text, frozenset()) | m.watchers(self.text)
        return dict.fromkeys(everybody - self.gone, YES)

    def _VoteOnFinding(self, command: Any) -> str | None:  # noqa: N802
        t, case = self.text, self._case(command)
        if case is None:
            return FREE
        if command.actor not in m.finders(t, frozenset(self.gone)):
            return "trigger.determined_by"
        stands = str(t.trigger.determined_by).startswith("each_party") and case.found is not None
        if case.motion is None and not stands:
            return FREE
        if case.found is None and case.is_counted and command.actor != t.decision.framework_nation:
            return "trigger.if_undecided"
        voices = case.voices if case.motion is not None else case.signed
        voices[command.actor] = {"abstain": SILENT}.get(command.vote.value, command.vote.value)
        return None

    def _CloseVote(self, command: Any) -> str | None:  # noqa: N802
        case = self._case(command)
        motion = None if case is None else case.motion if command.on == "find" else case.tier_motion
        if case is None or motion is None or command.actor not in (motion.by, c.SECRETARIAT):
            return FREE
        is_first = (case.found if command.on == "find" else case.decided) is None
        if is_first and self.deadline(case, command.on) and command.on not in case.passed:
            return self._clause_of(command.on)
        if command.on == "find":
            case.is_counted = True
        else:
            case.is_tier_counted = True
        return None

    def _ProposeTier(self, command: Any) -> str | None:  # noqa: N802
        t, case = self.text, self._case(command)
        if case is None:
            return FREE
        if not m.needs_decision(t, "joint"):
            return "decision.rule"
        lead = t.decision.framework_nation
        if command.actor not in ({lead} if lead else set(t.parties.guarantor)) - self.gone:
            return "decision.framework_nation"
        if case.tier_motion is not None:
            return FREE
        is_shut = m.finding_made(t, self._situation(case, is_moved=False)) == NO and m.alone(t) == NO
        if (case.found is None and not case.has_failed) or is_shut:
            return "trigger.determined_by"
        if case.decided is not None and case.decided[1] == NO:
            return "trigger.if_undecided"
        case.tier_motion = case.tier_last = Motion(command.actor, (command.tier.value,))
        case.tier_voices = {command.actor: YES} if command.actor in m.deciders(t) else {}
        is_lead = t.trigger.if_undecided == "lead_decides" and "decide" in case.passed and case.decided is None
        case.is_tier_counted = is_lead
        return None

    def _VoteOnTier(self, command: Any) -> str | None:  # noqa: N802
        t, case = self.text, self._case(command)
        if case is None:
            return FREE
        if command.actor not in m.deciders(t) - self.gone:
            return "decision.rule"
        if case.tier_motion is None:
            return FREE
        if case.decided is None and case.is_tier_counted and command.actor != t.decision.framework_nation:
            return "trigger.if_undecided"
        others = [each for each in self.cases.values() if each is not case and not each.is_closed]
        free = self._offered(command.actor) - sum(each.troops.get(command.actor, 0) for each in others)
        if command.troops and (command.vote.value != YES or not 0 <= command.troops <= free):
            return FREE
        case.tier_voices[command.actor] = {"abstain": SILENT}.get(command.vote.value, command.vote.value)
        if command.troops:
            case.troops[command.actor] = command.troops
        return None

    def _offered(self, party: str) -> float:
        found, clauses = 0.0, list[Any]([*self.text.commitments, *self.text.deployments])
        for clause in clauses:
            owing = m.owing_of(clause.by, self.text)
            if party in owing and getattr(clause.forces, "unit", "") == "troops":
                found += (clause.forces.low + clause.forces.high) / 2 / len(owing)
        return found

    def _TakeAct(self, command: Any) -> str | None:  # noqa: N802
        t, case = self.text, self._case(command)
        if self._is_stranger(command.actor):
            return "parties.guarantor"
        if case is None:
            return FREE
        if command.actor not in t.responders:
            return "parties.guarantor"
        asked = next((each for each in m.asked_for(t) if each.name == command.under), None)
        if command.under and (asked is None or command.actor not in asked.debtors):
            return FREE
        is_due = asked is not None and case.owed.get((asked.place, command.actor), ("",))[0] == "due"
        is_free = is_due or (asked is not None and asked.name == "snapback")
        refused = None if is_free else self.keeps_from(case, command.tier.value, list(command.measures))
        if refused:
            return refused
        if m.alone(t) != YES or asked is not None:
            for i, each in enumerate(t.decision.capability):
                least = getattr(each.forces, "low", 0)
                if each.tier == command.tier and sum(case.troops.values()) < least:
                    return f"decision.capability[{i}].forces"
        case.acts.append((command.actor, command.tier.value, command.under))
        return None

    def keeps_from(self, case: Case, tier: str, measures: list[str]) -> str | None:
        """Return the clause that keeps anybody from a tier now."""
        t, now = self.text, self._situation(case, is_moved=False)
        kept = m.kept_out(t, now, tier, measures)
        if kept:
            return f"exclusions[{kept[0]}]"
        waiting = set() if case.decided else m.deciders(t) - case.tier_voices.keys()
        narrow = self._with(now, on_response={**dict.fromkeys(waiting, NO), **now.on_response})
        is_caged = m.alone(t) == NO
        if is_caged and m.tier_decided(t, narrow, tier, self.weights) == NO:
            return "decision.outside_action"
        if case.decided is not None and case.decided[1] != NO:
            most = case.decided[0]
            return "decision.outside_action" if most and TIERS.index(tier) > TIERS.index(most) and is_caged else None
        waits = t.trigger.if_undecided == "each_may_act" and t.decision.outside_action == "forbidden"
        return "decision.outside_action" if waits and not case.has_failed and case.decided is None else None
