"""Inputs that people and programs really write, and that went wrong once: each ends in words or a right answer.

Own specimens, as small as they can be. What needs the game solved stands beside it: outputs in `tests/cli/test_output`,
limits in `tests/jobs/test_limits`, clusters in `tests/futures/test_cluster_faults`, budgets in
`tests/insight/test_design_of`, texts of other sides or of one game in `tests/cli/test_compare`.
"""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from foedus.cli.main import main

BASE = """\
foedus: 1
id: small
name: "A small guarantee"
theatre: ukraine
legal_form: treaty
status: hypothetical
parties:
  protected_state: ukraine
  adversary: russia
  guarantor: [france, united_kingdom]
scope:
  territory: Ukraine
commitments:
  - id: help
    by: all_guarantors
    answers: [incursion, invasion]
    tier: defend
    bindingness: shall_specified
sources: [{title: a specimen}]
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a way to run a command on files that are written first; a traceback fails the test."""
    monkeypatch.chdir(tmp_path)

    def run_it(*words: str, **files: str) -> Result:
        for name, text in files.items():
            ending = "csv" if name.startswith("table") else "yaml"
            Path(f"{name}.{ending}").write_bytes(text.encode("utf-8", "surrogatepass"))
        return CliRunner().invoke(main, words, catch_exceptions=False)

    return run_it


def with_line(line: str) -> str:
    """Return the specimen with a line more."""
    return f"{BASE}{line}\n"


@pytest.mark.parametrize("directive", ["%YAML 1.3", "%YAML 1.0", "%TAG ! tag:x,2026:"])
@pytest.mark.parametrize(
    "words", [("check", "a.yaml"), ("params", "prior", "--parameters", "a.yaml"), ("claims", "a.yaml")]
)
def test_a_directive_is_named_where_it_stands(run: Run, directive: str, words: tuple[str, ...]) -> None:
    """In a text, a parameter file and a claim; YAML 1.2 knows them, and foedus reads none."""
    result = run(*words, a=f"{directive}\n---\n{BASE}")
    assert result.exit_code == 2
    assert f"a.yaml:1:1: error [loose-yaml]: the directive '{directive}'" in result.stderr


@pytest.mark.parametrize("name", ["[/x] a guarantee", "[bold]loud[/bold]", "a [link=file:///etc] b", ":warning: [red]"])
@pytest.mark.parametrize("words", [("explain", "--compiled", "a.yaml"), ("show", "a.yaml"), ("check", "a.yaml")])
def test_a_name_is_printed_as_it_stands(run: Run, name: str, words: tuple[str, ...]) -> None:
    """What looks like markup of a terminal is a name like any other."""
    result = run(*words, a=BASE.replace('"A small guarantee"', f'"{name}"'))
    assert result.exit_code in (0, 1)
    if words[0] != "check":
        assert name in result.stdout


@pytest.mark.parametrize(
    ("line", "most"),
    [
        (f"deployments: [{{by: france, forces: {'9' * 60} troops}}]", "100000000 at most"),
        (f"deployments: [{{by: france, forces: {'9' * 310} troops}}]", "100000000 at most"),
        (f"trigger: {{decide_within: {'9' * 40} y}}", "longer than 1000 years"),
        (f"standing_support: [{{by: [france], money: {'9' * 40} bn EUR}}]", "at most"),
    ],
)
@pytest.mark.parametrize("command", ["check", "show", "explain"])
def test_a_quantity_beyond_all_there_is_is_refused_with_the_largest(
    run: Run, line: str, most: str, command: str
) -> None:
    """Every command says the same, and none reckons with it."""
    result = run(command, "a.yaml", a=with_line(line))
    assert result.exit_code == 2
    assert most in result.stderr


