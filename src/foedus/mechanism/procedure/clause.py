"""The clause that governs a step: its place in the file, its words, and its article in the document."""

from collections.abc import Iterable
from dataclasses import dataclass, is_dataclass
from typing import Any

from foedus.arrangement.record import Arrangement


@dataclass(frozen=True)
class Clause:
    """What a step rests on."""

    path: str
    """Its place in the file, such as ``trigger.decide_within``; empty for a rule of this procedure."""
    words: str
    article: str = ""
    """Where it stands in the document; empty where the file does not say."""

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.path or "rule of procedure", self.article) if part)
        return f"{self.words} [{place}]"


def of_procedure(words: str) -> Clause:
    """Return a rule that no text needs to state, such as that time runs forward."""
    return Clause(path="", words=words)


def clause_at(arrangement: Arrangement, *path: str | int) -> Clause:
    """Return the clause at a place of a text; a key is quoted with its value, a whole clause with its words."""
    node: Any = arrangement
    holder: Any = None
    for step in path:
        holder = node if is_dataclass(node) else holder
        node = node[step] if isinstance(step, int) else getattr(node, step)
    if is_dataclass(node) and hasattr(node, "text"):
        holder = node
        words = node.text or _summary(node)
    else:
        words = f"{str(path[-1]).replace('_', ' ')}: {_written(node)}"
    return Clause(path=_place(path), words=" ".join(words.split()), article=getattr(holder, "article", None) or "")


def _place(path: Iterable[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_written, value)) or "nobody"
    if value is None:
        return "not stated"
    return str(value).replace("_", " ")


def _summary(clause: Any) -> str:
    """Say in the words of the language what a clause without a text of its own says."""
    if hasattr(clause, "bindingness") and hasattr(clause, "tier"):
        return f"{clause.bindingness.meaning}: {clause.tier.meaning}, on {_written(clause.answers)}"
    if hasattr(clause, "what"):
        return f"keeps out {clause.what.meaning}"
    return f"{type(clause).__name__.lower()} of the text"
