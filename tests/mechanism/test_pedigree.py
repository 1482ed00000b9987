"""Which clause gave which number is told as it was last reviewed (`python -m tests.mechanism.test_pedigree`)."""

from pathlib import Path

import pytest

import foedus
from foedus.arrangement.load import load
from foedus.arrangement.vocabulary import TierWord
from foedus.checks.specimens import good, patched
from foedus.mechanism.numbers.questions import REFUSES, Question
from foedus.mechanism.numbers.reading import read
from tests.mechanism.specimens import compiled

LIBRARY = Path(foedus.__file__).parent / "library"
SPECIMEN = "the specimen"
TEXTS = (
    SPECIMEN,
    "ukraine/budapest_memorandum_1994",
    "history/cyprus_1960",
    "history/egypt_israel_mfo_1979",
    "history/korea_1953",
    "history/locarno_1925",
    "ukraine/istanbul_draft_2022",
    "ukraine/kyiv_security_compact_2022",
    "ukraine/multinational_force_paris_2026",
    "ukraine/tiered_response_plan_2026",
)
REVIEWED = Path(__file__).parent / "snapshots" / "pedigree.txt"


def _told(name: str) -> list[str]:
    """Return every number of a text, with its clause and its reason, a line each."""
    compilation = compiled(good() if name == SPECIMEN else load(LIBRARY / f"{name}.yaml"))
    return [
        f"{each.array} | {each.entry} | {each.value} | {each.clause} | {each.because}" for each in compilation.steps
    ]


def _reviewed() -> dict[str, list[str]]:
    parts = REVIEWED.read_text(encoding="utf-8").removeprefix("= ").split("\n= ")
    return {part.partition("\n")[0]: part.rstrip("\n").split("\n")[1:] for part in parts}


@pytest.mark.parametrize("name", TEXTS)
def test_each_number_is_told_with_the_clause_and_reason_that_were_reviewed(name: str) -> None:
    """Array, entry, value, place in the file, and why."""
    assert _told(name) == _reviewed()[name]


def test_weights_tell_in_a_quorum_in_which_the_adversary_sits() -> None:
    """Where the adversary alone outweighs the rest, its refusal closes what equal members would have decided."""
    text = patched(
        {
            "parties.guarantor": ["france", "germany", "poland", "russia"],
            "decision.quorum": {"support": 0.5, "deploy": 0.5, "defend": 0.5},
            "decision.abstention": "counts_as_no",
            "decision.outside_action": "forbidden",
            "trigger.if_undecided": "nothing",
            "deployments": [],
            "decision.capability": [],
        }
    )
    equal = dict.fromkeys(text.parties.guarantor, 1)
    heavy = {**equal, "russia": 4}
    by_count, by_weight = (read(text, weights).closed[TierWord.DEFEND] for weights in (equal, heavy))
    assert not isinstance(by_count, Question)
    assert isinstance(by_weight, Question)
    assert by_weight.about == REFUSES


def renew() -> None:
    """Write what is told anew."""
    text = "\n".join("\n".join([f"= {name}", *_told(name)]) for name in TEXTS)
    REVIEWED.write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew()