def test_a_disarmed_state_has_numbers(run: Run) -> None:
    """Own forces of zero are a state without an army, not a division by zero."""
    result = run("explain", "--json", "a.yaml", a=with_line("duties: {own_forces: 0 troops, own_defence: disarm}"))
    if result.exit_code == 2:
        assert "own_forces" in result.stderr
    else:
        assert result.exit_code == 0
        assert "NaN" not in result.stdout


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\u202e", "\u200b"])
def test_what_nobody_sees_is_no_clause(run: Run, sign: str) -> None:
    """Behind these signs a clause could hide in a comment; it is refused and shown as an escape."""
    result = run("diff", "base.yaml", "a.yaml", base=BASE, a=with_line(f"  # a comment{sign}term: {{length: 10 y}}"))
    assert result.exit_code == 2
    assert "[hidden-sign]" in result.stderr
    assert f"\\u{ord(sign):04x}" in result.stderr


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ("notes: [a note]#glued", 20),
        ("notes: [a note,#glued\n  b]", 20),
        ("notes: [a,\nb]", 21),
        ("notes: ['a\nb']", 21),
    ],
)
def test_what_other_readers_refuse_is_refused(run: Run, wrong: str, line: int) -> None:
    """A file that foedus takes and others refuse cannot be shared."""
    result = run("show", "a.yaml", a=with_line(wrong))
    assert result.exit_code == 2
    assert f"a.yaml:{line}:" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        BASE.replace("foedus: 1", "foedus: ١"),
        BASE.replace("foedus: 1", "foedus: 1.0"),
        BASE.replace("foedus: 1", "foedus: true"),
        with_line("trigger: {decide_within: ٧٢ h}"),
        with_line("decision: {rule: quorum, quorum: {support: ٠.٥}}"),
    ],
)
def test_only_plain_digits_make_a_number(run: Run, text: str) -> None:
    """Other readers take them for text; and the version is the number 1."""
    assert run("show", "a.yaml", a=text).exit_code == 2
    overlay = "prior: {fixed: ٠.٥, status: assumed, source: mine}\n"
    assert run("params", "prior", "--parameters", "b.yaml", b=overlay).exit_code == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BASE.replace("small guarantee", "\\U00110000"), "3:"),
        (BASE.replace("small guarantee", "\\ud83d\\ude00"), "half of a pair of signs"),
        (BASE.replace("theatre: ukraine", "theatre:\tukraine"), "tabs are not accepted"),
        (BASE.replace("id: small", "id: z"), "two or more lower-case letters"),
        (BASE.replace("adversary: russia", "adversary: russi\u0430"), "U+0430"),
    ],
)
def test_what_is_wrong_in_yaml_is_told_in_own_words(run: Run, text: str, told: str) -> None:
    """At the right place, and not in the words of a library."""
    result = run("check", "a.yaml", a=text)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "pydantic" not in result.stderr
    assert "chr()" not in result.stderr


def test_thousands_of_unknown_names_are_told_at_once(run: Run) -> None:
    """The time grows with the file, and not with its square."""
    seconds = []
    for count in (500, 2000):
        names = ", ".join(f"pp{number}" for number in range(count))
        began = time.process_time()
        result = run("check", "a.yaml", a=BASE.replace("france, united_kingdom", names))
        seconds.append(time.process_time() - began)
        assert result.exit_code == 2
        assert result.stderr.count("[unknown-party]") == count
    assert seconds[1] < 12 * seconds[0] + 0.5


def test_a_condition_of_every_fact_is_worked_out_at_once(run: Run) -> None:
    """A chain of alternatives has as many ways to be decided as it has links."""
    every = (
        "requested or consulted or council_decides or adversary_agrees or parliament_approves or external or persists "
        "or flagrant or significant or deliberate or sustained or named_scenario or acts(france) or attribution > none"
    )
    began = time.process_time()
    text = BASE.replace("bindingness: shall_specified", f"bindingness: shall_specified\n    when: {every}")
    assert run("explain", "--json", "a.yaml", a=text).exit_code == 0
    assert time.process_time() - began < 20


def table(*, odd: dict[str, str] | None = None, rows: int = 80) -> str:
    """Return a table of a game with three ends: did 1 move on, did 2 fight; two regressors."""
    random = np.random.default_rng(4)
    x, z = random.normal(size=(2, rows))
    esc = (random.normal(size=rows) + 0.3 * x > -0.2).astype(int)
    war = esc * (random.normal(size=rows) + z > 0).astype(int)
    lines = [f"{a},{b},{c:.3f},{d:.3f}" for a, b, c, d in zip(esc, war, x, z, strict=True)]
    text = "\n".join(["esc,war,x,z", *lines]) + "\n"
    for old, new in (odd or {}).items():
        text = text.replace(old, new, 1)
    return text


MODEL = "esc + war ~ x | 0 | 1 | z"


