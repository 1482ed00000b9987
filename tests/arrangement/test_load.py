from pathlib import Path

import pytest
from pydantic import TypeAdapter

from foedus.arrangement.conditions import And, Fact, Not
from foedus.arrangement.fields.codes import Code
from foedus.arrangement.language.keys import Record, all_records, all_words, key_at, keys_of, record_at
from foedus.arrangement.load import load, loads
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness, Finds, OutsideAction, TierWord, Unspecified
from foedus.errors import Finding, InvalidFile
from foedus.text.codes import TextCode
from foedus.text.yaml_tree import MAX_BYTES
from foedus.values.duration import Duration
from foedus.values.quantity import Forces
from foedus.values.word import Word
from tests.arrangement.written import SHORT


def findings_in(text: str) -> tuple[Finding, ...]:
    with pytest.raises(InvalidFile) as caught:
        loads(text)
    return caught.value.findings


def test_a_short_arrangement_is_read() -> None:
    """Words become words of the vocabulary, single entries become lists, silence becomes the default."""
    arrangement = loads(SHORT)
    clause = arrangement.commitments[0]
    assert arrangement.parties.protected_state == ("ukraine",)
    assert clause.answers == (Finds.INVASION,)
    assert clause.tier is TierWord.SUPPORT
    assert clause.bindingness is Bindingness.INTENDS
    assert clause.money is Unspecified.NONE
    assert arrangement.decision.outside_action is OutsideAction.ALLOWED
    assert arrangement.trigger.invoked_by == ("unknown",)
    assert arrangement.term.length == Unspecified.UNKNOWN


def test_units_and_conditions_are_read() -> None:
    """Durations, forces and conditions arrive as values and not as text."""
    extra = "    within: 72 h\n    forces: 10000 - 15000 troops\n    when: external and not provoked\n"
    clause = loads(SHORT + extra).commitments[0]
    assert clause.within == Duration(72, "h")
    assert clause.forces == Forces(10_000, 15_000, "troops")
    assert clause.when == And((Fact("external"), Not(Fact("provoked"))))


def test_unknown_and_none_stay_apart() -> None:
    """That a text is silent and that nobody could find out are two things, and both survive."""
    clause = loads(SHORT + "    within: unknown\n    money: none\n").commitments[0]
    assert clause.within is Unspecified.UNKNOWN
    assert clause.money is Unspecified.NONE


def test_everything_wrong_is_told_at_once() -> None:
    """Mistakes of spelling, structure and reference come together, in the order of the file."""
    broken = SHORT.replace("in_force", "inforce").replace("by: all_guarantors", "by: germany") + "    withn: 72 h\n"
    found = findings_in(broken + "summary: on\n")
    assert [finding.code for finding in found] == ["unknown-word", "stranger", "unknown-key", "surprising-word"]
    assert [finding.line for finding in found] == sorted(finding.line for finding in found)


def test_one_mistake_is_told_once() -> None:
    """A word that is refused for how it is written is not refused again for what it is."""
    assert [finding.code for finding in findings_in(SHORT.replace("in_force", "on"))] == ["surprising-word"]
    assert [finding.code for finding in findings_in(SHORT + "term: !!str no\n")] == ["tag"]


def test_responders_are_guarantors_and_supporters_but_not_the_adversary() -> None:
    """An adversary that guarantees, as in 1994, answers no breach of its own."""
    parties = "  guarantor: [russia, france]\n  supporter: [poland, france]\n"
    arrangement = loads(SHORT.replace("  guarantor: [france, united_kingdom]\n", parties))
    assert arrangement.responders == ("france", "poland")


def test_a_party_that_the_facts_do_not_know_can_be_named() -> None:
    """History needs parties that no longer exist."""
    text = SHORT.replace("[france, united_kingdom]", "[prussia]") + "party_names: {prussia: Prussia}\n"
    assert loads(text).parties.guarantor == ("prussia",)


def test_a_file_names_itself_in_its_findings(tmp_path: Path) -> None:
    """Findings say which file they are about."""
    file = tmp_path / "broken.yaml"
    file.write_text("a: 1\n", encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        load(file)
    assert {finding.file for finding in caught.value.findings} == {str(file)}


def test_a_huge_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A file above the limit is refused by its size, even where its bytes are no text."""
    file = tmp_path / "huge.yaml"
    file.write_bytes(b"\xff" * (MAX_BYTES + 1))
    with pytest.raises(InvalidFile) as caught:
        load(file)
    assert [finding.code for finding in caught.value.findings] == [TextCode.TOO_LARGE]


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    """The limit itself is within the limit."""
    file = tmp_path / "full.yaml"
    file.write_text(SHORT + "#" * (MAX_BYTES - len(SHORT)), encoding="utf-8")
    assert load(file) == loads(SHORT)


def test_a_file_that_is_not_there_is_no_finding(tmp_path: Path) -> None:
    """Whoever calls learns that there is no file, as from any other call."""
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "nothing.yaml")


@pytest.mark.parametrize("record", all_records(), ids=lambda record: record.__name__)
def test_every_example_is_accepted(record: Record) -> None:
    """The example of each key is one that the language itself accepts, record by record."""
    written = {key.name: key.example for key in keys_of(record)}
    read = TypeAdapter(record).validate_python(written)
    assert isinstance(read, record)


def test_every_key_is_described() -> None:
    """Each key says what it holds and shows an example; each path leads to its key."""
    for record in all_records():
        for key in keys_of(record):
            assert key.about
            assert key.example is not None
            assert key.kind
    assert (found := key_at(("commitments", 3, "answers", 0))) is not None
    assert found.words is Finds
    assert record_at(("trigger", "proof")) is not None
    assert key_at(("party_names", "prussia")) == key_at(("party_names",))
    assert key_at(("nothing", "here")) is None
    assert record_at(()) is Arrangement


@pytest.mark.parametrize("words", [*all_words(), Unspecified, Code, TextCode], ids=lambda words: words.__name__)
def test_every_word_has_a_meaning(words: type[Word]) -> None:
    """No word of the language goes without a meaning, and no meaning serves two words of one vocabulary."""
    meanings = [word.meaning for word in words]
    assert all(meanings)
    assert len(set(meanings)) == len(meanings)


def test_a_word_without_a_meaning_cannot_be_made() -> None:
    """Whoever adds a word must say what it means."""
    with pytest.raises(TypeError, match="needs a meaning"):

        class _Colour(Word):
            RED = "red"


@pytest.mark.parametrize("name", ['"A guarantee\\nno findings"', '"A\\tguarantee"', "|\n  A guarantee\n  of two lines"])
def test_a_name_stands_on_one_line(name: str) -> None:
    """A line break in it could write a line of its own into a table."""
    text = "".join(f"name: {name}\n" if line.startswith("name:") else f"{line}\n" for line in SHORT.splitlines())
    with pytest.raises(InvalidFile, match="stands on one line"):
        loads(text)
