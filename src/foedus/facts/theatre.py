"""Theatre profiles: who faces whom, when, how strong the sides are, and to whom the protected states matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from foedus.arrangement.fields.fields import PartyList, Slug, SomeParties, Text
from foedus.arrangement.fields.marks import STRICT, Config, Within
from foedus.arrangement.record import Arrangement, StatedBalance, StatedInterest
from foedus.errors import InvalidFile, UnknownName
from foedus.facts.theatre_file import read_record
from foedus.text.kept import kept
from foedus.text.source import ParsedText, read_source, read_source_file

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_SUFFIX = ".yaml"
_Year = Annotated[int, Within(ge=1816, le=2100, strict=True)]


@dataclass(frozen=True)
class Theatre:
    """A conflict at a time, as far as it can be read from the record; every statement has its source."""

    __pydantic_config__: ClassVar[Config] = STRICT

    name: Slug
    """The name of the profile, as the file is called, such as ``korea_1953``."""
    title: Text
    theatre: SomeParties
    """The words that arrangements write under `theatre`."""
    at: _Year
    """The year whose facts hold."""
    protected_state: SomeParties
    adversary: SomeParties
    guarantors: PartyList
    """Those who usually guarantee, or are asked to."""
    own_forces: Text
    """The protected states' forces in words, with their source; the numbers are the dated facts."""
    interest: tuple[StatedInterest, ...]
    balance: StatedBalance | None = None
    """How strong the sides are by judgement: it holds where facts are missing, and facts are held against it."""
    texts_of: tuple[_Year, _Year] | None = None
    """First and last year of texts that belong here; every text of the theatre where left out."""
    record: Literal["donor_share_gdp"] | None = None
    """The party fact that is a record of conduct in this very theatre, where there is one."""

    def holds(self, year: int | None) -> bool:
        """Tell whether a text of a year belongs here."""
        return self.texts_of is None or year is None or self.texts_of[0] <= year <= self.texts_of[1]

    def has_the_sides_of(self, arrangement: Arrangement) -> bool:
        """Tell whether a text is between the same protected states and adversaries."""
        parties = arrangement.parties
        return (set(parties.protected_state), set(parties.adversary)) == (
            set(self.protected_state),
            set(self.adversary),
        )


def theatre_of(arrangement: Arrangement) -> Theatre | None:
    """Return the profile that a text belongs to by theatre and date; None where there is none.

    Of several that fit, the one whose year is nearest to the text, and the latest for a text without a date.
    """
    year = int(arrangement.date[:4]) if arrangement.date[:4].isdecimal() else None
    return _theatre_at(arrangement.theatre, year)


@cache
def _theatre_at(word: str, year: int | None) -> Theatre | None:
    fitting = [each for each in theatres().values() if word in each.theatre and each.holds(year)]
    return min(fitting, key=lambda each: (abs(each.at - year) if year else 0, -each.at), default=None)


@cache
def theatres() -> Mapping[str, Theatre]:
    """Return the profiles that ship with the package, by name."""
    folder = files("foedus") / "parameters" / "theatres"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(_SUFFIX)), key=lambda file: file.name)
    texts = "\n".join(file.read_text(encoding="utf-8") for file in found)
    rooms = ("arrangement", "facts", "text", "values")
    read = kept("theatres", texts, rooms=rooms, make=lambda: [load_theatre(file) for file in found])
    return MappingProxyType({theatre.name: theatre for theatre in read})


def find_theatre(name: str) -> Theatre:
    """Return the profile that a user means: a file that exists, or a packaged one by name.

    Raises `UnknownName` that lists what there is, or `InvalidFile` with all findings.
    """
    path = Path(name)
    if path.is_file():
        return load_theatre(path)
    known = theatres()
    if name not in known:
        raise UnknownName(f"there is no theatre profile {name!r}; profiles are {', '.join(known)}")
    return known[name]


def load_theatre(file: Path | Traversable) -> Theatre:
    """Read a profile; raise `InvalidFile` with all findings, or ``OSError``."""
    return _theatre(read_source_file(file))


def read_theatre(text: str, *, file: str) -> Theatre:
    """Read a profile from text; raise `InvalidFile` with all findings."""
    return _theatre(read_source(text, file=file))


def _theatre(source: ParsedText) -> Theatre:
    read = read_record(_validator(), source)
    theatre, findings = read
    if theatre is None or findings:
        raise InvalidFile(findings)
    return theatre


@cache
def _validator() -> "TypeAdapter[Theatre]":
    """Return the validator of profiles, built once."""
    from pydantic import TypeAdapter  # what was read before is not validated again

    return TypeAdapter(Theatre)
