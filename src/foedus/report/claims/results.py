"""Answers to claims as JSON, with how they were obtained."""

import json
from typing import Any

from foedus.insight.claims.answer import ClaimAnswer, ClaimAnswers
from foedus.insight.claims.record import Claim, ClaimSide
from foedus.report.claims.words import side_words
from foedus.report.page.provenance import Provenance
from foedus.report.page.record_json import as_plain
from foedus.report.parameters.assumptions import Basis, basis_as_data

FORMAT = "foedus claims"
FORMAT_VERSION = 2
JSON = "claims.json"


def claims_json(answers: ClaimAnswers, *, provenance: Provenance, basis: Basis) -> bytes:
    """Return answers as JSON; ``assumptions`` are told where they depart from the default."""
    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "provenance": provenance.to_mapping(),
        **({"assumptions": basis_as_data(basis)} if provenance.basis else {}),
        "games": answers.games,
        "claims": [_answer(answer) for answer in answers.answers],
    }
    return (json.dumps(content, indent=1, allow_nan=False, ensure_ascii=False) + "\n").encode()


def _answer(answer: ClaimAnswer) -> dict[str, Any]:
    plain = {name: as_plain(getattr(answer, name)) for name in _MEASURED}
    parts = [{**as_plain(part), "inequality": part.inequality.text} for part in answer.parts]
    return {**_claim(answer.claim), **plain, "parts": parts}


_MEASURED = (
    "ruling",
    "drawn",
    "spoken_of",
    "used",
    "holds",
    "level",
    "fails",
    "told_apart",
    "figures",
    "failing",
    "holding",
)


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "in_short": claim.in_short,
        "statement": claim.statement,
        "origin": claim.origin.value,
        "argued_by": as_plain(claim.argued_by),
        "comparison": claim.comparison,
        "sides": {side.name: _side(side) for side in claim.sides},
        "inequality": claim.holds_text,
        "where": claim.where_text,
        "for": as_plain(claim.pro),
        "against": as_plain(claim.contra),
        "reading": claim.reading,
        "limits": list(claim.limits),
    }


def _side(side: ClaimSide) -> dict[str, Any]:
    return {
        "base": side.base,
        "label": side.label,
        "changes": as_plain(side.changes),
        "world": as_plain(side.world),
        "words": side_words(side),
    }
