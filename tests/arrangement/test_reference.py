from pathlib import Path

from click.testing import CliRunner

from foedus.arrangement.conditions import FACTS
from foedus.arrangement.fields.codes import Code
from foedus.arrangement.language.keys import all_records, all_words, keys_of
from foedus.cli.commands.arrangement import schema_command
from foedus.text.codes import TextCode

PAGE = Path(__file__).parents[2] / "docs" / "language.md"


def printed() -> str:
    return CliRunner().invoke(schema_command, ["--reference"]).stdout


def test_the_page_is_what_the_command_prints() -> None:
    """docs/language.md is ``foedus schema --reference > docs/language.md`` and nothing else."""
    assert PAGE.read_text(encoding="utf-8") == printed()


def test_the_page_leaves_nothing_out() -> None:
    """Every key, word, fact and code of the language stands on the page with its description."""
    page = printed()
    for record in all_records():
        part = page.split(f"\n## {record.__name__}\n")[1].split("\n## ")[0]
        assert all(f"| `{key.name}` | {key.about}" in part for key in keys_of(record))
    for words in all_words():
        part = page.split(f"\n### {words.__name__}\n")[1].split("\n##")[0]
        assert all(f"| `{word}` | {word.meaning} |" in part for word in words)
    assert all(f"| `{fact}` | {text} |" in page for fact, text in FACTS.items())
    assert all(f"| `{code}` | {code.meaning} |" in page for code in (*TextCode, *Code))


def test_every_row_fits_its_table() -> None:
    """No cell breaks its table: each row has as many cells as the heading above it."""
    width = 0
    for line in printed().splitlines():
        cells = line.replace("\\|", "").count("|")
        assert not line.startswith("|") or cells == (width or cells)
        width = cells if line.startswith("|") else 0


def test_every_link_has_its_heading() -> None:
    """Links between the tables lead somewhere."""
    page = printed()
    headings = {line.lstrip("# ").lower() for line in page.splitlines() if line.startswith("#")}
    linked = {part.split(")")[0] for part in page.split("](#")[1:]}
    assert linked <= headings
    assert linked
