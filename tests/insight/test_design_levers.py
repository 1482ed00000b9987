"""Levers: every design is a text that can be written, read, and put to the checks."""

import random

import pytest

from foedus.arrangement.library import library_files, load_from_library
from foedus.arrangement.load import loads
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness, Finds, TierWord
from foedus.errors import UnknownName
from foedus.insight.design.files import army_of, as_design, is_text, written
from foedus.insight.design.holes import holes_of
from foedus.insight.design.lever import AS_IT_IS, Lever
from foedus.insight.design.levers import levers_of, text_of
from foedus.insight.design.promises import answer_by, bind
from tests.mechanism.specimens import compact, compiled

TROOPS = 900_000.0


def levers(arrangement: Arrangement, **narrowed: tuple[str, ...]) -> tuple[Lever, ...]:
    """Return the levers of a text, its own forces known."""
    return levers_of(arrangement, army=army_of(arrangement) or TROOPS, **narrowed)


def pulled(arrangement: Arrangement, **words: str) -> Arrangement:
    """Return the text with levers at the options that are named."""
    known = levers(arrangement)
    places = {lever.id: [option.word for option in lever.options] for lever in known}
    choices = [places[lever.id].index(words.get(lever.id, AS_IT_IS)) for lever in known]
    return text_of(arrangement, levers=known, choices=choices)


@pytest.mark.parametrize("name", sorted(library_files()))
def test_designs_from_every_library_text_can_be_written_read_and_checked(name: str) -> None:
    """Three designs drawn at random from each text are texts; the checks read the last of them without falling over."""
    arrangement, generator = load_from_library(name), random.Random(name)  # noqa: S311
    known = levers(arrangement)
    for number in range(3):
        choices = [generator.randrange(len(lever.options)) for lever in known]
        design = as_design(
            text_of(arrangement, levers=known, choices=choices), start=arrangement, number=number, changes=["some"]
        )
        assert is_text(design)
    assert loads(written(design, head=["How it was made."])) == design
    assert holes_of(design).coverage.incidents == holes_of(arrangement).coverage.incidents


@pytest.mark.parametrize("name", ["ukraine/kyiv_security_compact_2022", "ukraine/istanbul_draft_2022"])
def test_no_lever_moved_leaves_the_text_as_it_is(name: str) -> None:
    """The design of all zeros is the text itself."""
    arrangement = load_from_library(name)
    known = levers(arrangement)
    assert text_of(arrangement, levers=known, choices=[0] * len(known)) == arrangement


def test_what_is_kept_stays_and_what_is_to_vary_alone_varies() -> None:
    """Keeping the trigger takes away every lever that touches it, vetoes over the finding included."""
    arrangement = load_from_library("ukraine/istanbul_draft_2022")
    kept = levers(arrangement, keep=("trigger",))
    assert {lever.id for lever in levers(arrangement)} - {lever.id for lever in kept} == {"deadline", "proof", "veto"}
    generator = random.Random(2)  # noqa: S311
    for _ in range(20):
        text = text_of(arrangement, levers=kept, choices=[generator.randrange(len(each.options)) for each in kept])
        assert text.trigger == arrangement.trigger
    assert [lever.id for lever in levers(arrangement, vary=("rule", "deployments"))] == ["rule", "deployments"]


def test_a_misspelt_clause_is_told_with_the_nearest() -> None:
    """A user's slip does not pass in silence."""
    with pytest.raises(UnknownName, match="did you mean 'trigger'"):
        levers(compact(), keep=("triger",))


def test_options_that_say_what_the_text_says_are_left_out() -> None:
    """A text that keeps up its own defence is offered no such option beside "as it is"."""
    text = compact("duties: {own_defence: keep_up}")
    options = next(lever.options for lever in levers(text) if lever.id == "own_defence")
    assert [option.word for option in options] == [AS_IT_IS, "build_up", "capped at half"]


def test_a_text_without_guarantors_has_no_promise_to_vary() -> None:
    """Nobody is there to promise, deploy or decide."""
    neutral = load_from_library("history/austria_1955")
    assert not neutral.parties.guarantor
    assert not {"tier_invasion", "rule", "deployments"} & {lever.id for lever in levers(neutral)}


