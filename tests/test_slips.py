"""Slips of the hand, put into files on purpose by `python -m bench.judges.slips`."""

import ast
from pathlib import Path

import pytest
from bench.judges.mutants import count_mutants, mutant
from bench.judges.same_meaning import REASONS

SOURCE = Path(__file__).parents[1] / "src" / "foedus"
FILES = (
    "mechanism/numbers/weights.py",
    "checks/search/space.py",
    "insight/ranking/regret.py",
    "evidence/data/cells.py",
)


@pytest.mark.parametrize("name", FILES)
def test_each_slip_is_a_program_that_differs_in_one_place(name: str) -> None:
    """Each can be compiled, says what was and what is instead, and no two are the same program."""
    file = SOURCE / name
    whole = ast.dump(ast.parse(file.read_text(encoding="utf-8")))
    slips = [mutant(file, number) for number in range(count_mutants(file))]
    programs = {ast.dump(each.tree) for each in slips}
    assert len(slips) >= 10
    assert whole not in programs
    assert len(programs) == len(slips)
    for each in slips:
        compile(each.tree, str(file), "exec")
        assert each.was != each.now


@pytest.mark.parametrize(("file", "words"), REASONS)
def test_what_means_the_same_is_still_there(file: str, words: str) -> None:
    """A reason speaks of a change that can be made."""
    slips = (mutant(SOURCE / file, number) for number in range(count_mutants(SOURCE / file)))
    assert words in {each.words for each in slips}