def test_one_dot_in_a_column_is_told_with_its_line(run: Run) -> None:
    """A column of numbers with one word is no column of words with a dummy for each number."""
    lines = table().splitlines()
    lines[6] = lines[6].rpartition(",")[0] + ",."
    result = run("estimate", "egame12", "table.csv", MODEL, table="\n".join(lines) + "\n")
    assert result.exit_code == 2
    assert 'column z holds numbers and 1 word (line 7: ".")' in result.stderr


@pytest.mark.parametrize(
    ("odd", "formula", "told"),
    [
        ({"esc,war,x,z": "esc,war, x ,z"}, MODEL, "the column is called ' x '"),
        ({}, "esc + war ~ x | 0 | 1 | I(z^2)", "write x**2"),
        ({}, "esc + war ~ x | 0 | 1 | factor(z)", "write C(z)"),
        ({"esc,war,x,z": "esc,war,x,power-balance"}, MODEL, "no column z"),
        ({}, "esc + war ~ x | 0 | 1 | z ~ x", "2 signs ~"),
    ],
)
def test_names_and_formulas_are_told_as_they_were_meant(run: Run, odd: dict[str, str], formula: str, told: str) -> None:
    """In quotes where blanks count, and with what to write instead."""
    result = run("estimate", "egame12", "table.csv", formula, table=table(odd=odd))
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_table_of_a_heading_alone_has_no_rows(run: Run) -> None:
    """Not words where numbers are needed."""
    result = run("estimate", "egame12", "table.csv", MODEL, table="esc,war,x,z\n")
    assert result.exit_code == 2
    assert "the table has no rows" in result.stderr


def test_a_column_in_backticks_is_found_and_the_ends_are_told(run: Run) -> None:
    """A hyphen is no minus there; and what each end of the tree is stands in every output."""
    renamed = table(odd={"esc,war,x,z": "esc,war,x,power-balance"})
    result = run("estimate", "egame12", "table.csv", "esc + war ~ x | 0 | 1 | `power-balance`", table=renamed)
    assert result.exit_code == 0
    assert "end 1 = ~esc" in result.stdout


def test_words_for_ends_are_not_sorted_by_alphabet(run: Run) -> None:
    """Which word is which end is asked for."""
    words = {"0,0": "status quo", "1,0": "concession", "1,1": "war"}
    lines = table().splitlines()
    rows = [f"{words[','.join(line.split(',')[:2])]},{','.join(line.split(',')[2:])}" for line in lines[1:]]
    text = "\n".join(["end,x,z", *rows]) + "\n"
    result = run("estimate", "egame12", "table.csv", "end ~ x | 0 | 1 | z", table=text)
    assert result.exit_code == 2
    assert "--ends" in result.stderr


def test_a_regressor_of_one_row_gives_no_numbers(run: Run) -> None:
    """It is named, with its line, and nothing is estimated."""
    lines = table().splitlines()
    once = [f"{line},{int(number == 2)}" for number, line in enumerate(lines[1:])]
    text = "\n".join(["esc,war,x,z,once", *once]) + "\n"
    result = run("estimate", "egame12", "table.csv", f"{MODEL} + once", table=text)
    assert result.exit_code == 3
    assert "u24:once" in result.stderr


def test_more_forces_than_there_are_is_a_finding(run: Run) -> None:
    """Nine million soldiers of a party that has two hundred thousand."""
    line = "deployments: [{by: france, forces: 9000000 troops, since: ceasefire}]"
    result = run("check", "a.yaml", "--id", "F04", a=with_line(line))
    assert result.exit_code == 1
    assert "9000000 troops" in result.stdout


@pytest.mark.parametrize("place", ["/dev/null/out", "/proc/out"])
@pytest.mark.parametrize(
    "words",
    [
        ("evidence", "--futures", "1000"),
        ("negotiate", "ukraine/no_guarantee", "--futures", "1000"),
        ("explain", "ukraine/no_guarantee", "--anatomy", "--futures", "1000"),
        ("design", "ukraine/no_guarantee"),
        ("claims", "--futures", "1000"),
        ("compare", "ukraine", "--futures", "1000"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_the_work(run: Run, place: str, words: tuple[str, ...]) -> None:
    """Within the time that it takes to look, not after minutes."""
    began = time.process_time()
    result = run(*words, "--out", place)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert time.process_time() - began < 20
