"""`foedus negotiate` as a user meets it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.cli.commands.negotiate import negotiate_command
from foedus.jobs.asking.reading import read_balance, write_balance
from foedus.jobs.negotiate import balances_in

PAIR = ["ukraine/kremlin_terms_2024", "ukraine/kyiv_security_compact_2022"]
SMALL = ["--steps", "2", "--futures", "2", "--grid", "4,4,1", "--horizon", "2y", "--workers", "1"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(negotiate_command, list(arguments), env={"COLUMNS": "120"})


def test_who_would_sign_is_told_and_written(tmp_path: Path) -> None:
    """The whole way with the real solver: acceptance by party, movement, consent, members; page and result file."""
    result = run(*PAIR, *SMALL, "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    for heading in ("Who would sign what", "How it moves with the balance", "With consent or without"):
        assert heading in result.output
    assert "Poland" in result.output
    negotiation = json.loads((tmp_path / "negotiation.json").read_text())["negotiation"]
    assert negotiation["balances"] == [-0.5, 0.5]
    assert {offer["arrangement"] for offer in negotiation["rounds"][0]["offers"]} == {
        "kremlin_terms_2024",
        "kyiv_security_compact_2022",
    }
    page = (tmp_path / "report.html").read_text()
    assert page.count("<svg") == 1
    assert "<script" not in page


def test_one_arrangement_at_one_balance_is_enough(tmp_path: Path) -> None:
    """No movement is told where nothing moves."""
    result = run(PAIR[0], *SMALL, "--balance", "0.2", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert "How it moves" not in result.output


def test_balances_are_evenly_spaced() -> None:
    """Ends included; one step is the middle."""
    assert balances_in(-0.5, 0.5, steps=5) == (-0.5, -0.25, 0.0, 0.25, 0.5)
    assert balances_in(-0.5, 0.5, steps=1) == (0.0,)
    assert balances_in(0.3, 0.3, steps=5) == (0.3,)


@pytest.mark.parametrize("balance", [(-0.5, 0.5), (0.2, 0.2), (-1e-7, 0.123456789), (0.0, 2.0)])
def test_a_balance_is_read_as_it_was_written(balance: tuple[float, float]) -> None:
    """Every digit survives, however small."""
    assert read_balance(write_balance(balance)) == balance


@pytest.mark.parametrize(
    ("balance", "message"),
    [("half", "is no balance"), ("0.5..-0.5", "the smaller one first"), ("-3..3", "between -2 and 2")],
)
def test_a_wrong_balance_is_told_in_words(balance: str, message: str) -> None:
    """Exit code 2 and what to write instead."""
    result = run(PAIR[0], "--balance", balance)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
