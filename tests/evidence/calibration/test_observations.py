"""The observations that ship with the package, and what is said of a file that cannot be used."""

from pathlib import Path

import pytest

from foedus.errors import InvalidFile
from foedus.evidence.calibration.load import load_demands, load_texts
from foedus.evidence.targets.load import load_targets

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
