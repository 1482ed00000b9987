import dataclasses

from foedus.futures.parameters.load import default_parameters, load_parameters
from foedus.futures.parameters.record import Cause, Parameter, Parameters, Shape, Status, View
from foedus.report.parameters.assumptions import Basis, basis_of, basis_words, parameter_words, status_line
from foedus.report.parameters.tables import assumption_tables, difference_table


def parameter(name: str, *, group: str | None = None, what: str = "what it is") -> Parameter:
    return Parameter(
        name=name,
        what=what,
        unit="stake",
        shape=Shape.UNIFORM,
        low=0.1,
        high=0.4,
        status=Status.ASSUMED,
        source="somebody says so",
        group=group or name,
        file="game.yaml",
    )


def test_every_parameter_is_told_with_its_source() -> None:
    """No number that a comparison rests on is missing from its page."""
    parameters = default_parameters().entries
    rows = [row for table in assumption_tables(parameters) for row in table.rows]
    told = " ".join(cell for row in rows for cell in row)
    assert all(each.name.rpartition(".")[2] in told for each in parameters)
    assert all(row[-1] for row in rows)


def test_one_number_for_each_tier_is_one_row() -> None:
    """Four ranges that mean the same and have one source stand together, each by its name."""
    tiers = [parameter(f"penalty.{tier}", group="penalty") for tier in ("none", "support", "deploy", "defend")]
    ((row,),) = [table.rows for table in assumption_tables(tiers)]
    assert row[0] == "penalty"
    assert row[2].split("\n")[1] == "support: 0.1 to 0.4, uniform"


def test_scales_that_are_drawn_together_are_named_as_a_whole() -> None:
    """Which word of a scale moved the lead cannot be told, so the scale is named."""
    words = parameter_words(
        [
            parameter("legal_form.treaty", group="legal_form"),
            parameter("legal_form.none", group="legal_form", what="x"),
            parameter("prior", what="chance of the high type"),
        ]
    )
    assert words["legal_form.treaty"] == "the scale of legal form as a whole"
    assert words["prior"] == "chance of the high type"


def test_it_counts_where_ranges_come_from() -> None:
    """Assumed and estimated numbers are counted apart."""
    estimated = dataclasses.replace(parameter("b"), status=Status.ESTIMATED, shape=Shape.FIXED)
    assert (
        status_line([parameter("a"), estimated])
        == "Of 2 numbers 1 is assumed and 1 is estimated, 1 of them held fixed."
    )


def test_causes_that_move_parameters_together_are_told() -> None:
    """Each group with a cause behind it is listed with the correlation, its status and why."""
    led = dataclasses.replace(parameter("prior"), cause=Cause("lead_power", -0.6, Status.ELICITED, "a workshop"))
    table = assumption_tables([led, parameter("renege")])[-1]
    assert table.caption.startswith("Causes behind several parameters")
    assert table.rows == (("lead power", "prior", "\u22120.6", "elicited", "a workshop"),)


def test_what_differs_from_the_default_is_told_side_by_side() -> None:
    """A changed range, and a changed cause, stand beside what they replace; what is the same is left out."""
    default = Parameters((parameter("prior"), parameter("renege"), parameter("spill")))
    narrower = dataclasses.replace(parameter("prior"), high=0.2)
    led = dataclasses.replace(parameter("renege"), cause=Cause("lead_power", 0.5))
    table = difference_table(default.overlaid_with(Parameters((narrower, led))).changes_from(default))
    assert table is not None
    assert [row[0] for row in table.rows] == ["prior", "renege"]
    assert table.rows[0][2:4] == ("0.1 to 0.4, uniform", "0.1 to 0.2, uniform")
    assert "lead power, correlation 0.5 (assumed)" in table.rows[1][3]


def test_nothing_is_said_of_what_is_as_by_default() -> None:
    """Without a view or an overlay there is no table of differences and no sentence about them."""
    basis = basis_of(default_parameters(), default=default_parameters())
    assert difference_table(basis.changes) is None
    assert basis_words(basis) == ()
    assert basis_words(Basis()) == ()


def test_a_view_is_told_with_who_argues_for_it() -> None:
    """Whoever reads figures under a view sees whose view it is, and how many parameters it moves."""
    basis = basis_of(load_parameters(views=["weak_guarantors"]), default=default_parameters())
    first, second = basis_words(basis)
    assert first.startswith("View weak_guarantors (weak guarantors, argued by those for whom")
    assert second == "7 parameters differ from the default."


def test_a_note_of_several_sentences_ends_with_one_full_stop() -> None:
    """What a view says of itself is part of a sentence, however it was written."""
    views = (View("mine", "my own", "", "One thing. Another."), View("yours", "your own", "", "no sentence"))
    assert basis_words(Basis(views=views)) == (
        "View mine (my own): One thing. Another.",
        "View yours (your own): no sentence.",
    )


def test_every_parameter_says_whether_history_spoke() -> None:
    """The table of assumptions tells of each range whether the record has had a say in it."""
    default = default_parameters()
    basis = basis_of(default, default=default, weighted=load_parameters(views=("calibrated",)))
    tables = assumption_tables(default.entries, history=basis.history)
    rows = {row[0]: row for table in tables[:2] for row in table.rows}
    column = [each.heading for each in tables[0].columns].index("History")
    told = [row[column] for row in rows.values()]
    assert any(words.startswith("spoke") for words in told)
    assert any(words.startswith("did not speak") for words in told)
    assert all(row[column] for row in rows.values())
