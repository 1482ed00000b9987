"""Ranges of one's own: what somebody moved, as the parameter file that every command reads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from hashlib import sha256

from foedus.errors import Finding, InvalidFile
from foedus.futures.parameters.load import default_parameters, load_parameters, read_parameters
from foedus.futures.parameters.overlay_text import OverlayText, write_overlay_text
from foedus.futures.parameters.record import Parameter, Parameters, ParameterStatus, Shape
from foedus.jobs.asking.reading import read_number
from foedus.jobs.explorer.letters import MOST_LETTERS, in_letters, text_in

PREFIX = "own:"
"""What the name of a set begins with."""
IN_ADDRESS = "moved:"
"""What stands in an address before the letters of a set."""
_LETTERS = 12
"""Of the digest of what it says, by which it is named."""
_HEAD = (
    "Ranges of one's own, laid over those that ship with foedus:",
    "foedus compare ... --parameters THIS_FILE; `foedus params --changed --parameters THIS_FILE` lists them.",
)
_WORD = re.compile(r"[A-Za-z_]+(?:\.[a-z_]+)*")
_WHY_NUMBER = "a range goes from one number to another"


@dataclass(frozen=True)
class MovedRange:
    """A range that is not what ships."""

    name: str
    what: str
    unit: str
    here: str
    """The range in words."""
    shipped: str


@dataclass(frozen=True)
class OwnRanges:
    """Ranges that somebody moved; the same ranges have the same name."""

    overlay: OverlayText
    moved: tuple[MovedRange, ...]
    """Those that are not what ships, in the order of the list."""
    of: int
    """How many ranges there are."""

    @property
    def name(self) -> str:
        """What it is kept under: the same for the same ranges."""
        return PREFIX + _digest_of(self.overlay.text)

    @cached_property
    def in_address(self) -> str:
        """The ranges themselves as an address carries them; their name where they are too many for that."""
        said = [line for line in self.overlay.text.splitlines(keepends=True) if not line.startswith("#")]
        letters = in_letters("".join(said))
        return IN_ADDRESS + letters if len(letters) <= MOST_LETTERS else self.name

    @property
    def is_in_address(self) -> bool:
        """Whether an address can carry them, or only their name for the browser that moved them."""
        return self.in_address.startswith(IN_ADDRESS)


@dataclass(frozen=True)
class TypedRange:
    """What somebody typed for the two ends of a range."""

    low: str
    high: str


@dataclass(frozen=True)
class RangesTrial:
    """What came of moving ranges."""

    own: OwnRanges | None
    """None where nothing differs from what ships any more, or something is wrong."""
    wrong: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    """[parameter] what is wrong with what was typed; empty names the file as a whole."""


def read_own_ranges(text: str, *, file: str) -> OwnRanges | None:
    """Read a parameter file that somebody has; raise `InvalidFile` with all findings, None where it moves nothing."""
    return _own(read_parameters(text, file=file, defaults=default_parameters()))


@lru_cache(maxsize=64)
def ranges_in_address(said: str) -> OwnRanges | None:
    """Read ranges out of an address as any file of ranges is read; `WrongRequest` where it holds no text at all."""
    return read_own_ranges(text_in(said.removeprefix(IN_ADDRESS)), file="the ranges in the address")


def move_ranges(
    typed: Mapping[str, TypedRange], *, before: OwnRanges | None, views: Sequence[str] = (), as_shipped: str = ""
) -> RangesTrial:
    """Lay what was typed over the ranges that one has moved before; ``as_shipped`` goes back to what ships.

    What was typed under views counts as moved where it differs from what the views say.
    """
    shown = load_parameters(views=views)
    mine = dict(_overlay_of(before)) if before else {}
    mine.pop(as_shipped, None)
    wrong: dict[str, tuple[Finding, ...]] = {}
    for name, ends in typed.items():
        if name not in shown or name == as_shipped:
            continue
        try:
            entry = _moved_to(ends, mine.get(name, shown[name]), shipped=default_parameters()[name])
        except ValueError as error:
            wrong[name] = (_no_number(name, str(error)),)
            continue
        if not _is_same(entry, mine.get(name, shown[name])):
            mine[name] = entry
        if name in mine and _is_same(mine[name], shown[name]):
            del mine[name]
    try:
        own = _own(_in_order(mine))
        if own and views:
            refuse_beside_views(own, views)
    except InvalidFile as error:
        return RangesTrial(None, wrong | _by_name(error.findings, default_parameters()))
    return RangesTrial(None if wrong else own, wrong)


def refuse_beside_views(own: OwnRanges, views: Sequence[str]) -> None:
    """Raise `InvalidFile` where ranges cannot be laid over views, such as where an order would be turned over."""
    load_parameters([own.overlay], views=views)


def _own(overlay: Parameters) -> OwnRanges | None:
    defaults = default_parameters()
    moved = tuple(
        MovedRange(each.name, each.what, each.unit, each.describe(), defaults[each.name].describe())
        for each in overlay.entries
        if not _is_same(each, defaults[each.name])
    )
    if not overlay.entries:
        return None
    text = write_overlay_text(overlay, defaults=defaults, head=_HEAD)
    file = f"ranges_{_digest_of(text)}.yaml"
    read_parameters(text, file=file, defaults=defaults)
    return OwnRanges(OverlayText(text, file), moved, len(defaults))


def _overlay_of(own: OwnRanges) -> Parameters:
    return read_parameters(own.overlay.text, file=own.overlay.file, defaults=default_parameters())


def _moved_to(ends: TypedRange, shown: Parameter, *, shipped: Parameter) -> Parameter:
    """Return a range with the ends that were typed; where they are those that were shown it stays as it is."""
    low, high = read_number(ends.low), read_number(ends.high)
    if (low, high) == (_as_shown(shown.low), _as_shown(shown.high)):
        return shown
    shape = Shape.FIXED if low == high else Shape.UNIFORM if shown.shape is Shape.FIXED else shown.shape
    return replace(
        shown,
        low=low,
        high=high,
        shape=shape,
        status=ParameterStatus.ASSUMED,
        source=f"moved by hand; {shipped.describe()} as it ships",
        note="",
        history="",
        is_given=False,
    )


def _as_shown(value: float) -> float:
    """Return a number as a field shows it, so that what nobody touched is not moved by rounding."""
    return float(f"{value:g}")


def _is_same(one: Parameter, other: Parameter) -> bool:
    return (one.shape, one.low, one.high, one.is_given) == (other.shape, other.low, other.high, other.is_given)


def _in_order(entries: Mapping[str, Parameter]) -> Parameters:
    return Parameters(tuple(entries[name] for name in default_parameters() if name in entries))


def _by_name(findings: Sequence[Finding], known: Mapping[str, Parameter]) -> dict[str, tuple[Finding, ...]]:
    told: dict[str, tuple[Finding, ...]] = {}
    for each in findings:
        places = [name for name in known if each.path == name or each.path.startswith(f"{name}.")]
        place = max(places, key=len, default="")
        told[place] = (*told.get(place, ()), _in_words(each, known) if place else each)
    return told


def _in_words(finding: Finding, known: Mapping[str, Parameter]) -> Finding:
    """Say what is wrong at the field itself: parameters by what they are, the place not at all."""
    about = finding.message.removeprefix(f"{finding.path!r} ")
    return replace(finding, message=f"this range {_worded(about, known)}", mend=_worded(finding.mend, known))


def _worded(sentence: str, known: Mapping[str, Parameter]) -> str:
    return _WORD.sub(lambda match: f"“{known[match[0]].what}”" if match[0] in known else match[0], sentence)


def _no_number(name: str, message: str) -> Finding:
    mend = "write a number such as 0.25, with a point before the decimals"
    return Finding("", 0, 0, name, "not-a-number", message, _WHY_NUMBER, mend)


def _digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_LETTERS]
