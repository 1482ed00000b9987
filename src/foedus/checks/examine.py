"""Check an arrangement: what the checks find, replayed by the rules and placed in the file."""

from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath

from foedus.arrangement.load import load
from foedus.arrangement.parties import load_party_facts
from foedus.arrangement.record import Arrangement
from foedus.checks.carriers import carriers_of
from foedus.checks.case import Case
from foedus.checks.coverage import coverage_of
from foedus.checks.finding import Check, CheckFinding, ClausePosition, Examination, Hole
from foedus.checks.registry import CHECKS, NOT_MODELLED
from foedus.checks.replay import replay_of, weights_of
from foedus.checks.search.engines import EngineName
from foedus.checks.search.space import CannotTell
from foedus.checks.words import in_its_own_names, incident
from foedus.errors import Severity
from foedus.text.source import ParsedText, Path, read_source_file, write_path

_SEVERITIES = list(Severity)


def load_with_source(file: FilePath | Traversable) -> tuple[Arrangement, ParsedText]:
    """Read an arrangement and where its clauses stand; raise `InvalidFile` with all findings, or ``OSError``."""
    arrangement = load(file)
    return arrangement, read_source_file(file)


def check(
    arrangement: Arrangement, *, source: ParsedText | None = None, engine: EngineName = "auto"
) -> tuple[CheckFinding, ...]:
    """Return what the checks find, the worst first; nothing is returned that the rules do not confirm."""
    return examine(arrangement, source=source, engine=engine).findings


def examine(
    arrangement: Arrangement,
    *,
    source: ParsedText | None = None,
    engine: EngineName = "auto",
    only: Iterable[str] | None = None,
    with_carriers: bool = False,
) -> Examination:
    """Return everything that the checks have to say; ``only`` names the checks to run.

    What carries a check that found nothing is sought for all of them only ``with_carriers``, since it takes many runs.
    """
    case = Case(arrangement, engine_name=engine, weights=weights_of(arrangement, load_party_facts()))
    chosen = [CHECKS[name] for name in (only or CHECKS)]
    findings: list[CheckFinding] = []
    unreplayed: list[str] = []
    without_subject: list[str] = []
    passed: dict[str, tuple[ClausePosition, ...]] = {}
    for each in chosen:
        holes = _holes(each, case)
        confirmed = [hole for hole in holes if _is_confirmed(each, case, hole)]
        unreplayed += [each.id] * (len(holes) - len(confirmed))
        findings += [_placed(each, case, hole, source) for hole in confirmed]
        if not holes and each.subject(case):
            found = carriers_of(each, case) if with_carriers or each.id == "G01" else ()
            passed[each.id] = _place(found, source)
        elif not holes:
            without_subject.append(each.id)
    return Examination(
        arrangement=arrangement.id,
        findings=tuple(sorted(findings, key=_rank)),
        passed=passed,
        without_subject=tuple(without_subject),
        unreplayed=tuple(unreplayed),
        searched=case.searched(),
        not_modelled=NOT_MODELLED,
        coverage=coverage_of(arrangement, weights=case.weights),
    )


def _holes(each: Check, case: Case) -> list[Hole]:
    try:
        return list(each.find(case))
    except CannotTell as reason:
        return [Hole(f"This check could not tell: {reason}.", (("commitments",),), cannot_tell=True)]


def _is_confirmed(each: Check, case: Case, hole: Hole) -> bool:
    if hole.world is None or each.claim is None:
        return True
    return each.claim(case, hole)


def _placed(each: Check, case: Case, hole: Hole, source: ParsedText | None) -> CheckFinding:
    severity, names = hole.severity or each.severity, case.arrangement.party_names
    return CheckFinding(
        id=each.id,
        title=each.title,
        severity=Severity.INFORMATION if hole.cannot_tell else severity,
        message=in_its_own_names(hole.message, names),
        clauses=_place(hole.paths or ((),), source),
        world=hole.world,
        incident=in_its_own_names(incident(hole.world), names) if hole.world else "",
        why=replay_of(case, hole),
        mend=hole.mend or each.mend,
        kind=hole.kind or each.kind,
        cannot_tell=hole.cannot_tell,
    )


def _place(paths: Iterable[Path], source: ParsedText | None) -> tuple[ClausePosition, ...]:
    return tuple(_position(path, source) for path in dict.fromkeys(paths))


def _position(path: Path, source: ParsedText | None) -> ClausePosition:
    line, column = source.mark_of(path) if source else (0, 0)
    return ClausePosition(path=write_path(path), file=source.file if source else "", line=line, column=column)


def _rank(finding: CheckFinding) -> tuple[int, bool, int, int, str]:
    place_in_order = list(CHECKS).index(finding.id)
    line = finding.position.line
    return _SEVERITIES.index(finding.severity), finding.cannot_tell, place_in_order, line, finding.message
