"""Other names of parties, groups of states by year, and copies to begin with."""

from foedus.arrangement.language.new import write_copy
from foedus.arrangement.library import library_files, load_from_library
from foedus.arrangement.load import loads

TEXT = """
foedus: 1
id: test
name: A test
theatre: baltic
legal_form: treaty
status: hypothetical
date: '{date}'
parties: {{protected_state: estonia, adversary: russian_federation, guarantor: [usa, uk, {group}]}}
scope: {{territory: Estonia}}
sources: [{{title: Written for the tests}}]
commitments:
  - {{id: aid, by: [uk], answers: [invasion], tier: support, bindingness: shall_specified}}
"""


def test_other_names_are_read_as_ids() -> None:
    """Whoever writes uk or usa means the party that the facts know by its full name, in clauses too."""
    text = loads(TEXT.format(date="2024", group="france"))
    assert text.parties.guarantor == ("united_states", "united_kingdom", "france")
    assert text.commitments[0].by == ("united_kingdom",)
    assert text.parties.adversary == ("russia",)


def test_members_of_an_alliance_are_those_of_the_year() -> None:
    """Finland was no member of NATO in 2010 and is one in 2024; the protected state does not guarantee itself."""
    before, after = (loads(TEXT.format(date=date, group="nato_members")).parties.guarantor for date in ("2010", "2024"))
    assert "finland" not in before
    assert "finland" in after
    assert "estonia" not in after
    assert after.count("united_kingdom") == 1


def test_a_copy_of_a_library_text_is_a_text_of_ones_own() -> None:
    """What stands in the library can be taken as a start: it says the same, under another id."""
    original = load_from_library("ukraine/nato_membership")
    copy = loads(write_copy(original, identifier="mine"))
    assert copy.id == "mine"
    assert copy.commitments == original.commitments
    assert copy.id not in {name.split("/")[-1] for name in library_files()}
