"""How strongly each member is bound to each tier on each determination: the array ``oblige``.

The strength of the words, times the share of the worlds in which the rules say that the clause asks for the tier.
"""

from dataclasses import dataclass

import numpy as np

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds, LegalForm, Publicity
from foedus.facts.presence import tripwire_share
from foedus.mechanism.numbers.chances import chances_of
from foedus.mechanism.numbers.members import Members
from foedus.mechanism.numbers.questions import leaves
from foedus.mechanism.numbers.reading import Calls, Reading
from foedus.mechanism.numbers.troops import troops_in_place
from foedus.mechanism.rules.duties import names_an_act
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.trace import Trace, Yardsticks
from foedus.values.arrays import FloatArray
from foedus.values.words import Determination, Tier


@dataclass(frozen=True)
class _Case:
    """Everything that bears on the weight of a clause."""

    arrangement: Arrangement
    reading: Reading
    members: Members
    opacity: float
    yardsticks: Yardsticks
    trace: Trace

    def rows(self, named: tuple[str, ...]) -> list[int]:
        """Return the members that a list of parties names."""
        return [self.members.ids.index(party) for party in debtors(named, self.arrangement)]

    def instrument(self, own_form: LegalForm | None = None) -> float:
        """Return the weight of the instrument: legal form x publicity, less what its vagueness takes away.

        A clause that stands in a form of its own has the weight of that form.
        """
        y = self.yardsticks
        form = y[f"legal_form.{self.form(own_form)}"] * y[f"publicity.{self.publicity()}"]
        return form * (1 - y["vagueness.discount"] * self.opacity)

    def form(self, own_form: LegalForm | None = None) -> LegalForm:
        """Return the form of a clause: its own, or that of the whole text."""
        return own_form or self.arrangement.legal_form

    def publicity(self) -> Publicity:
        """Return the publicity of the text; a draft or proposal is judged as if adopted, and so as public."""
        as_if_adopted = self.arrangement.legal_form in (LegalForm.DRAFT_TREATY, LegalForm.PROPOSAL)
        return Publicity.PUBLIC if as_if_adopted else self.arrangement.publicity

    def shares(self, calls: Calls, finding: Finds) -> FloatArray:
        """Return (i, r): the share of the worlds in which a clause asks a member for at least a tier."""
        found = np.zeros((len(self.members.ids), 4))
        chances = chances_of(self.arrangement, finding=finding, yardsticks=self.yardsticks)
        for call, chance in leaves(calls, chances):
            if call is not None:
                found[[self.members.ids.index(party) for party in call.debtors], 1 : Tier[call.tier.name] + 1] += chance
        return np.minimum(1.0, found)


def weigh_obligations(
    arrangement: Arrangement,
    reading: Reading,
    members: Members,
    *,
    opacity: float,
    yardsticks: Yardsticks,
    trace: Trace,
) -> FloatArray:
    """Return oblige (i, n, r) in [0, 1]: words x form x publicity x content x share of worlds that ask for the tier.

    Of several commitments the largest counts. Troops in place add the tripwire on incursion and invasion.
    """
    case = _Case(arrangement, reading, members, opacity, yardsticks, trace)
    oblige = np.zeros((len(members.ids), 5, 4))
    for index, clause in enumerate(arrangement.commitments):
        _add_commitment(oblige, index, clause, case)
    _add_snapback(oblige, case)
    _add_tripwire(oblige, case)
    return oblige


def _add_commitment(oblige: FloatArray, index: int, clause: Commitment, case: _Case) -> None:
    owing, path = case.rows(clause.by), f"commitments[{index}]"
    who = _names(owing, case) if owing else ", ".join(clause.by)
    if not owing or not names_an_act(clause):
        because = "it names no act of response" if owing else "owed by nobody who can answer a breach"
        case.trace.note("oblige", entry=who, value="no response owed", clause=path, because=because)
        return
    words = case.yardsticks[f"bindingness.{clause.bindingness}"] * case.yardsticks[f"content.{clause.content}"]
    for word in clause.answers:
        shares = case.shares(case.reading.called[index][word], word)
        weight = words * case.instrument(clause.legal_form)
        _raise_to(oblige, word, weight * shares)
        _note_tiers(clause, word, shares, weight, who=who, path=path, case=case)


def _raise_to(oblige: FloatArray, finding: Finds, held: FloatArray) -> None:
    place = Determination[finding.name]
    oblige[:, place] = np.maximum(oblige[:, place], held)


def _note_tiers(
    clause: Commitment, word: Finds, shares: FloatArray, strength: float, *, who: str, path: str, case: _Case
) -> None:
    """Note a clause once for each run of tiers that it asks for in the same share of worlds."""
    likely = shares[:, 1 : Tier[clause.tier.name] + 1].max(axis=0)
    for r, share in enumerate(likely, start=1):
        if r == len(likely) or share - likely[r] > 1e-12:
            entry, because = f"{who}: {word}, up to {Tier(r).name.lower()}", _reasons(clause, float(share), case)
            case.trace.note("oblige", entry=entry, value=strength * float(share), clause=path, because=because)


def _reasons(clause: Commitment, asked: float, case: _Case) -> str:
    """Write the product out, factor by factor."""
    y, form = case.yardsticks, case.form(clause.legal_form)
    factors = {
        clause.bindingness: y[f"bindingness.{clause.bindingness}"],
        clause.content: y[f"content.{clause.content}"],
        form: y[f"legal_form.{form}"],
        f"{case.publicity()} text": y[f"publicity.{case.publicity()}"],
        "less vagueness": 1 - y["vagueness.discount"] * case.opacity,
        "falls due": asked,
    }
    return " x ".join(f"{name} {value:.2f}" for name, value in factors.items())


def _names(owing: list[int], case: _Case) -> str:
    everyone = case.rows(("all_guarantors",))
    return "every guarantor" if owing == everyone else ", ".join(case.members.ids[i] for i in owing)


def _add_snapback(oblige: FloatArray, case: _Case) -> None:
    sanctions, owing = case.arrangement.sanctions, case.rows(("all_guarantors",))
    if not sanctions.snapback_on or not owing:
        return
    words = case.yardsticks[f"bindingness.{sanctions.snapback_bindingness}"]
    for word in sanctions.snapback_on:
        shares = case.shares(case.reading.snapback[word], word)
        _raise_to(oblige, word, words * case.instrument() * shares)
        case.trace.note(
            "oblige",
            entry=f"every guarantor: {word}, up to support",
            value=words * case.instrument() * float(shares.max()),
            clause="sanctions.snapback_on",
            because=f"snapback of sanctions, {sanctions.snapback_bindingness}; falls due {float(shares.max()):.2f}",
        )


def _add_tripwire(oblige: FloatArray, case: _Case) -> None:
    for i, (party, troops) in enumerate(troops_in_place(case.arrangement, case.yardsticks).items()):
        if troops <= 0:
            continue
        added = case.yardsticks["tripwire"] * tripwire_share(troops, yardsticks=case.yardsticks)
        for finding in (Determination.INCURSION, Determination.INVASION):
            oblige[i, finding, 1:] = np.minimum(1.0, oblige[i, finding, 1:] + added)
        entry, because = f"{party}: incursion and invasion, every tier", f"tripwire: {troops:g} troops in place"
        case.trace.note("oblige", entry=entry, value=f"+{added:.3g}", clause="deployments", because=because)
