"""A page as plain data: a title, facts, sections. How it is drawn is settled elsewhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A point of a list: what it is about, and what is said of it."""

    text: str
    label: str = ""
    link: str = ""
    """Address where it can be read; empty where there is none."""


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it: first paragraphs, then points."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Page:
    """A whole page."""

    title: str
    entries: tuple[Entry, ...] = ()
    """Facts at the head, such as the date."""
    paragraphs: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
