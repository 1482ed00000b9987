"""Read a file of judgments; the one that ships is `parameters/judgments.yaml`."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from foedus.arrangement.vocabulary import Finds, StandardOfProof
from foedus.exercise.scenario.codes import ScenarioCode
from foedus.exercise.scenario.reading import Entries, checked, parsed
from foedus.mechanism.procedure.evidence.judgments import OTHER, Hypothesis, Judgments, On, ReportQuestion, Standard
from foedus.text.source import read_file

_GRADES = ("A", "B", "C", "D", "E", "F")
_STANDARDS = tuple(word for word in StandardOfProof if word not in (StandardOfProof.NONE, StandardOfProof.UNKNOWN))
_ROUNDING = 1e-6


@cache
def default_judgments() -> Judgments:
    """Return the judgments that ship with the package, always the same object."""
    return load_judgments(files("foedus") / "parameters" / "judgments.yaml")


def load_judgments(file: Path | Traversable) -> Judgments:
    """Read judgments from a file; raise `InvalidFile` with all findings, or ``OSError``."""
    return checked(Entries.of(parsed(read_file(file), file=str(file))), _judgments)


def _judgments(top: Entries) -> Judgments:
    top.number("judgments", low=1, high=1)
    hypotheses = tuple(_hypothesis(name, each) for name, each in top.keyed("hypotheses").items())
    if OTHER not in {each.id for each in hypotheses}:
        mend = f"add `{OTHER}`, with words and `finding: none`"
        top.tell("hypotheses", ScenarioCode.MISSING_KEY, f"the hypothesis {OTHER!r} is missing", mend)
    grades, standards = top.inner("grades"), top.inner("standards")
    questions, priors = top.keyed("questions"), top.keyed("priors")
    judgments = Judgments(
        hypotheses=hypotheses,
        questions={name: _question(name, each) for name, each in questions.items()},
        tables={name: _table(each, count=len(hypotheses)) for name, each in questions.items()},
        grades={grade: _range(grades, grade) for grade in _GRADES},
        priors={name: _shares(each, "chances", count=len(hypotheses)) for name, each in priors.items()},
        prior_words={name: each.text("words") for name, each in priors.items()},
        standards={word: _standard(standards.inner(word)) for word in _STANDARDS},
        concentration=top.number("concentration", low=1),
        draws=int(top.number("draws", low=10, high=100_000)),
        source=top.text("source"),
    )
    for each in (grades, standards, *questions.values(), *priors.values()):
        each.done()
    return judgments


def _hypothesis(name: str, entries: Entries) -> Hypothesis:
    word = entries.word("finding", ("none", *Finds))
    made = Hypothesis(
        id=name,
        words=entries.text("words"),
        finding=None if word == "none" else Finds(word),
        by_adversary=entries.flag("by_adversary", default=False),
    )
    entries.done()
    return made


def _question(name: str, entries: Entries) -> ReportQuestion:
    return ReportQuestion(name, entries.text("words"), entries.texts("values"))


def _table(entries: Entries, *, count: int) -> tuple[tuple[float, ...], ...]:
    rows, width = entries.rows("table"), len(entries.texts("values"))
    is_whole = len(rows) == count and all(len(row) == width and abs(sum(row) - 1) < _ROUNDING for row in rows)
    if not is_whole or any(each <= 0 for row in rows for each in row):
        mend = f"write {count} rows of {width} chances above 0, each row summing to 1"
        entries.tell("table", ScenarioCode.WRONG_VALUE, "the table does not fit hypotheses and values", mend)
    return rows


def _shares(entries: Entries, key: str, *, count: int) -> tuple[float, ...]:
    shares = entries.numbers(key, count=count)
    if abs(sum(shares) - 1) > _ROUNDING or min(shares) <= 0:
        mend = "write chances above 0 that sum to 1: what is ruled out before any report can never be found"
        entries.tell(key, ScenarioCode.WRONG_VALUE, f"the chances sum to {sum(shares):g}", mend)
    return shares


def _range(entries: Entries, key: str) -> tuple[float, float]:
    low, high = entries.numbers(key, count=2)
    if low > high:
        entries.tell(key, ScenarioCode.WRONG_VALUE, "the range runs backwards", "write the smaller number first")
    return low, high


def _standard(entries: Entries) -> Standard:
    origins = entries.number("min_origins", low=1, high=100)
    if origins % 1:
        entries.tell("min_origins", ScenarioCode.WRONG_VALUE, f"{origins:g} origins are none", "write a whole number")
    made = Standard(on=On(entries.word("on", tuple(On))), at=entries.number("at", high=1), min_origins=int(origins))
    entries.done()
    return made
