"""Formulas of strategic models: what was observed, then the regressors of each utility, parted by bars.

    esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2

Each part is a Wilkinson formula as formulaic reads it, so ``log(x)``, ``x1:x2`` and ``- 1`` (no constant) work;
``0`` fixes a utility to 0.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formulaic import Formula
from formulaic.errors import FormulaicError

from foedus.errors import Finding, InvalidFile

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

    @property
    def columns(self) -> frozenset[str]:
        """The names that the part uses and does not call."""
        factors = [] if self.formula is None else [factor for term in self.formula for factor in term.factors]
        return frozenset(name for factor in factors for name in _names(factor.expr))


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
    left, tilde, right = text.partition("~")
    if not tilde:
        raise InvalidFile(
            [
                finding(
                    1,
                    "no-tilde",
                    "there is no ~ between what was observed and the utilities",
                    mend=f"write `outcome ~ {' | '.join(utilities)}`",
                )
            ]
        )
    observed = tuple(name.strip().strip("`") for name in left.split("+"))
    pieces = _pieces(right, begins=len(left) + 1)
    wrong = (
        []
        if all(observed)
        else [
            finding(
                1,
                "no-outcome",
                "what was observed is not named before the ~",
                mend="name one column, or several with + between them",
            )
        ]
    )
    if len(pieces) != len(utilities):
        told = f"there are {len(pieces)} parts after the ~ and {len(utilities)} utilities"
        mend = f"give one part for each of {' | '.join(utilities)}; 0 fixes a utility to 0"
        wrong.append(finding(len(left) + 2, "wrong-number-of-parts", told, mend=mend))
    parts = []
    for utility, (piece, column) in zip(utilities, pieces, strict=False):
        try:
            parts.append(UtilityTerms(utility, piece, column, _read(piece)))
        except (FormulaicError, SyntaxError) as error:
            wrong.append(
                finding(
                    column,
                    "unreadable-part",
                    f"`{piece}` cannot be read: {_plain(error)}",
                    mend="write a part as `x1 + x2`, or 0 for none",
                    path=utility,
                )
            )
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


def _read(piece: str) -> Formula | None:
    if not piece:
        raise SyntaxError("it is empty")
    formula = Formula(piece)
    if not isinstance(formula, list) and not hasattr(formula, "required_variables"):
        raise SyntaxError("it is not one formula")
    return formula if len(list(formula)) else None


def _names(expression: str) -> Iterator[str]:
    """Find the names in a factor: the column itself, or what a call is given."""
    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError:  # a column whose name is no Python name, written between backticks
        yield expression
        return
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    called |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    yield from (node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called)


def _plain(error: Exception) -> str:
    text = _MARKS.sub("", _COLOUR.sub("", str(error)))
    return " ".join(text.split()) or type(error).__name__
