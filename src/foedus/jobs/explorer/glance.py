"""What an arrangement promises, at a glance."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from foedus.arrangement.library import library_files
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness, Result, TierWord
from foedus.checks.examine import examine
from foedus.errors import Severity
from foedus.jobs.asking.texts import Given, Text, load_text
from foedus.report.arrangement.show import names_of_parties
from foedus.report.comparison.clause_matrix import clause_tables
from foedus.report.words.labels import arrangement_label
from foedus.values.names import listed, party_name

TIERS = (TierWord.SUPPORT, TierWord.DEPLOY, TierWord.DEFEND)
STRENGTHS = (
    Bindingness.UNKNOWN,
    Bindingness.MAY,
    Bindingness.INTENDS,
    Bindingness.WILL_CONSULT,
    Bindingness.SHALL_DISCRETIONARY,
    Bindingness.SHALL_SPECIFIED,
)
"""From weakest to strongest."""


@dataclass(frozen=True)
class Glance:
    """One arrangement in a few words."""

    name: str
    """How it is loaded: ``ukraine/nato_membership``."""
    id: str
    label: str
    title: str
    heading: str
    """Its short name, or its full one where it has none."""
    folder: str
    year: str
    """Empty where there is no date, as for what was only constructed."""
    form: str
    status: str
    outcome: str
    """What history has said; empty where nothing is recorded."""
    outcome_kind: str
    """``held``, ``failed``, ``open``: what that comes to."""
    protected: str
    adversary: str
    guarantors: int
    summary: str
    promises: Mapping[str, int]
    """[tier] how firmly the most binding promise of it or of a higher tier is made: 0 nobody promises it, 1 a right
    or not known, 2 an intention, 3 a duty to consult, 4 a duty to act as deemed necessary, 5 a duty to do a named
    thing."""
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """[aspect] lines on legal form, promises, forces, who decides, veto, clocks and the rest."""


@dataclass(frozen=True)
class CheckedGlance:
    """What the checks make of an arrangement, in numbers."""

    name: str
    covered: float
    """Share of the same hostile incidents in which somebody must help."""
    by_act: Mapping[str, float]
    """[act] the same for each form of hostile act."""
    faults: int
    """Faults of level error."""
    gaps: int
    """What is left open, at level error."""
    warnings: int


_HELD = frozenset({"honoured", "held_untested", "held_tested"})
_FAILED = frozenset(
    {
        "violated_no_response",
        "violated_response_inadequate",
        "violated_response_eventual",
        "abused_by_guarantor",
        "lapsed_before_test",
    }
)


def library_at_a_glance() -> tuple[Glance, ...]:
    """Tell what every arrangement of the library promises, theatre by theatre, the earliest first."""
    glances = [glance_at(name) for name in library_files()]
    return tuple(sorted(glances, key=lambda each: (each.folder != "ukraine", each.folder, each.year or "9")))


def glance_at(given: Given) -> Glance:
    """Tell what one arrangement promises."""
    text = load_text(given)
    arrangement = text.arrangement
    names = names_of_parties([arrangement])
    result = arrangement.outcome.result.value if arrangement.outcome else ""
    return Glance(
        name=text.name,
        id=arrangement.id,
        label=text.label,
        title=arrangement.name,
        heading=arrangement.short_name or arrangement.name,
        folder=text.name.split("/")[0] if "/" in text.name else "",
        year=_year(arrangement),
        form=_plain(arrangement.legal_form.value),
        status=_plain(arrangement.status.value),
        outcome=_outcome(arrangement),
        outcome_kind="held" if result in _HELD else "failed" if result in _FAILED else "open",
        protected=listed([names.get(each) or party_name(each) for each in arrangement.parties.protected_state]),
        adversary=listed([names.get(each) or party_name(each) for each in arrangement.parties.adversary]),
        guarantors=len(arrangement.responders),
        summary=arrangement.summary or "",
        promises=promises_of(arrangement),
        said=_said(arrangement, names),
    )


def check_at_a_glance(given: Given) -> CheckedGlance:
    """Check one arrangement, and count."""
    text: Text = load_text(given)
    examination = examine(text.arrangement)
    coverage = examination.coverage
    per_act = coverage.incidents / max(1, len(coverage.by_act)) if coverage else 1
    return CheckedGlance(
        name=text.name,
        covered=coverage.share if coverage else 0.0,
        by_act={act: count / per_act for act, count in coverage.by_act.items()} if coverage else {},
        faults=len(examination.faults),
        gaps=len(examination.gaps),
        warnings=sum(1 for each in examination.findings if each.severity is Severity.WARNING),
    )


def promises_of(arrangement: Arrangement) -> dict[str, int]:
    """Return how firmly each tier is promised; see `Glance.promises`."""
    found = dict.fromkeys((tier.value for tier in TIERS), 0)
    for clause in arrangement.commitments:
        strength = max(1, STRENGTHS.index(clause.bindingness))
        for tier in TIERS[: TIERS.index(clause.tier) + 1]:
            found[tier.value] = max(found[tier.value], strength)
    return found


def _said(arrangement: Arrangement, names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    label = arrangement_label(arrangement.id, arrangement)
    tables = clause_tables(
        {arrangement.id: arrangement}, order=[arrangement.id], labels={arrangement.id: label}, party_names=names
    )
    return {
        column.heading: tuple(line for line in cell.split("\n") if line)
        for table in tables
        for column, cell in zip(table.columns[1:], table.rows[0][1:], strict=True)
    }


def _year(arrangement: Arrangement) -> str:
    year = str(arrangement.date)[:4]
    return year if year.isdigit() else ""


def _outcome(arrangement: Arrangement) -> str:
    """Say what history has said, in words; nothing where that is what the status says already."""
    if arrangement.outcome is None:
        return ""
    result = arrangement.outcome.result
    return "" if result in (Result.PROPOSED_ONLY, Result.SUPERSEDED) else result.meaning


def _plain(word: str) -> str:
    return word.replace("_", " ")
