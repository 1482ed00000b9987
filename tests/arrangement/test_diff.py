from dataclasses import replace
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.arrangement.diff import HEAD, ClauseChange, ClauseDifference, KeyDifference, find_differences
from foedus.arrangement.language.keys import keys_of
from foedus.arrangement.library import load_from_library
from foedus.arrangement.load import loads
from foedus.arrangement.record import Arrangement
from foedus.cli.commands.arrangement import diff_command
from tests.arrangement.written import SHORT, arrangements, values_of

SECOND = "  - {id: defence, by: france, answers: invasion, tier: defend, bindingness: may}\n"


def differences(old: str, new: str) -> tuple[ClauseDifference, ...]:
    return find_differences(old=loads(old), new=loads(new))


def test_one_word_changed_is_one_difference() -> None:
    """From "intends" to "shall" is told as the one change that it is, with both words."""
    assert differences(SHORT, SHORT.replace("intends", "shall_specified")) == (
        ClauseDifference(
            "commitments[aid]",
            ClauseChange.CHANGED,
            (KeyDifference("bindingness", ("intends",), ("shall_specified",)),),
        ),
    )


def test_a_new_commitment_is_added_and_an_old_one_removed() -> None:
    """A commitment that stands on one side only is told with all that it says."""
    (added,) = differences(SHORT, SHORT + SECOND)
    (removed,) = differences(SHORT + SECOND, SHORT)
    assert (added.clause, added.change) == ("commitments[defence]", ClauseChange.ADDED)
    assert (removed.clause, removed.change) == ("commitments[defence]", ClauseChange.REMOVED)
    assert {key.key: key.new for key in added.keys} == {
        "id": ("defence",),
        "by": ("france",),
        "answers": ("invasion",),
        "tier": ("defend",),
        "bindingness": ("may",),
    }
    assert [key.old for key in removed.keys] == [key.new for key in added.keys]


def test_a_renamed_commitment_is_another_commitment() -> None:
    """Ids are what clauses are known by."""
    changes = {each.clause: each.change for each in differences(SHORT, SHORT.replace("id: aid", "id: help"))}
    assert changes == {"commitments[aid]": ClauseChange.REMOVED, "commitments[help]": ClauseChange.ADDED}


def test_order_is_no_difference() -> None:
    """The order of parties and of clauses says nothing."""
    turned = SHORT.replace("[france, united_kingdom]", "[united_kingdom, france]")
    head, clauses = (SHORT + SECOND).split("commitments:\n")
    first, second = clauses.split("  - {", 1)
    assert differences(SHORT, turned) == ()
    assert differences(SHORT + SECOND, f"{head}commitments:\n  - {{{second}{first}") == ()


def test_lists_tell_who_came_and_who_went() -> None:
    """A change among the guarantors names those that differ."""
    (parties,) = differences(SHORT, SHORT.replace("[france, united_kingdom]", "[poland, france]"))
    (guarantors,) = parties.keys
    assert (guarantors.gone, guarantors.come) == (("united_kingdom",), ("poland",))


def test_defaults_are_told_in_their_words() -> None:
    """Where a key was left out, the difference shows what held."""
    (decision,) = differences(SHORT, SHORT + "decision: {rule: unanimity, outside_action: forbidden}\n")
    assert decision.keys == (
        KeyDifference("rule", ("none",), ("unanimity",)),
        KeyDifference("outside_action", ("allowed",), ("forbidden",)),
    )


def test_inner_records_have_a_dot() -> None:
    """The standard of proof for a tier is a key of the trigger."""
    (trigger,) = differences(SHORT, SHORT + "trigger: {proof: {defend: suspicion}}\n")
    assert trigger == ClauseDifference(
        "trigger", ClauseChange.CHANGED, (KeyDifference("proof.defend", ("none",), ("suspicion",)),)
    )


def test_unnamed_clauses_are_paired_by_what_names_them_in_life() -> None:
    """A deployment is known by whose it is, a limit by what it counts; a last odd pair is one clause changed."""
    old = "deployments: [{by: france, forces: 2000 troops}, {by: united_kingdom, forces: 1000 troops}]\n"
    new = "deployments: [{by: united_kingdom, forces: 1000 troops}, {by: france, forces: 5000 troops}]\n"
    one = "deployments: [{by: [france, united_kingdom], forces: 2000 troops}]\n"
    only = "deployments: [{by: france, forces: 2000 troops}]\n"
    (changed,) = differences(SHORT + old, SHORT + new)
    assert changed == ClauseDifference(
        "deployments[france]", ClauseChange.CHANGED, (KeyDifference("forces", ("2000 troops",), ("5000 troops",)),)
    )
    assert [each.change for each in differences(SHORT + only, SHORT + one)] == [ClauseChange.CHANGED]


