"""The command `diff` with --meaning: what a change of text does to who owes what."""

from click.testing import CliRunner, Result

from foedus.cli.commands.arrangement import diff_command

NATO, COMPACT = "ukraine/nato_membership", "ukraine/kyiv_security_compact_2022"


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(diff_command, ["--meaning", *arguments])


def test_a_text_means_the_same_as_itself() -> None:
    """No incident is lost and none gained, for anybody or for any guarantor."""
    result = run(NATO, NATO)
    assert result.exit_code == 0
    assert "equivalent" in result.output
    assert not {"weaker", "stronger", "incomparable", "lost:", "gained:"} & set(result.output.split())


def test_what_one_way_is_lost_is_gained_the_other_way() -> None:
    """Turned round, weaker becomes stronger and the incident stays."""
    there, back = run(NATO, COMPACT).output, run(COMPACT, NATO).output
    incident = "A major offensive before the guarantors have met."
    assert f"lost: {incident}" in there
    assert f"gained: {incident}" in back
    assert "support and above: weaker" in there
    assert "support and above: stronger" in back


def test_guarantors_are_told_apart_and_like_ones_together() -> None:
    """Australia is no member of NATO: for it the compact is stronger, while for the members it is weaker."""
    output = run(NATO, COMPACT, "--markdown").output
    sections = {part.splitlines()[0]: part for part in output.split("## ")[1:]}
    (australia,) = [part for title, part in sections.items() if "Australia" in title]
    (albania,) = [part for title, part in sections.items() if "Albania" in title]
    assert "**support and above:** stronger" in australia
    assert "**support and above:** weaker" in albania
    assert "Belgium" in albania.splitlines()[0]
    assert "Owed by anybody" in sections


def test_without_the_option_the_words_are_compared() -> None:
    """The clause by clause difference is still what the plain command tells."""
    output = CliRunner().invoke(diff_command, [NATO, COMPACT]).output
    assert "legal_form" in output
    assert "Owed by" not in output


def test_a_name_that_does_not_exist_is_told() -> None:
    """As everywhere: exit code 2 and a suggestion."""
    result = run(NATO, "ukraine/kyiv_security_compakt_2022")
    assert result.exit_code == 2
    assert "did you mean" in result.output
