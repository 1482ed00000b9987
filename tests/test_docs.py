"""The README and the pages of docs/ lead somewhere: links, commands, options, figures."""

import re
import shlex
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path

import click
import pytest

from foedus.arrangement.library import library_files
from foedus.cli.main import main

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
PAGES = (README, CONTRIBUTING, *sorted(DOCS.rglob("*.md")))
ROOMS = ("tutorials", "how-to", "explanation", "reference")
USER_PAGES = (
    README,
    CONTRIBUTING,
    *sorted((*DOCS.glob("*.md"), *(page for room in ROOMS for page in (DOCS / room).glob("*.md")))),
)
"""Pages that say what holds now; decisions say what held when they were made."""
FIGURES = (".svg", ".png", ".webp")
SHELL = {"|", ">", ">>", "2>&1", "&&", "||"}
"""Where the words of a command end and those of the shell begin."""
BENCHMARKS = ROOT / "docs" / "benchmarks.md"

_pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
_user_pages = pytest.mark.parametrize("page", USER_PAGES, ids=lambda page: page.name)


@_pages
def test_links_lead_to_files_that_exist(page: Path) -> None:
    """Every relative link and picture of a page is there, and so is the heading that it points to."""
    for target in links(page):
        path, _, heading = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page.name}: {target}"
        if heading:
            assert heading in anchors(there), f"{page.name}: {target}"


def test_readme_leads_on() -> None:
    """The README shows a picture and leads to the index of the documentation, which leads to every page (test_site)."""
    found = set(links(README))
    assert "docs/index.md" in found
    assert any(target.endswith(FIGURES) for target in found)


@_user_pages
def test_commands_exist(page: Path) -> None:
    """Every `foedus` command that a page names is one, and takes the options that are named with it."""
    for words in commands(page, program="foedus"):
        refuse_unknown(words, page=page)


def test_readme_names_commands() -> None:
    """The README shows the main commands, so the test of commands has something to look at."""
    assert {words[0] for words in commands(README, program="foedus") if words} >= {"compare", "check", "show", "new"}


@pytest.mark.parametrize(
    "words", [["compere"], ["compare", "--futurse", "3"], ["--sed"], ["show", "ukraine/nato_membershop"]]
)
def test_wrong_commands_are_noticed(words: list[str]) -> None:
    """A misspelt command, option or arrangement would not pass."""
    with pytest.raises(AssertionError):
        refuse_unknown(words, page=README)


@_user_pages
def test_modules_and_targets_exist(page: Path) -> None:
    """Every `python -m` module and every `make` target that a page names exists."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    for words in commands(page, program="make"):
        assert words[0] in targets, f"{page.name}: make {words[0]}"
    for words in commands(page, program="python"):
        if words[:1] == ["-m"]:
            assert is_module(words[1]), f"{page.name}: python -m {words[1]}"


def test_figures_are_shown() -> None:
    """Every picture in docs/ is shown on some page."""
    shown = {(page.parent / target).resolve() for page in PAGES for target in links(page)}
    pictures = [path for path in (ROOT / "docs").rglob("*") if path.suffix in FIGURES]
    assert pictures
    assert [path.name for path in pictures if path.resolve() not in shown] == []


def test_picture_of_the_readme_explains_itself() -> None:
    """The picture has a title and a description, says how many futures and which seed, and brings its own paper."""
    picture = (ROOT / "docs" / "comparison.svg").read_text(encoding="utf-8")
    assert re.search(r"<title id=\"[^\"]+\">[^<]+</title>", picture)
    assert re.search(r"<desc id=\"[^\"]+\">[^<]+</desc>", picture)
    assert re.search(r"\d+ (of \d+ )?sampled futures[^<]*, seed \d+", picture)
    assert re.search(r"<rect [^>]*fill=\"#ffffff\"", picture)
    assert "<script" not in picture
    assert "http" not in picture.replace("http://www.w3.org/", "")


def test_benchmarks_name_the_command_of_each_table() -> None:
    """Each table and each printed block of the page of benchmarks follows the command that made it."""
    sections = BENCHMARKS.read_text(encoding="utf-8").split("\n## ")
    assert "`python -m bench" in sections[0]
    assert len(sections) > 1
    for section in sections[1:]:
        heading, *lines = section.splitlines()
        told = [line for line in lines if re.match(r"`python -m bench\.\w+[^`]*`$", line)]
        assert told, heading
        first_figure = next((n for n, line in enumerate(lines) if line.startswith(("|", "```"))), len(lines))
        assert lines.index(told[0]) < first_figure, heading


def links(page: Path) -> list[str]:
    """Return the targets of a page's relative links and pictures."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    found = re.findall(r"\]\(([^)\s]+)\)", text)
    return [target for target in found if not re.match(r"<?[a-z]+:", target)]


def anchors(page: Path) -> set[str]:
    """Return the names under which a page's headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(page: Path, *, program: str) -> Iterator[list[str]]:
    """Find the words that follow a program's name in the page's shell blocks and code spans."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|shell|bash|console)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", prose)
    for line in (*(line for block in blocks for line in block.splitlines()), *spans):
        words = line.strip().removeprefix("$ ").split()
        if words and words[0].rpartition("/")[2] == program and len(words) > 1:
            told = shlex.split(line.strip().removeprefix("$ "), comments=True)[1:]
            yield list(takewhile(lambda word: word not in SHELL, told))


def refuse_unknown(words: list[str], *, page: Path) -> None:
    """Fail where a command, an option, or an arrangement of the library does not exist."""
    command: click.Command = main
    rest = words
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        assert rest[0] in command.commands, f"{page.name}: foedus {' '.join(words)}"
        command, rest = command.commands[rest[0]], rest[1:]
    context = click.Context(command)
    known = {option for parameter in command.get_params(context) for option in parameter.opts}
    theatres = {name.split("/")[0] for name in library_files()}
    for word in words:
        if word.startswith("-"):
            assert word.split("=")[0] in known, f"{page.name}: foedus {' '.join(words)}"
        elif re.fullmatch(r"[a-z]+/[a-z0-9_]+", word) and word.split("/")[0] in theatres:
            assert word in library_files(), f"{page.name}: foedus {' '.join(words)}"


def is_module(name: str) -> bool:
    """Tell whether ``python -m name`` would find something, in the repository or among what is installed."""
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__main__.py").exists() or find_spec(name) is not None
