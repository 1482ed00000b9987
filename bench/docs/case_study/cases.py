"""What the cases of the library say: those cited for and against each claim, and what became of texts with a veto."""

from collections.abc import Sequence

import foedus
from foedus.arrangement.library import library_files, load_from_library
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Result
from foedus.insight.claims.answer import ClaimAnswer
from foedus.insight.claims.record import Reference
from foedus.report.words.labels import arrangement_label

KEPT = (Result.HONOURED, Result.HELD_TESTED, Result.HELD_UNTESTED, Result.VIOLATED_RESPONSE_EVENTUAL)
BROKEN = (Result.VIOLATED_NO_RESPONSE, Result.VIOLATED_RESPONSE_INADEQUATE, Result.ABUSED_BY_GUARANTOR)
VETO = "V01"


def cases_table(answers: Sequence[ClaimAnswer]) -> str:
    """Count what was written for and against each claim, and name the cases with what became of them."""
    rows = ["| claim | for, against | cases for it | cases against it | reading |", "|---|---|---|---|---|"]
    for answer in sorted(answers, key=lambda each: each.claim.id):
        claim = answer.claim
        sides = (claim.pro, claim.contra)
        counts = ", ".join(str(len(side)) for side in sides)
        rows.append(
            f"| {claim.in_short} | {counts} | {_cases(sides[0])} | {_cases(sides[1])} | {claim.reading.strip()} |"
        )
    return "\n".join(rows)


def vetoes_table() -> str:
    """Say what became of texts in which the adversary can stop finding or response alone, and of the others."""
    with_veto, without = [], []
    for name in library_files():
        arrangement = load_from_library(name)
        if _result(arrangement) in (*KEPT, *BROKEN):
            (examination,) = foedus.check(arrangement, only=VETO).examinations
            (with_veto if any(each.id == VETO for each in examination.findings) else without).append(arrangement)
    rows = [
        "| the adversary | texts | kept, held or restored | broken, without an answer that restored it |",
        "|---|---|---|---|",
    ]
    for words, texts in (("can stop the finding or the response alone", with_veto), ("cannot", without)):
        kept = [each for each in texts if _result(each) in KEPT]
        broken = [each for each in texts if _result(each) in BROKEN]
        rows.append(f"| {words} | {len(texts)} | {len(kept)}: {_named(kept)} | {len(broken)}: {_named(broken)} |")
    return "\n".join(rows)


def _result(arrangement: Arrangement) -> Result | None:
    return arrangement.outcome.result if arrangement.outcome else None


def _named(arrangements: Sequence[Arrangement]) -> str:
    return ", ".join(arrangement_label(each.id, each) for each in arrangements) or "none"


def _cases(references: Sequence[Reference]) -> str:
    told = []
    for reference in references:
        if reference.case:
            arrangement = load_from_library(reference.case)
            result = _result(arrangement)
            told.append(f"{arrangement_label(arrangement.id, arrangement)} ({str(result).replace('_', ' ')})")
    return "; ".join(told) or "–"
