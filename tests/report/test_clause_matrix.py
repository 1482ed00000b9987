from foedus.arrangement.library import library_files, load_from_library
from foedus.arrangement.load import loads
from foedus.report.comparison.clause_matrix import clause_tables

TEXT = """
foedus: 1
id: test_case
name: A case
theatre: nowhere
legal_form: treaty
publicity: public
status: proposed
parties:
  protected_state: ukraine
  adversary: russia
  guarantor: [united_states, france, poland, germany, russia]
scope: {territory: Ukraine}
commitments:
  - {id: fight, by: [france], answers: invasion, tier: defend, bindingness: may}
  - {id: arm, by: all_guarantors, answers: [incursion, invasion], tier: support, bindingness: shall_specified}
  - {id: talk, by: all_guarantors, answers: hybrid, tier: support, bindingness: will_consult}
trigger:
  type: armed_attack
  invoked_by: ukraine
  determined_by: council_with_veto
  blocked_by: russia
  consult_within: 24 h
consents: {response: all_guarantors}
deployments:
  - {by: [france], forces: 10000 - 15000 troops, since: ceasefire, can_be_ended_by: russia}
term: {length: 10 y, extendable: true}
sources: [{title: made up}]
"""


def cells(text: str) -> dict[str, str]:
    record = loads(text)
    tables = clause_tables(
        {record.id: record}, order=[record.id], labels={record.id: "Case"}, party_names={"france": "France"}
    )
    return {column.heading: cell for table in tables for column, cell in zip(table.columns, table.rows[0], strict=True)}


def test_the_strongest_promise_of_each_tier_is_told_unless_a_higher_one_covers_it() -> None:
    """A right to defend does not cover a duty to support; the duty to meet is covered by the duty to support."""
    assert cells(TEXT)["Strongest promise"].split("\n") == [
        "Defend: may (France, on invasion)",
        "Support: shall, by a named measure (all guarantors, Russia among them, on incursion and invasion)",
    ]


def test_an_adversary_that_holds_a_veto_is_named() -> None:
    """Where a veto belongs to a group, the page says when the adversary is in it."""
    found = cells(TEXT)
    assert found["Veto"] == "Over any response: all guarantors, Russia among them"
    assert found["Who determines"] == "Council with veto\nCan be blocked by Russia"


def test_numbers_and_clocks_are_told_as_written() -> None:
    """Forces, deadlines and terms keep their units."""
    found = cells(TEXT)
    assert found["Forces"] == "France: 10\u202f000–15\u202f000 troops, from ceasefire, can be ended by Russia"
    assert found["Clocks"] == "Meet within 24 h"
    assert found["Term"] == "10 y\nExtendable"


def test_what_is_unknown_is_told_as_unknown() -> None:
    """Silence of the text and a gap in our knowledge are different words."""
    unknown = cells(TEXT.replace("{length: 10 y, extendable: true}", "{length: unknown}"))
    endless = cells(TEXT.replace("{length: 10 y, extendable: true}", "{length: none}"))
    assert (unknown["Term"], endless["Term"]) == ("Length unknown", "Without end")


def test_every_packaged_arrangement_can_be_laid_side_by_side() -> None:
    """No cell is empty, whatever an arrangement leaves out."""
    records = {record.id: record for record in map(load_from_library, library_files())}
    labels = {name: name for name in records}
    for table in clause_tables(records, order=list(records), labels=labels, party_names={}):
        assert len(table.rows) == len(records)
        assert all(cell.strip() for row in table.rows for cell in row)
        assert not any("_" in cell for row in table.rows for cell in row[1:])


def test_who_stands_beside_a_group_is_named_with_it() -> None:
    """A duty of the allies is invoked by the ally that is protected, and by no state that is not of them."""
    record = load_from_library("ukraine/nato_membership")
    tables = clause_tables({record.id: record}, order=[record.id], labels={record.id: "NATO"}, party_names={})
    told = "\n".join(cell for table in tables for cell in table.rows[0])
    assert "Invoked by Ukraine and all guarantors\n" in f"{told}\n"
    assert "Russia among them" not in told
