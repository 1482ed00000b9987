"""Texts with clocks, terms and thresholds drawn at random, and what people might want to do under them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from foedus.arrangement.conditions import FACTS
from foedus.arrangement.dump import to_plain
from foedus.arrangement.load import adapter
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Finds, Measure, TierWord
from foedus.mechanism.procedure import commands as c
from foedus.mechanism.procedure.evidence.report import Report
from tests.checks.generated import drawn
from tests.mechanism.second_reading import meaning as m
from tests.mechanism.second_reading.following import Case
from tests.mechanism.second_reading.meaning import Situation
from tests.mechanism.second_reading.steps import Sitting

START = datetime(2027, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPANS = ("none", "unknown", "6 h", "12 h", "72 h")
PAUSES = (*(0,) * 30, 1, 1, 5, 6, 6, 7, 12, 60, 72, 73)
"""Hours between two steps: mostly none, and often just as long as a deadline, or an hour more or less."""


def drawn_text(draw: random.Random) -> Arrangement:
    """Return a made-up text that says much about time."""
    data = to_plain(drawn(draw))
    trigger, decision = data["trigger"], data["decision"]
    trigger.update({f"{key}_within": draw.choice(SPANS) for key in ("consult", "determine", "decide")})
    trigger["invoked_by"] = draw.choice((["ukraine"], ["unknown"], ["france", "ukraine"], ["nobody"]))
    if draw.random() < 0.2:
        trigger["members"] = draw.sample(("russia", "france", "poland", "ukraine"), 2)
    if draw.random() < 0.5:
        decision["capability"] = [{"tier": draw.choice(("support", "deploy", "defend")), "forces": "12000 troops"}]
    data["term"] = {
        "length": draw.choice(("none", "none", "none", "30 d")),
        "exit_notice": draw.choice(("none", "unknown", "12 h", "30 d")),
        **({"void_if": data["term"]["void_if"]} if data["term"].get("void_if") else {}),
    }
    for clause in data.get("commitments", []):
        clause["within"] = draw.choice(SPANS)
        clause["forces"] = draw.choice(("none", "9000 troops"))
        for key in ("when", "unless"):
            if draw.random() < 0.5:
                clause.pop(key, None)
    if data.get("sanctions", {}).get("snapback_on"):
        data["sanctions"]["snapback_within"] = draw.choice(SPANS)
        data["sanctions"]["snapback_bindingness"] = draw.choice(("intends", "shall_specified"))
    return adapter().validate_python(data)


def steps(text: Arrangement, draw: random.Random, sitting: Sitting, *, count: int) -> Iterator[Any]:
    """Yield what people want: mostly what comes next under the text, now and then what it has no room for."""
    at = START
    everybody = sorted(
        text.parties.everyone | m.finders(text, frozenset()) | m.deciders(text) | {c.SECRETARIAT, "atlantis"}
    )
    yield c.OpenIncident(at, "secretariat", "one", at - draw.choice((0, 3)) * HOUR, "an attack")
    for number in range(count):
        at += draw.choice(PAUSES) * HOUR + timedelta(minutes=draw.choice((0, 0, 0, 0, 0, 1)))
        name = draw.choice(sorted(sitting.cases)) if sitting.cases else "one"
        walker = _Walker(text, draw, at, draw.choice(everybody), name, number)
        is_next = name in sitting.cases and draw.random() < 0.7
        yield walker.next(sitting.cases[name]) if is_next else walker.anything()


@dataclass(frozen=True)
class _Walker:
    """Who wants something at a moment."""

    text: Arrangement
    draw: random.Random
    at: datetime
    anybody: str
    case: str
    number: int

    def next(self, case: Case) -> Any:
        """Return a step that the incident is ready for."""
        text, draw = self.text, self.draw
        if case.motion:
            waiting = sorted(m.finders(text, frozenset()) - case.voices.keys())
            return self.sign(draw.choice(waiting)) if waiting else self.close_vote(case.motion.by, "find")
        if case.tier_motion and draw.random() < 0.9:
            waiting = sorted(m.deciders(text) - case.tier_voices.keys())
            return self.join(draw.choice(waiting)) if waiting else self.close_vote(case.tier_motion.by, "decide")
        if case.found is None and not case.has_failed:
            return draw.choice((self.invoke, self.meet, self.find, self.find, self.find))()
        if m.needs_decision(text, "joint") and case.decided is None and draw.random() < 0.7:
            return self.move()
        return draw.choice((self.act, self.act, self.act, self.fact, self.fact, self.find, self.move, self.sign))()

    def anything(self) -> Any:
        """Return any step."""
        ways = (
            (self.invoke, 4),
            (self.meet, 3),
            (self.find, 3),
            (self.sign, 4),
            (self.move, 3),
            (self.join, 4),
            (self.close_vote, 6),
            (self.fact, 5),
            (self.act, 5),
            (self.report, 4),
            (self.open, 1),
            (self.close, 0.5),
            (self.leave, 1.5),
            (self.end, 0.3),
            (self.wait, 1),
        )
        return self.draw.choices([way for way, _ in ways], weights=[weight for _, weight in ways])[0]()

    def invoke(self) -> Any:
        named = sorted(m.parties(self.text.trigger.invoked_by, self.text))
        return c.Invoke(self.at, self.draw.choice([*named, *named, self.anybody]), self.case)

    def meet(self) -> Any:
        return c.Meet(self.at, self.draw.choice([*self.text.parties.guarantor, self.anybody]), self.case)

    def find(self) -> Any:
        finding = self.draw.choice((None, *(Finds.INVASION,) * 4, *Finds))
        sure = self.draw.choice((*("established",) * 4, "likely", "suspected", "none"))
        threat = self.draw.choice((None, None, None, "seize", "invade"))
        return c.ProposeFinding(self.at, self._finder(), self.case, finding, sure, threat)  # type: ignore[arg-type]

    def sign(self, by: str = "") -> Any:
        return c.VoteOnFinding(self.at, by or self._finder(), self.case, self._vote())

    def move(self) -> Any:
        lead = self.text.decision.framework_nation or self.draw.choice([*self.text.parties.guarantor, self.anybody])
        return c.ProposeTier(self.at, self.draw.choice((lead, lead, lead, self.anybody)), self.case, self._tier())

    def join(self, by: str = "") -> Any:
        by = by or self.draw.choice([*sorted(m.deciders(self.text)), self.anybody])
        return c.VoteOnTier(self.at, by, self.case, self._vote(), self.draw.choice((0, 0, 4000, 4000, 8000, -1)))

    def close_vote(self, by: str = "", on: str = "") -> Any:
        by = by or self.draw.choice((c.SECRETARIAT, self.anybody))
        return c.CloseVote(self.at, by, self.case, on or self.draw.choice(("find", "decide")))  # type: ignore[arg-type]

    def fact(self) -> Any:
        fact, text = self.draw.choice(sorted(FACTS)), self.text
        who = self.draw.choice(
            (*text.parties.protected_state, *text.parties.adversary, *text.responders, self._finder())
        )
        return c.StateFact(self.at, who, self.case, fact, holds=self.draw.random() < 0.6)

    def act(self) -> Any:
        names = [each.name for each in m.asked_for(self.text)]
        under = self.draw.choice([*names, *names, "", "nothing"])
        measures = self.draw.choice(((), (Measure.ARMS,), (Measure.ARMS, Measure.SANCTIONS)))
        who = self.draw.choice([*self.text.responders, *self.text.responders, self.anybody])
        return c.TakeAct(self.at, who, self.case, self._tier(), measures, under)

    def report(self) -> Any:
        draw = self.draw
        report = Report(
            draw.choice((f"r{self.number}", "r1")),
            "crossing",
            draw.choice(("units", "units", "undetermined", "geese")),
            draw.choice("ABAZ"),
            f"o{self.number}",
            self.at + draw.choice((0, 0, 1)) * HOUR,
            corrects=draw.choice(("", "", "r1")),
            by=draw.choice(("", "", "osce")),
        )
        return c.FileReport(self.at, self.anybody, self.case, report)

    def open(self) -> Any:
        not_so = self.draw.choice(((), ("in_scope",), ("flagrant", "sustained"), ("geese",)))
        happened = self.at + self.draw.choice((0, -1, 1)) * HOUR
        name = self.draw.choice(("one", "two", "three"))
        return c.OpenIncident(self.at, self.anybody, name, happened, "more", not_so)

    def close(self) -> Any:
        return c.CloseIncident(self.at, self.anybody, self.case)

    def leave(self) -> Any:
        return c.GiveNotice(self.at, self.anybody)

    def end(self) -> Any:
        return c.EndSitting(self.at, c.SECRETARIAT if self.number > 40 else "ukraine")

    def wait(self) -> Any:
        return c.Wait(self.at - self.draw.choice((0, 0, 0, 1)) * HOUR)

    def _finder(self) -> str:
        finders = sorted(m.finders(self.text, frozenset()))
        return self.draw.choice([*finders, *finders, self.anybody])

    def _vote(self) -> c.Vote:
        return self.draw.choice((*(c.Vote.YES,) * 8, c.Vote.NO, c.Vote.NO, c.Vote.ABSTAIN))

    def _tier(self) -> TierWord:
        return self.draw.choice((*(TierWord.DEFEND,) * 3, TierWord.DEPLOY, TierWord.SUPPORT))


def situation(text: Arrangement, draw: random.Random) -> Situation:
    """Draw what happened and what everybody says."""
    everybody = sorted(text.parties.everyone | m.finders(text, frozenset()) | m.deciders(text) | m.watchers(text))
    finding = draw.choice(("hybrid", "incursion", "invasion", "provoked"))
    gone = frozenset(each for each in everybody if draw.random() < 0.06)
    loud = draw.choice(((9, 1, 1), (4, 4, 1), (1, 0, 9), (9, 0, 2), (0, 0, 1), (6, 1, 0)))
    voices = []
    for _ in range(2):
        words = draw.choices(("yes", "no", "silent"), weights=loud, k=len(everybody))
        voices.append(
            {who: word for who, word in zip(everybody, words, strict=True) if word != "silent" and who not in gone}
        )
    facts = frozenset(name for name in FACTS if draw.random() < 0.75) | (
        {"provoked"} if finding == "provoked" else set()
    )
    acting = frozenset(each for each in everybody if draw.random() < 0.7)
    sure = draw.choice(m.SURENESS)
    return Situation(finding, m.ACT_BEHIND[finding], sure, facts, acting, voices[0], voices[1], gone)
