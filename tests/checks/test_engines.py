"""Two engines and the rules themselves, set against each other on arrangements made at random."""

import os
import sys

import pytest

from foedus.arrangement.conditions import FACTS
from foedus.checks.case import Case
from foedus.checks.examine import examine
from foedus.checks.search.plain_engine import PlainEngine
from foedus.mechanism.rules.world import PLAIN_FACTS
from tests.checks.generated import altered, generated
from tests.checks.specimens import patched

COUNT = int(os.environ.get("FOEDUS_SOAK", "0")) or 200
BATCH = 50
BATCHES = [range(start, min(start + BATCH, COUNT)) for start in range(0, COUNT, BATCH)]


@pytest.mark.slow
@pytest.mark.parametrize("seeds", BATCHES, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_solver_and_plain_engine_find_the_same(seeds: range) -> None:
    """The solver names the same worst world as looking at every world does, finding by finding."""
    for seed in seeds:
        arrangement = generated(seed)
        plain, solver = (examine(arrangement, engine=engine) for engine in ("plain", "z3"))
        assert plain.findings == solver.findings, f"seed {seed}"
        assert plain.passed == solver.passed, f"seed {seed}"


@pytest.mark.parametrize("seeds", BATCHES, ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_no_counterexample_is_kept_back(seeds: range) -> None:
    """Whatever the search finds, the mechanism's own rules confirm."""
    for seed in seeds:
        assert not examine(generated(seed), engine="plain").unreplayed, f"seed {seed}"


@pytest.mark.parametrize("seeds", BATCHES[:2], ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_no_counterexample_to_an_altered_text_of_the_library_is_kept_back(seeds: range) -> None:
    """Clauses that never fall due, clocks out of order, judges in their own cause: the rules confirm what is found."""
    for seed in seeds:
        assert not examine(altered(seed)).unreplayed, f"seed {seed}"


@pytest.mark.parametrize("slower", ["72 h", "30 d", "6 months", "1000 y"])
def test_a_slower_clock_never_silences_the_check_of_time(slower: str) -> None:
    """What is too late stays too late when one of its deadlines is moved further out, or out of order."""
    before, after = (
        examine(patched({("trigger", "determine_within"): within, ("trigger", "decide_within"): "60 d"}), only=["T01"])
        for within in ("24 h", slower)
    )
    assert {finding.id for finding in before.findings} == {finding.id for finding in after.findings} == {"T01"}
    assert not after.unreplayed


def test_all_stand_still_where_they_wait_for_one_who_answers_for_nothing() -> None:
    """A duty that waits for the act of a party outside the guarantors is no cover while that party stands still."""
    waiting = patched(
        {("commitments", 1, "when"): "acts(european_union)", ("commitments", 0, "when"): "acts(european_union)"}
    )
    assert not examine(waiting, only=["C01"]).unreplayed


@pytest.mark.parametrize("seeds", BATCHES[:2], ids=lambda seeds: f"{seeds.start}-{seeds.stop - 1}")
def test_the_search_formula_says_what_the_rules_say(seeds: range) -> None:
    """In every single world, the condition that is searched and the rules that are replayed agree on who owes what."""
    for seed in seeds:
        case = Case(generated(seed), engine_name="plain")
        engine = case.engine
        assert isinstance(engine, PlainEngine)
        truth = engine.truth(case.cover)
        for place in range(0, engine.space.size, 7):
            world = engine.world_at(place)
            assert bool(truth >> place & 1) == case.covers(world), f"seed {seed}, {world.row()}"


def test_a_solver_at_its_limit_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the steps run out, the answer is that it cannot tell, and never that there is nothing."""
    monkeypatch.setattr("foedus.checks.search.z3_engine.MAX_STEPS", 1)
    examination = examine(patched({("commitments", 1, "when"): "external or requested"}), engine="z3")
    unsure = {finding.id for finding in examination.findings if finding.cannot_tell}
    assert "G01" in unsure
    assert not unsure & set(examination.passed)


def test_the_solver_takes_over_where_worlds_are_too_many() -> None:
    """A text that hangs on every fact of the grammar has over a million worlds; it is still searched."""
    names = [*(name for name in FACTS if name in PLAIN_FACTS), "acts(france)", "acts(italy)"]
    every = patched({("commitments", 1, "when"): " and ".join(names)})
    case = Case(every)
    assert case.engine.space.size > 1_000_000
    assert not isinstance(case.engine, PlainEngine)
    assert {"G01", "G02", "G04"} <= {finding.id for finding in examine(every).findings}


def test_where_no_solver_is_installed_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text with too many worlds to look at each says what to install, and no check is called passed."""
    monkeypatch.setitem(sys.modules, "z3", None)
    monkeypatch.delitem(sys.modules, "foedus.checks.search.z3_engine", raising=False)
    names = [*(name for name in FACTS if name in PLAIN_FACTS), "acts(france)", "acts(italy)"]
    examination = examine(patched({("commitments", 1, "when"): " and ".join(names)}))
    unsure = {finding.id: finding.message for finding in examination.findings if finding.cannot_tell}
    assert "pip install 'foedus[solver]'" in unsure["G01"]
    assert not unsure.keys() & set(examination.passed)