def test_a_limit_within_the_duties_is_a_clause() -> None:
    """Lists inside a clause are told entry by entry."""
    (limit,) = differences(SHORT, SHORT + "duties: {limits: [{on: 85000 troops, sense: ceiling}]}\n")
    assert (limit.clause, limit.change) == ("duties.limits[troops]", ClauseChange.ADDED)


def test_an_outcome_can_be_added() -> None:
    """What history said may come later."""
    (outcome,) = differences(SHORT, SHORT + "outcome: {result: honoured}\n")
    assert outcome == ClauseDifference("outcome", ClauseChange.ADDED, (KeyDifference("result", (), ("honoured",)),))


def test_the_head_has_its_own_place() -> None:
    """Date and status belong to no clause."""
    (head,) = differences(SHORT, SHORT.replace("in_force", "ended"))
    assert head.clause == HEAD


@given(arrangements())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_differs_from_itself(arrangement: Arrangement) -> None:
    """An arrangement has no difference from itself, even where it repeats a clause."""
    assert find_differences(old=arrangement, new=arrangement) == ()


@given(arrangements(), arrangements())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_there_and_back_is_the_same_way(old: Arrangement, new: Arrangement) -> None:
    """What is added one way is removed the other way, and what changed is turned round."""
    turned = {
        ClauseChange.ADDED: ClauseChange.REMOVED,
        ClauseChange.REMOVED: ClauseChange.ADDED,
        ClauseChange.CHANGED: ClauseChange.CHANGED,
    }
    there = find_differences(old=old, new=new)
    back = find_differences(old=new, new=old)
    counts = [sorted(turned[each.change] for each in there), sorted(each.change for each in back)]
    assert counts[0] == counts[1]


@given(arrangements(), st.data())
@settings(max_examples=50, deadline=None)
def test_any_change_of_one_clause_is_seen(arrangement: Arrangement, data: st.DataObject) -> None:
    """Whatever key is changed, the difference names it, and nothing else."""
    key = data.draw(st.sampled_from([key for key in keys_of(Arrangement) if key.record is None and not key.is_list]))
    changed = replace(arrangement, **{key.name: data.draw(values_of(key))})
    told = find_differences(old=arrangement, new=changed)
    assert [each.key for clause in told for each in clause.keys] == [key.name] * (changed != arrangement)


def test_the_command_tells_both_words() -> None:
    """`foedus diff` prints clause, key, old and new words, and takes names of packaged arrangements."""
    result = CliRunner().invoke(diff_command, ["istanbul_draft_2022", "ukraine/budapest_memorandum_1994", "--markdown"])
    assert result.exit_code == 0
    assert "# From istanbul_draft_2022 to budapest_memorandum_1994" in result.stdout
    assert "## decision: changed" in result.stdout
    assert "- **outside_action:** forbidden → allowed" in result.stdout


def test_the_command_says_when_nothing_differs() -> None:
    """Equal arrangements are said to be equal."""
    result = CliRunner().invoke(diff_command, ["no_guarantee", "no_guarantee"])
    assert "They say the same." in result.stdout


@pytest.mark.parametrize("wrong", [("nowhere", "no_guarantee"), ("no_guarantee", "nowhere"), ("nowhere", "elsewhere")])
def test_the_command_names_every_file_that_it_cannot_use(wrong: tuple[str, str]) -> None:
    """Both names are checked before the exit."""
    result = CliRunner().invoke(diff_command, list(wrong))
    assert result.exit_code == 2
    assert all(repr(name) in result.stderr for name in wrong if name != "no_guarantee")


def test_packaged_arrangements_differ() -> None:
    """No two packaged arrangements say the same."""
    names = ("ukraine/no_guarantee", "ukraine/nato_membership", "ukraine/istanbul_draft_2022")
    loaded = [load_from_library(name) for name in names]
    for old, new in pairwise(loaded):
        assert find_differences(old=old, new=new)
