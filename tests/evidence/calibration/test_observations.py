"""The observations that ship with the package, and what is said of a file that cannot be used."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from foedus.arrangement.dump import dump
from foedus.arrangement.library import find_arrangement_file
from foedus.arrangement.load import load
from foedus.errors import InvalidFile
from foedus.evidence.calibration.load import load_demands, load_texts
from foedus.evidence.calibration.observation import Statistic
from foedus.evidence.targets.load import load_targets
from foedus.evidence.targets.statistics.intervals import estimate_share
from foedus.values.digest import digest_of_bytes

GOOD = """
observations:
  rehearsal_support:
    what: support given in rehearsals
    value: 0.7
    low: 0.5
    high: 0.85
    n: 20
    source: a rehearsal
    statistic: kept
    texts: [history/georgia_2008]
    discrepancy: 0.1
    why: the same question was asked of people
"""


def test_every_packaged_observation_names_a_target_that_exists_and_texts_that_load() -> None:
    """Nothing that the calibration rests on is missing, and every interval has two ends in order."""
    demands = load_demands(load_targets(), limit=1.645)
    assert len({demand.observation.id for demand in demands}) == len(demands) >= 20
    assert all(demand.band.low < demand.band.high for demand in demands)
    names = {name for demand in demands for name in (*demand.texts, *demand.versus)}
    assert set(load_texts(sorted(names))) == names


def test_a_rehearsal_is_one_more_observation_file(tmp_path: Path) -> None:
    """What people did in a rehearsal is held against the model like any other record."""
    file = tmp_path / "rehearsal.yaml"
    file.write_text(GOOD, encoding="utf-8")
    last = load_demands(load_targets(), limit=1.645, more=(file,))[-1]
    assert last.observation.id == "rehearsal_support"
    assert last.texts == ("history/georgia_2008",)
    assert last.band.low < 0.7 < last.band.high


def _rehearsal(folder: Path, name: str = "a", *, changed: Mapping[str, object] | None = None) -> Path:
    """Write the observation of a rehearsal of Kyiv's compact."""
    text = load(find_arrangement_file("ukraine/kyiv_security_compact_2022"))
    told = {
        "format": "foedus observation",
        "format_version": 1,
        "arrangement": "kyiv_security_compact_2022",
        "arrangement_digest": digest_of_bytes(dump(text).encode()),
        "duties_of_people": {"due": 4, "met": 2, "breached": 1},
        "stages": [{"hours_allowed": None, "hours_used": 1.5, "is_late": False}],
        **(changed or {}),
    }
    file = folder / f"{name}.json"
    file.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return file


def test_rehearsals_of_one_text_are_one_observation(tmp_path: Path) -> None:
    """What fell due to people is pooled; what was still due may have gone either way, and widens the interval."""
    files = (_rehearsal(tmp_path), _rehearsal(tmp_path, "b"))
    last = load_demands(load_targets(), limit=1.645, more=files)[-1]
    told = last.observation
    assert last.texts == ("ukraine/kyiv_security_compact_2022",)
    assert (told.statistic, told.n, told.value) == (Statistic.KEPT, 8, 5 / 8)
    assert told.low == pytest.approx(estimate_share(4, 8).low)
    assert told.high == pytest.approx(estimate_share(6, 8).high)
    assert last.band.high - last.band.low > told.high - told.low  # type: ignore[operator]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"duties_of_people": {"due": 0, "met": 0, "breached": 0}}, "nothing that binds fell due to people"),
        ({"duties_of_people": {"due": 1, "met": 1, "breached": 1}}, "more was met and broken"),
        ({"duties_of_people": {"due": "4", "met": 2, "breached": 1}}, "duties_of_people.due"),
        ({"duties_of_people": None}, "duties_of_people"),
        ({"arrangement_digest": "0" * 64}, "as it was rehearsed is no text of the library"),
        ({"arrangement": "mine"}, "as it was rehearsed is no text of the library"),
        ({"format_version": 2}, "not version 1"),
    ],
)
def test_a_rehearsal_that_tells_nothing_is_told(tmp_path: Path, changed: dict[str, object], said: str) -> None:
    """A rehearsal without people's duties, of another wording or another version is refused in words."""
    with pytest.raises(InvalidFile) as caught:
        load_demands(load_targets(), limit=1.645, more=(_rehearsal(tmp_path, changed=changed),))
    assert said in caught.value.findings[0].message
    assert caught.value.findings[0].mend


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("history/georgia_2008", "history/atlantis", "there is no text 'history/atlantis'"),
        ("value: 0.7", "target: Z9", "there is no target 'Z9'"),
        ("    low: 0.5\n", "", "needs a value and both ends"),
        ("statistic: kept", "statistic: luck", "Input should be"),
        ("observations:", "observation:", "is no key of an observation file"),
        ("n: 20", "cases: 20", "is not part of the language here"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A wrong name or a missing number is a finding with file, line and remedy."""
    file = tmp_path / "wrong.yaml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        load_demands(load_targets(), limit=1.645, more=(file,))
    finding = caught.value.findings[0]
    assert said in finding.message
    assert finding.line > 0
    assert finding.mend
