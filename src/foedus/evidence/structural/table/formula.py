"""Formulas of strategic models: what was observed, then the regressors of each utility, parted by bars.

    esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2

Each part is a Wilkinson formula: ``log(x)``, ``x1:x2`` and ``- 1`` (no constant) work; ``0`` fixes a utility to 0. What
a part may say is in ``grammar``; formulaic sees only what was read and written anew there, so no formula runs code.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from formulaic import Formula
from formulaic.errors import FormulaicError

from foedus.errors import Finding, InvalidFile
from foedus.evidence.structural.table.grammar import Regressors, read_part
from foedus.evidence.structural.table.tokens import LONGEST_FORMULA, NotAllowed, TokenKind, tokens

WHERE = "formula"
_COLOUR = re.compile("\x1b\\[[0-9;]*m")
_MARKS = re.compile("[\u29db\u29da]")


@dataclass(frozen=True)
class UtilityTerms:
    """The regressors of one utility."""

    utility: str
    text: str
    column: int
    """Where the text begins in the formula, counted from 1."""
    formula: Formula | None
    """None where the utility is fixed to 0."""
    read: Regressors
    """What the part says."""


@dataclass(frozen=True)
class StrategicFormula:
    """A formula taken apart."""

    text: str
    observed: tuple[str, ...]
    """The columns that say what was observed."""
    parts: tuple[UtilityTerms, ...]
    """One for each utility."""


def parse(text: str, *, utilities: Sequence[str]) -> StrategicFormula:
    """Take a formula apart, for a model with these utilities.

    Raises InvalidFile with every finding where sides or parts are missing or cannot be read.
    """
    middle = _tilde(text, utilities=utilities)
    left, right = text[:middle], text[middle + 1 :]
    observed, wrong = _observed(left)
    pieces = _pieces(right, begins=len(left) + 1)
    if len(pieces) != len(utilities):
        told = f"there are {len(pieces)} parts after the ~ and {len(utilities)} utilities"
        mend = f"give one part for each of {' | '.join(utilities)}; 0 fixes a utility to 0"
        wrong.append(finding(len(left) + 2, "wrong-number-of-parts", told, mend=mend))
    parts = []
    for utility, (piece, column) in zip(utilities, pieces, strict=False):
        try:
            parts.append(_part(utility, piece, column))
        except NotAllowed as error:
            told = f"`{_shortened(piece)}` cannot be read: {error.message}"
            wrong.append(finding(column + error.place, error.code, told, mend=error.mend, path=utility))
        except (FormulaicError, SyntaxError) as error:
            told = f"`{_shortened(piece)}` cannot be read: {_plain(error)}"
            mend = "write a part as `x1 + x2`, or 0 for none"
            wrong.append(finding(column, "unreadable-part", told, mend=mend, path=utility))
    if wrong:
        raise InvalidFile(wrong)
    return StrategicFormula(text=text, observed=observed, parts=tuple(parts))


def finding(column: int, code: str, message: str, *, mend: str, path: str = "") -> Finding:
    """Return a finding about a formula."""
    why = "the model cannot be set up without it"
    return Finding(file=WHERE, line=1, column=column, path=path, code=code, message=message, why=why, mend=mend)


def _pieces(right: str, *, begins: int) -> list[tuple[str, int]]:
    """Split at the bars that stand outside brackets and quotes; each piece with its column, from 1."""
    pieces, depth, quote, start = [], 0, "", 0
    for place, sign in enumerate(f"{right}|"):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"`":
            quote = sign
        elif sign == "|" and (depth <= 0 or place == len(right)):
            raw = right[start:place]
            pieces.append((raw.strip(), begins + start + len(raw) - len(raw.lstrip()) + 1))
            start = place + 1
        else:
            depth += (sign in "([{") - (sign in ")]}")
    return pieces


def _part(utility: str, piece: str, column: int) -> UtilityTerms:
    if not piece:
        raise NotAllowed(
            "it is empty", place=0, mend="write a part as `x1 + x2`, or 0 for none", code="unreadable-part"
        )
    read = read_part(piece)
    formula = Formula(read.text)
    return UtilityTerms(utility, piece, column, formula if len(list(formula)) else None, read)


def _tilde(text: str, *, utilities: Sequence[str]) -> int:
    """Return where the one ~ outside backticks and quotes stands; raise InvalidFile where there is none, or another."""
    if len(text) > LONGEST_FORMULA:
        told = f"the formula has {len(text)} characters"
        raise InvalidFile([finding(1, "too-large", told, mend=f"write at most {LONGEST_FORMULA}")])
    places = [word.place for word in tokens(text) if word.text == "~" and word.kind is TokenKind.SIGN]
    example = f"write `outcome ~ {' | '.join(utilities)}`"
    if not places:
        told = "there is no ~ between what was observed and the utilities"
        raise InvalidFile([finding(1, "no-tilde", told, mend=example)])
    if len(places) > 1:
        told = f"there are {len(places)} signs ~, and only one between what was observed and the utilities"
        raise InvalidFile([finding(places[1] + 1, "second-tilde", told, mend=example)])
    return places[0]


def _observed(left: str) -> tuple[tuple[str, ...], list[Finding]]:
    """Return (the columns that say what was observed, what is wrong with how they are named)."""
    mend, names, wrong = "name one column, or several with + between them", [], []
    words = tokens(left)
    for number, word in enumerate(words):
        is_name = word.kind in (TokenKind.NAME, TokenKind.QUOTED) and bool(word.text.strip())
        if number % 2 == 0 and is_name:
            names.append(word.text)
        elif not (number % 2 == 1 and (word.text == "+" or word.kind is TokenKind.END)):
            told = f"what was observed is not named before the ~: {word.shown} cannot stand there"
            return (), [finding(word.place + 1, "no-outcome", told, mend=mend)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        wrong.append(finding(1, "outcome-twice", f"{', '.join(twice)} is named twice before the ~", mend=mend))
    return tuple(names), wrong


def _shortened(piece: str) -> str:
    return piece if len(piece) <= 80 else f"{piece[:77]}…"


def _plain(error: Exception) -> str:
    text = _MARKS.sub("", _COLOUR.sub("", str(error)))
    return " ".join(text.split()) or type(error).__name__
