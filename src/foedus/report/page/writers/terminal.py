"""A page in a terminal: its words and its tables; drawings are told by the tables behind them."""

import re
from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from foedus.report.page.inline import Link, Words, parts_of
from foedus.report.page.page import (
    Block,
    Chart,
    Emphasis,
    Facts,
    Folded,
    LabelledFact,
    Page,
    Paragraph,
    Points,
    Section,
)
from foedus.report.page.table import Table
from foedus.report.page.writers.terminal_table import print_table

_INDENT = (0, 0, 0, 2)
_STYLES = {Emphasis.STRONG: "bold", Emphasis.LEAD: "bold", Emphasis.SMALL: "dim"}


def print_page(page: Page, *, console: Console, is_full: bool = False) -> None:
    """Print what is brief of a page, or all but what is folded away; text from files is never read as markup."""
    if page.title:
        console.print(Text(page.title, style="bold"))
    if page.subtitle:
        console.print(Text(page.subtitle, style="dim"))
    _print_blocks(page.head, console=console)
    _print_sections(page.sections, console=console, is_full=is_full)
    for sentence in page.provenance.basis if page.provenance else ():
        console.print(Text(sentence))


def _print_sections(sections: Iterable[Section], *, console: Console, is_full: bool) -> None:
    for section in sections:
        if section.is_annex or not (section.is_brief or is_full):
            continue
        if section.heading:
            console.print()
            console.print(Text(section.heading, style="bold cyan"))
        _print_blocks(section.blocks, console=console)
        _print_sections(section.sections, console=console, is_full=is_full)


def _print_blocks(blocks: Iterable[Block], *, console: Console) -> None:
    for block in blocks:
        match block:
            case Paragraph():
                style = _STYLES.get(block.emphasis, "")
                console.print(Padding(_text(block.words, style=style), _INDENT, expand=False))
            case Points():
                _print_points(block, console=console)
            case Facts():
                _print_facts(block, console=console)
            case Table():
                print_table(block, console=console)
            case Chart():
                print_table(block.table, console=console)
            case Folded():
                pass


def _print_points(points: Points, *, console: Console) -> None:
    grid = Grid.grid(padding=(0, 1))
    for entry in points.entries:
        text = _text(entry.text)
        grid.add_row(" -", _labelled(entry.label, text) if entry.label else text)
    console.print(grid)


def _print_facts(facts: Facts, *, console: Console) -> None:
    for fact in facts.facts:
        for paragraph in fact.paragraphs:
            text = _text(paragraph.words, style=_STYLES.get(paragraph.emphasis, ""))
            console.print(Padding(_labelled(_label(fact), text), _INDENT, expand=False))


def _label(fact: LabelledFact) -> str:
    return f"{fact.label} ({fact.beside})" if fact.beside else fact.label


def _labelled(label: str, text: Text) -> Text:
    return Text.assemble((f"{label}: ", "bold"), text, overflow="fold")


def _text(words: Words, *, style: str = "") -> Text:
    """Write words on one line; where a link leads off the page, the address follows."""
    text = Text(overflow="fold", style=style)
    for part in parts_of(words):
        said = part if isinstance(part, str) else part.text
        text.append(_squeezed(said))
        if isinstance(part, Link) and part.address and not part.address.startswith("#"):
            text.append(f" {part.address}", style="dim")
    return text


def _squeezed(said: str) -> str:
    """Put one blank where there is other white space; a no-break space stays."""
    return re.sub(r"[ \t\r\n]+", " ", said)
