"""A controlled word and its meaning."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A word of the language; its meaning is kept beside it for the reference page, editors and reports."""

    meaning: str

    def __new__(cls, word: str, meaning: str = "") -> Self:
        """Make a word; raise ``TypeError`` where the meaning is forgotten."""
        if not meaning:
            raise TypeError(f"the word {word!r} needs a meaning")
        member = str.__new__(cls, word)
        member._value_ = word
        member.meaning = meaning
        return member
