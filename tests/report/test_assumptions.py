import dataclasses

from foedus.futures.from_arrangement import default_parameters
from foedus.futures.parameters import Parameter, Shape, Status
from foedus.report.assumptions import assumption_tables, parameter_words, status_line


def parameter(name: str, *, group: str | None = None, what: str = "what it is") -> Parameter:
    return Parameter(
        name=name, what=what, unit="stake", shape=Shape.UNIFORM, low=0.1, high=0.4, status=Status.ASSUMED,
        source="somebody says so", group=group or name, file="game.yaml",
    )  # fmt: skip


def test_every_parameter_is_told_with_its_source() -> None:
    """No number that a comparison rests on is missing from its page."""
    parameters = default_parameters().entries
    rows = [row for table in assumption_tables(parameters) for row in table.rows]
    told = " ".join(cell for row in rows for cell in row)
    assert all(each.name.rpartition(".")[2] in told for each in parameters)
    assert all(row[5] for row in rows)


def test_one_number_for_each_tier_is_one_row() -> None:
    """Four ranges that mean the same and have one source stand together, each by its name."""
    tiers = [parameter(f"penalty.{tier}", group="penalty") for tier in ("none", "support", "deploy", "defend")]
    ((row,),) = [table.rows for table in assumption_tables(tiers)]
    assert row[0] == "penalty"
    assert row[2].split("\n")[1] == "support: 0.1 to 0.4, uniform"


def test_scales_that_are_drawn_together_are_named_as_a_whole() -> None:
    """Which word of a scale moved the lead cannot be told, so the scale is named."""
    words = parameter_words(
        [parameter("legal_form.treaty", group="legal_form"), parameter("legal_form.none", group="legal_form", what="x"),
         parameter("prior", what="chance of the high type")]
    )  # fmt: skip
    assert words["legal_form.treaty"] == "the scale of legal form as a whole"
    assert words["prior"] == "chance of the high type"


def test_it_counts_where_ranges_come_from() -> None:
    """Assumed and estimated numbers are counted apart."""
    estimated = dataclasses.replace(parameter("b"), status=Status.ESTIMATED, shape=Shape.FIXED)
    assert (
        status_line([parameter("a"), estimated])
        == "Of 2 numbers 1 is assumed and 1 is estimated, 1 of them held fixed."
    )
