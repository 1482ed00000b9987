"""Lines of a page that is read aloud: headings, paragraphs and points, no wider than eighty columns."""

import re
from collections.abc import Iterable
from datetime import datetime
from textwrap import wrap

from foedus.mechanism.procedure.clause import Clause
from foedus.mechanism.procedure.evidence.posterior import Likelihood
from foedus.mechanism.procedure.evidence.yardstick import words_for

WIDTH = 80
NO_BREAK = "\u00a0"
_BLANKS = re.compile("[ \\n\\t]+")


def heading(text: str) -> list[str]:
    """Return a heading with an empty line before it."""
    return ["", text.upper()]


def paragraph(text: str, *, indent: int = 0) -> list[str]:
    """Return a paragraph, wrapped."""
    blank = " " * indent
    return wrap(_spaced(text), WIDTH, initial_indent=blank, subsequent_indent=blank, break_on_hyphens=False)


def point(text: str, *, indent: int = 2) -> list[str]:
    """Return a point of a list, wrapped."""
    lead = " " * indent + "- "
    rest = " " * len(lead)
    return wrap(_spaced(text), WIDTH, initial_indent=lead, subsequent_indent=rest, break_on_hyphens=False)


def points(texts: Iterable[str], *, indent: int = 2) -> list[str]:
    """Return several points."""
    return [line for text in texts for line in point(text, indent=indent)]


def time(moment: datetime) -> str:
    """Write a moment; all times are UTC."""
    return f"{moment:%Y-%m-%d %H:%M}"


def figures(band: Likelihood) -> str:
    """Write a probability with its band, such as "62 % (41 to 80 %)"."""
    mean, low, high = (f"{100 * each:.0f}" for each in (band.mean, band.low, band.high))
    return f"{mean}{NO_BREAK}% ({low} to {high}{NO_BREAK}%)"


def likelihood(band: Likelihood) -> str:
    """Write a probability in words and in numbers."""
    return f"{words_for(band)}, {figures(band)}"


def quoted(clause: Clause) -> str:
    """Write a clause with its place: ``"Meet at Ukraine's request." (commitments[0], article 5)``."""
    place = ", ".join(part for part in (clause.path or "rule of procedure", clause.article) if part)
    return f'"{clause.words.rstrip(".")}" ({place})'


def _spaced(text: str) -> str:
    """Put one blank where several or a line's end stand, and leave what must not be broken."""
    return _BLANKS.sub(" ", text).strip(" ")
