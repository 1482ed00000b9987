"""How strongly each member is bound to each tier on each determination: the array ``oblige``."""

from dataclasses import dataclass

import numpy as np

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.conditions import And, Condition, Not
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import LegalForm, Measure, Publicity
from foedus.mechanism.chance import chance_of
from foedus.mechanism.members import Members, debtors, troops_in_place
from foedus.mechanism.powers import Powers
from foedus.mechanism.trace import Trace, Yardsticks
from foedus.values.arrays import FloatArray
from foedus.values.words import Determination, Tier

_ABSTENTIONS = frozenset({Measure.NON_AGGRESSION, Measure.NO_NUCLEAR_USE})


@dataclass(frozen=True)
class _Case:
    """Everything that bears on the weight of a clause."""

    arrangement: Arrangement
    members: Members
    powers: Powers
    opacity: float
    yardsticks: Yardsticks
    trace: Trace

    def rows(self, named: tuple[str, ...]) -> list[int]:
        """Return the members that a list of parties names."""
        return [self.members.ids.index(party) for party in debtors(named, self.arrangement)]

    def instrument(self) -> float:
        """Return the weight of the instrument: legal form x publicity, less what its vagueness takes away."""
        y, a = self.yardsticks, self.arrangement
        form = y[f"legal_form.{a.legal_form}"] * y[f"publicity.{self.publicity()}"]
        return form * (1 - y["vagueness.discount"] * self.opacity)

    def publicity(self) -> Publicity:
        """Return the publicity of the text; a draft or proposal is judged as if adopted, and so as public."""
        as_if_adopted = self.arrangement.legal_form in (LegalForm.DRAFT_TREATY, LegalForm.PROPOSAL)
        return Publicity.PUBLIC if as_if_adopted else self.arrangement.publicity

    def is_vetoed(self, tier: Tier) -> bool:
        """Tell whether the adversary can stop the finding or the collective decision on a tier."""
        return self.powers.finding_blocked or tier in self.powers.response_vetoed

    def left_after_veto(self, tier: Tier) -> float:
        """Return the share of an obligation that a veto leaves."""
        return 1 - self.yardsticks["veto.used"] if self.is_vetoed(tier) else 1.0


def weigh_obligations(
    arrangement: Arrangement, members: Members, powers: Powers, *, opacity: float, yardsticks: Yardsticks, trace: Trace
) -> FloatArray:
    """Return oblige (i, n, r) in [0, 1]: words x form x publicity x content x chance that the clause is held to apply.

    Of joint and bilateral commitments the larger counts. Troops in place add the tripwire on incursion and invasion.
    """
    case = _Case(arrangement, members, powers, opacity, yardsticks, trace)
    oblige = np.zeros((len(members.ids), 5, 4))
    for index, clause in enumerate(arrangement.commitments):
        _add_commitment(oblige, clause, f"commitments[{index}]", case)
    _add_snapback(oblige, case)
    _add_tripwire(oblige, case)
    return oblige


def _add_commitment(oblige: FloatArray, clause: Commitment, path: str, case: _Case) -> None:
    owing = case.rows(clause.by)
    who = _names(owing, case) if owing else ", ".join(clause.by)
    if not owing or (clause.measures and set(clause.measures) <= _ABSTENTIONS):
        because = "a promise to abstain" if owing else "owed by nobody who can answer a breach"
        case.trace.note("oblige", entry=who, value="no response owed", clause=path, because=because)
        return
    words = case.yardsticks[f"bindingness.{clause.bindingness}"] * case.yardsticks[f"content.{clause.content}"]
    tier = Tier[clause.tier.name]
    for word in clause.answers:
        finding = Determination[word.name]
        applies = _chance_it_applies(clause, finding, case)
        held = words * case.instrument() * applies * case.left_after_veto(tier)
        _raise_to(oblige, owing, finding, tier, held)
        because = _reasons(clause, applies, case) + ("; the adversary can block it" if case.is_vetoed(tier) else "")
        entry = f"{who}: {word}, up to {clause.tier}"
        case.trace.note("oblige", entry=entry, value=held, clause=path, because=because)


def _raise_to(oblige: FloatArray, rows: list[int], finding: Determination, tier: Tier, held: float) -> None:
    oblige[rows, finding, 1 : tier + 1] = np.maximum(oblige[rows, finding, 1 : tier + 1], held)


def _reasons(clause: Commitment, applies: float, case: _Case) -> str:
    """Write the product out, factor by factor."""
    y, form = case.yardsticks, case.arrangement.legal_form
    factors = {
        clause.bindingness: y[f"bindingness.{clause.bindingness}"],
        clause.content: y[f"content.{clause.content}"],
        form: y[f"legal_form.{form}"],
        f"{case.publicity()} text": y[f"publicity.{case.publicity()}"],
        "less vagueness": 1 - y["vagueness.discount"] * case.opacity,
        "held to apply": applies,
    }
    return " x ".join(f"{name} {value:.2f}" for name, value in factors.items())


def _names(owing: list[int], case: _Case) -> str:
    everyone = case.rows(("all_guarantors",))
    return "every guarantor" if owing == everyone else ", ".join(case.members.ids[i] for i in owing)


def _chance_it_applies(clause: Commitment, finding: Determination, case: _Case) -> float:
    exceptions = (clause.unless, case.arrangement.term.void_if)
    parts = [clause.when, *(Not(each) for each in exceptions if each is not None)]
    return _chance_of_all(tuple(part for part in parts if part is not None), finding, case)


def _chance_of_all(parts: tuple[Condition, ...], finding: Determination, case: _Case) -> float:
    return chance_of(And(parts), finding=finding, yardsticks=case.yardsticks) if parts else 1.0


def _add_snapback(oblige: FloatArray, case: _Case) -> None:
    sanctions, owing = case.arrangement.sanctions, case.rows(("all_guarantors",))
    if not sanctions.snapback_on or not owing:
        return
    words = case.yardsticks[f"bindingness.{sanctions.snapback_bindingness}"]
    held = words * case.instrument() * case.left_after_veto(Tier.SUPPORT)
    void = case.arrangement.term.void_if
    for word in sanctions.snapback_on:
        finding = Determination[word.name]
        stands = _chance_of_all((Not(void),) if void else (), finding, case)
        _raise_to(oblige, owing, finding, Tier.SUPPORT, held * stands)
    entry = f"every guarantor: {', '.join(sanctions.snapback_on)}, up to support"
    because = f"snapback of sanctions, {sanctions.snapback_bindingness}"
    case.trace.note("oblige", entry=entry, value=held, clause="sanctions.snapback_on", because=because)


def _add_tripwire(oblige: FloatArray, case: _Case) -> None:
    for i, party in enumerate(case.members.ids):
        troops = troops_in_place(party, case.arrangement, case.yardsticks)
        if troops <= 0:
            continue
        added = case.yardsticks["tripwire"] * min(1.0, troops / case.yardsticks["tripwire.troops"])
        for finding in (Determination.INCURSION, Determination.INVASION):
            oblige[i, finding, 1:] = np.minimum(1.0, oblige[i, finding, 1:] + added)
        entry, because = f"{party}: incursion and invasion, every tier", f"tripwire: {troops:g} troops in place"
        case.trace.note("oblige", entry=entry, value=f"+{added:.3g}", clause="deployments", because=because)