def test_one_determination_is_answered_otherwise_and_the_other_is_left() -> None:
    """The promise on an invasion becomes one to defend; that on an incursion stays as it was."""
    text = answer_by(compact(), finding=Finds.INVASION, tier=TierWord.DEFEND)
    by_answer = {clause.answers: clause for clause in text.commitments}
    assert by_answer[(Finds.INCURSION,)].tier is TierWord.DEPLOY
    assert by_answer[(Finds.INVASION,)].tier is TierWord.DEFEND
    assert by_answer[(Finds.INVASION,)].bindingness is Bindingness.SHALL_DISCRETIONARY
    oblige = compiled(text).compiled.oblige
    assert (oblige[:, 2, 3] == 0).all()
    assert (oblige[:, 3, 3] > 0).all()


def test_nothing_promised_is_nothing_owed() -> None:
    """With no answer to either, no obligation is left."""
    text = pulled(compact(), tier_incursion="nothing", tier_invasion="nothing")
    assert text.commitments == ()
    assert compiled(text).compiled.oblige.max() == 0


def test_language_changes_where_it_is_meant_to() -> None:
    """A weak word on an incursion weakens that promise alone; a clause that both answer is split, once."""
    text = bind(compact(), finding=Finds.INCURSION, word=Bindingness.MAY)
    words = {clause.answers: clause.bindingness for clause in text.commitments}
    assert words == {(Finds.INVASION,): Bindingness.SHALL_DISCRETIONARY, (Finds.INCURSION,): Bindingness.MAY}
    assert len({clause.id for clause in text.commitments}) == 2
    assert bind(text, finding=Finds.INCURSION, word=Bindingness.MAY) == text


def test_talk_is_not_turned_into_a_response() -> None:
    """A duty to consult stays one, whatever language the promises are put in."""
    compact_2022 = load_from_library("ukraine/kyiv_security_compact_2022")
    text = pulled(compact_2022, words_invasion="shall_specified", tier_incursion="nothing")
    talk = next(clause for clause in text.commitments if clause.id == "consultation")
    assert talk == compact_2022.commitments[0]


def test_like_promises_are_written_as_one() -> None:
    """The same tier on incursion and invasion makes one clause that answers both."""
    text = pulled(compact(), tier_incursion="support", tier_invasion="support")
    assert [clause.id for clause in text.commitments] == ["answer_incursion_invasion"]
    assert text.commitments[0].answers == (Finds.INCURSION, Finds.INVASION)


def test_levers_move_the_numbers_that_they_speak_of() -> None:
    """Forces, quorum, deadline, aid, monitors and a veto each change the array that they stand for."""
    plain = compiled(compact()).compiled
    assert compiled(pulled(compact(), deployments="30000 troops")).compiled.deployed_force > plain.deployed_force
    assert compiled(pulled(compact(), rule="two thirds join")).compiled.quorum[3] > plain.quorum[3]
    assert compiled(pulled(compact(), rule="unanimity")).compiled.must.all()
    assert compiled(pulled(compact(), deadline="24 h")).compiled.timeliness[1] > plain.timeliness[1]
    assert compiled(pulled(compact(), standing_support="owed, for five years")).compiled.aid > plain.aid
    assert compiled(pulled(compact(), own_defence="capped at half")).compiled.demilitarised == pytest.approx(
        0.5, abs=0.01
    )
    assert compiled(pulled(compact(), veto="over forces")).compiled.blocked.tolist() == [False, False, True, True]
    watched = compiled(pulled(compact(), monitoring="a mission that may say who did it")).compiled.confusion
    assert watched[0, 2, 2] > plain.confusion[0, 2, 2]


def test_a_design_says_how_it_was_made_and_claims_no_history() -> None:
    """Its note names the text that it was made from; what history said of that text is not carried over."""
    start = load_from_library("history/korea_1953")
    design = as_design(start, start=start, number=7, changes=["rule: unanimity"])
    assert design.id == "korea_1953_design_07"
    assert "rule: unanimity" in design.notes[0]
    assert design.outcome is None
    assert str(design.status) == "hypothetical"
