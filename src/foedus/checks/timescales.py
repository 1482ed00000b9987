"""How long things take, as ranges with sources."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from foedus.text.kept import kept
from foedus.text.source import shipped_data


@dataclass(frozen=True)
class Range:
    """A range of hours with its source."""

    low: float
    high: float
    what: str
    source: str
    same_as: str = ""
    """Yardstick whose range, in days, it is; empty where it is its own."""

    def __str__(self) -> str:
        return f"{hours_in_words(self.low)} to {hours_in_words(self.high)}"


_A_MONTH = 30 * 24
_TWO_YEARS = 2 * 8766


@cache
def load_timescales() -> dict[str, Range]:
    """Return the ranges that ship with the package, by name."""
    text = (files("foedus") / "checks" / "timescales.yaml").read_text(encoding="utf-8")
    data = kept("timescales", text, rooms=("text", "values"), make=lambda: shipped_data(text))
    return {
        name: Range(
            low=float(entry["hours"][0]),
            high=float(entry["hours"][1]),
            what=entry["what"],
            source=entry["source"],
            same_as=entry.get("same_as", ""),
        )
        for name, entry in data.items()
    }


def hours_in_words(hours: float) -> str:
    """Write hours as people say them: hours up to four days, then days, years after two of them."""
    if hours > _TWO_YEARS:
        return f"{hours / _TWO_YEARS * 2:.3g} years"
    if hours > _A_MONTH:
        return f"{hours / 24:.0f} days"
    return f"{hours:g} h" if hours <= 96 else f"{hours / 24:.3g} days"
