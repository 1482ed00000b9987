"""The claims that ship with the package, and every way in which a claim file can be wrong."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from foedus.arrangement.vocabulary import Evidence
from foedus.cli.commands.claims import claims_command
from foedus.errors import InvalidFile, UnknownName
from foedus.futures.ensemble import Sample
from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import draw, future_of
from foedus.insight.claims.answer_claims import plan_of
from foedus.insight.claims.load import find_claim_file, load_claim, packaged_claims, read_claim
from foedus.insight.claims.record import Act, ArgumentOrigin, Claim, Intervention
from foedus.insight.claims.worlds import moved
from tests.insight.claim_specimens import SMALL, claim, small

GALLERY = Path(__file__).parents[1] / "gallery" / "bad_claims"
BAD = sorted(GALLERY.glob("*.yaml"))
NAMES = sorted(packaged_claims())


@pytest.fixture(scope="module")
def packaged() -> dict[str, Claim]:
    return {name: load_claim(packaged_claims()[name], parameters=default_parameters()) for name in NAMES}


def test_every_packaged_claim_loads_and_compiles(packaged: dict[str, Claim]) -> None:
    """All of them are read without a finding, and every side of each compiles in drawn futures."""
    plan = plan_of(list(packaged.values()), draw(default_parameters(), futures=2, seed=1))
    assert set(plan.places) == {(each.id, side.name) for each in packaged.values() for side in each.sides}
    assert plan.games < 2 * sum(len(each.sides) for each in packaged.values())


def test_both_essays_and_the_debate_are_argued(packaged: dict[str, Claim]) -> None:
    """At least fifteen claims, from each place where arguments were found."""
    origins = [each.origin for each in packaged.values()]
    assert len(origins) >= 15
    assert all(origins.count(origin) >= 5 for origin in ArgumentOrigin)


def test_each_packaged_claim_can_be_argued_with(packaged: dict[str, Claim]) -> None:
    """Each says what the literature adds up to and what the model cannot say; nothing is quoted on both sides."""
    for each in packaged.values():
        assert each.limits, each.id
        assert each.reading, each.id
        assert {reference.says for reference in each.pro}.isdisjoint(reference.says for reference in each.contra)


def test_no_figure_is_quoted_from_memory(packaged: dict[str, Claim]) -> None:
    """What was seen says where; what was not gives no percentage."""
    for each in packaged.values():
        for reference in (*each.argued_by, *each.pro, *each.contra):
            assert bool(reference.case) != bool(reference.citation)
            if not reference.case:
                assert bool(reference.url) == (reference.evidence is Evidence.SEEN)


def test_the_same_text_is_solved_once() -> None:
    """A side that says the same in other words shares its games with the first, in the same world only."""
    twin = claim(
        text=SMALL.replace("weak: ukraine/no_guarantee", "weak: ukraine/no_guarantee\n  other: ukraine/no_guarantee"),
        holds="strong.war < weak.war and other.war <= weak.war",
    )
    silent = "ukraine/no_guarantee, change: [{path: summary, remove: true}]"
    reworded = claim(text=SMALL.replace("ukraine/no_guarantee", f"{{base: {silent}}}").replace("id: small", "id: two"))
    plan = plan_of([twin, reworded], draw(default_parameters(), futures=3, seed=1))
    assert plan.games == 3 * 2
    assert plan.places["small", "weak"] == plan.places["small", "other"] == plan.places["two", "weak"]


def test_a_world_moves_what_it_names_and_nothing_else() -> None:
    """A shifted balance leaves the adversary's stake where it was drawn."""
    sample = draw(default_parameters(), futures=20, seed=2)
    world = (Intervention("balance.moved", Act.ADD, -0.4), Intervention("lam_A", Act.TIMES, 1.1))
    shifted = moved(sample, world)
    for before, after in zip(rows(sample), rows(shifted), strict=True):
        assert {name for name in before if before[name] != after[name]} == {"balance.moved", "lam_A"}
        assert future_of(after).balance_0 == pytest.approx(future_of(before).balance_0 - 0.4)
        assert future_of(after).stake_A == future_of(before).stake_A
    assert moved(sample, ()) is sample


def test_an_edge_that_is_moved_is_moved() -> None:
    """Where a claim says that attacking at once is worth nothing, war is as dear in every draw, or dearer."""
    sample = draw(default_parameters(), futures=10, seed=2)
    shifted = moved(sample, (Intervention("war_edge_A.most", Act.TO, 0.0),))
    column = sample.names.index("war_edge_A.most")
    assert np.all(shifted.values[:, column] == 0)
    assert np.array_equal(np.delete(shifted.values, column, axis=1), np.delete(sample.values, column, axis=1))
    dearer = [
        future_of(after).war_cost_A - future_of(before).war_cost_A
        for before, after in zip(rows(sample), rows(shifted), strict=True)
    ]
    assert min(dearer) >= 0 < max(dearer)


def test_variants_change_what_they_name() -> None:
    """Set, add and remove, by key, by index and by the id of a clause."""
    edits = (
        '{path: "commitments[assistance].bindingness", to: intends}, {path: "commitments[0].tier", to: deploy}, '
        "{path: ambiguity, add: where}, {path: standing_support, remove: true}, "
        "{path: duties.restraint, to: consult_before_force}"
    )
    text = SMALL.replace("ukraine/nato_membership", f"{{base: ukraine/nato_membership, change: [{edits}]}}")
    changed = claim(text=text).sides[0].arrangement
    assert [clause.bindingness for clause in changed.commitments] == ["will_consult", "intends"]
    assert [clause.tier for clause in changed.commitments] == ["deploy", "defend"]
    assert changed.ambiguity == ("what", "where")
    assert changed.standing_support == ()
    assert (changed.duties.own_defence, changed.duties.restraint) == ("keep_up", "consult_before_force")


def test_a_base_may_lie_beside_the_claim(tmp_path: Path) -> None:
    """A claim of one's own may name a text of one's own in the same folder."""
    text = (Path(__file__).parents[2] / "src/foedus/library/ukraine/no_guarantee.yaml").read_text()
    (tmp_path / "mine.yaml").write_text(text.replace("id: no_guarantee", "id: mine"))
    file = tmp_path / "small.yaml"
    file.write_text(small().replace("ukraine/no_guarantee", "mine.yaml"))
    assert load_claim(file, parameters=default_parameters()).sides[1].arrangement.id == "mine"


def test_a_name_that_stands_for_nothing_suggests_the_nearest() -> None:
    """A misspelt id is told with the one that was probably meant."""
    with pytest.raises(UnknownName, match="did you mean 'nato_deters_best'"):
        find_claim_file("nato_deter_best")


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_each_mistake_is_told_in_its_words(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong file gives exactly the message beside it, on standard error, with exit code 2 and no traceback."""
    monkeypatch.chdir(GALLERY)
    result = CliRunner().invoke(claims_command, [file.name])
    assert result.stderr == file.with_suffix(".expected").read_text(encoding="utf-8")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_each_finding_says_where_why_and_how_to_mend(file: Path) -> None:
    """Each finding has a reason, a remedy, and a line that exists."""
    with pytest.raises(InvalidFile) as caught:
        read_claim(file.read_text(encoding="utf-8"), file=str(file), parameters=default_parameters())
    lines = file.read_text(encoding="utf-8").count("\n")
    assert all(each.why and each.mend and 1 <= each.line <= lines + 1 for each in caught.value.findings)


def rows(sample: Sample) -> list[dict[str, float]]:
    return [dict(zip(sample.names, row, strict=True)) for row in sample.values.tolist()]
