"""Records for programs: plain data, with how it was obtained."""

import json
import math
from dataclasses import dataclass

from foedus.insight.design.record import Aim
from foedus.insight.statistics.spread import MeanOverFutures
from foedus.report.page.record_json import record_json
from tests.report.specimens import provenance


@dataclass(frozen=True)
class Record:
    """Something with everything that records hold."""

    mean: MeanOverFutures
    by_aim: dict[Aim, float]
    names: tuple[str, ...]


def test_records_become_plain_json_and_what_is_infinite_is_null() -> None:
    """Nothing that JSON has no word for gets into a file."""
    record = Record(MeanOverFutures(0.5, None, math.inf), {Aim.LOSS: 0.1}, ("x",))
    content = json.loads(record_json(record, what="front", provenance=provenance()))
    assert content["format"] == "foedus front"
    assert content["provenance"]["command"] == provenance().command
    assert content["front"] == {
        "mean": {"value": 0.5, "low": None, "high": None},
        "by_aim": {"loss": 0.1},
        "names": ["x"],
    }
