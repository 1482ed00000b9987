"""How the model has done against history, one line for each outcome that history can be asked about.

The figures stand in ``parameters/track_record.yaml``, which `foedus evidence` writes from the cases that it tries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pydantic import TypeAdapter

from foedus.text.source import read_source

TRACK_RECORD = "track_record.yaml"


@dataclass(frozen=True)
class TrackRecord:
    """How forecasts of one outcome fared on cases whose end is known."""

    outcome: str
    """Name of the outcome that the figure of a comparison bears."""
    what: str
    """The event that was forecast, in words."""
    cases: int
    happened: int
    """Cases in which it happened."""
    brier: float
    """Brier score of the model; 0 is perfect, 0.25 is what saying one half always gets."""
    base_brier: float
    """The same for the share of the other cases in which it happened, told of every case alike."""
    low: float
    """Lower end of the 95 % interval of the model's score less that of the base rate; below 0 the model is better."""
    high: float
    is_weighted: bool
    """Whether the model's futures were weighted by history, or drawn from the ranges as assumed."""

    @property
    def better_than_base(self) -> bool:
        """Tell whether the model's score is the smaller one."""
        return self.brier < self.base_brier

    @property
    def is_clear(self) -> bool:
        """Tell whether so many cases tell model and base rate apart."""
        return self.low > 0 or self.high < 0

    def sentence(self) -> str:
        """Say it in one line."""
        verdict = "better" if self.better_than_base else "no better" if self.brier == self.base_brier else "worse"
        sure = "" if self.is_clear else ", which so few cases cannot tell from chance"
        return (
            f"{self.what}: tried on {self.cases} cases that are over, in {self.happened} of which it happened, the "
            f"model did {verdict} than the base rate (Brier score {self.brier:.3f} against "
            f"{self.base_brier:.3f}{sure})."
        )


def track_record(outcome: str, *, is_weighted: bool = True) -> TrackRecord | None:
    """Return how the model has done on an outcome; None where history was not asked about it."""
    return _packaged().get((outcome, is_weighted))


@cache
def _packaged() -> Mapping[tuple[str, bool], TrackRecord]:
    file = files("foedus") / "parameters" / TRACK_RECORD
    if not file.is_file():
        return MappingProxyType({})
    source = read_source(file.read_text(encoding="utf-8"), file=TRACK_RECORD)
    records = TypeAdapter(tuple[TrackRecord, ...]).validate_python(tuple(source.data))
    return MappingProxyType({(each.outcome, each.is_weighted): each for each in records})
