"""The texts that a person names: by path, by name in the library, by folder, or the record itself."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias

from foedus.arrangement.library import find_arrangement_file, library_files
from foedus.arrangement.load import load
from foedus.arrangement.record import Arrangement
from foedus.errors import FoedusError, SeveralErrors, WrongRequest
from foedus.report.words.labels import arrangement_label
from foedus.text.source import ParsedText, read_source_file
from foedus.text.yaml_tree import MAX_BYTES, lines_of

Given: TypeAlias = str | Path | Arrangement
"""A path, a name in the library, or an arrangement that was loaded already."""


@dataclass(frozen=True, eq=False)
class Text:
    """An arrangement as it was given."""

    arrangement: Arrangement
    name: str
    """How it was named; the id of a record that was given itself."""
    file: Path | Traversable | None = None
    """Where it stands; None for a record that was given itself."""

    @cached_property
    def source(self) -> ParsedText | None:
        """Where its clauses stand; None where it came from no file."""
        return read_source_file(self.file) if self.file else None

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of its file; none where it came from no file."""
        return lines_of_file(self.file) if self.file else ()

    @property
    def label(self) -> str:
        """What it is called in tables."""
        return arrangement_label(self.arrangement.id, self.arrangement)


def load_text(given: Given) -> Text:
    """Load one text; raise `UnknownName`, `InvalidFile` with all findings, or `WrongRequest` where it is unreadable."""
    if isinstance(given, Arrangement):
        return Text(given, name=given.id)
    try:
        file = find_arrangement_file(str(given))
        return Text(load(file), name=str(given), file=file)
    except OSError as error:
        raise WrongRequest(f"{given} cannot be read: {error.strerror}") from error


def arrangement_of(given: Given) -> Arrangement:
    """Load one text and return what it says; raises as `load_text` does."""
    return load_text(given).arrangement


def load_texts(given: Iterable[Given]) -> tuple[Text, ...]:
    """Load several texts; what is wrong in any of them is raised together."""
    texts, wrong = load_what_can_be(given)
    refuse_several(wrong)
    return texts


def load_what_can_be(given: Iterable[Given]) -> tuple[tuple[Text, ...], tuple[FoedusError, ...]]:
    """Load the texts that can be used, and return beside them what is wrong with the others."""
    texts: list[Text] = []
    wrong: list[FoedusError] = []
    for each in given:
        try:
            texts.append(load_text(each))
        except FoedusError as error:
            wrong.append(error)
    return tuple(texts), tuple(wrong)


def refuse_several(wrong: Sequence[FoedusError]) -> None:
    """Raise what is wrong: one error as it is, several together."""
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise SeveralErrors(wrong)


def load_apart(given: Sequence[Given]) -> dict[str, Text]:
    """Load every text that is meant, by id; the same one given twice counts once.

    A folder or a theatre stands for all of its arrangements. A copy in which a clause was changed still carries the id
    of the original: it goes by the name of its file. Raises as `load_texts` does, and `WrongRequest` where several were
    named that say the same.
    """
    found: dict[str, Text] = {}
    for text in load_texts(meant(given)):
        if found.setdefault(text.arrangement.id, text).arrangement != text.arrangement:
            copy = _called_by_its_file(text, taken=frozenset(found))
            found[copy.arrangement.id] = copy
    if len(found) < 2 and len(given) > 1:
        names = (each.id if isinstance(each, Arrangement) else str(each) for each in given)
        raise WrongRequest(f"{' and '.join(names)} say the same; change a clause, or name another arrangement")
    return found


def meant(given: Iterable[Given]) -> list[Given]:
    """Put the arrangements themselves in the place of a folder or a theatre; each name once."""
    wanted: dict[object, Given] = {}
    for each in given:
        if isinstance(each, Arrangement):
            wanted[id(each)] = each
        else:
            wanted |= {name: name for name in _expanded(str(each))}
    return list(wanted.values())


def lines_of_file(file: Path | Traversable) -> tuple[str, ...]:
    """Return the lines of a file as they are counted in findings."""
    with file.open("rb") as stream:
        return lines_of(stream.read(MAX_BYTES).decode("utf-8", errors="replace"))


def _expanded(name: str) -> list[str]:
    folder = Path(name)
    if folder.is_dir() and (files := sorted(folder.glob("*.yaml"))):
        return [str(file) for file in files]
    return [full for full in library_files() if full.split("/")[0] == name.rstrip("/")] or [name]


def _called_by_its_file(text: Text, *, taken: frozenset[str]) -> Text:
    original = text.arrangement
    stem = Path(text.name).stem if text.file else "changed"
    words = re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_") or "copy"
    fresh = (f"{original.id}_{words}{suffix}" for suffix in ("", *(f"_{n}" for n in range(2, 1000))))
    identifier = next(each for each in fresh if each not in taken)
    called = replace(original, id=identifier, short_name=f"{text.label} ({stem})")
    return replace(text, arrangement=called)
