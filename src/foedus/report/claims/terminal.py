"""Claims in a terminal: the table, and single claims in full."""

from collections.abc import Iterable
from dataclasses import replace

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from foedus.insight.claims.record import ORIGINS, Claim
from foedus.report.claims.page import ClaimEntry, ClaimsPage, Quoted
from foedus.report.comparison.terminal import print_table
from foedus.report.page.tables import Table

_WIDE = 100
_ONLY_WHERE_WIDE = ("Ahead by", "For, against")


def print_claims(page: ClaimsPage, *, console: Console) -> None:
    """Print the tables, the rule, the count of rulings, and in what the assumptions depart from the default."""
    for table in page.tables:
        print_table(table if console.width >= _WIDE else _narrow(table), console=console)
    console.print(Text(page.summary, style="bold"))
    console.print(Text("By the rule: " + " ".join(page.rules), style="dim"))
    for sentence in page.made.basis:
        console.print(Text(sentence))


def print_list(claims: Iterable[Claim], *, console: Console) -> None:
    """Print two lines for each claim."""
    for claim in claims:
        console.print(Text.assemble((claim.id, "bold"), f"  {ORIGINS[claim.origin]}"), soft_wrap=True)
        console.print(Text(f"  {claim.in_short}", style="dim"), soft_wrap=True)
    console.print(
        "\nJudge some with `foedus claims ID... --verbose`, all of them with `foedus claims`.", soft_wrap=True
    )


def print_in_full(entries: Iterable[ClaimEntry], *, console: Console) -> None:
    """Print everything about each claim; text from files is never read as markup."""
    for entry in entries:
        console.print()
        console.print(Text(entry.in_short, style="bold cyan"))
        for label, said in _said(entry):
            console.print(Padding(Text.assemble((f"{label}: ", "bold"), said), (0, 0, 0, 2), expand=False))


def _narrow(table: Table) -> Table:
    """Leave out what the full page tells: ranges, sizes, references."""
    kept = [i for i, column in enumerate(table.columns) if column.heading not in _ONLY_WHERE_WIDE]
    return replace(
        table,
        columns=tuple(replace(table.columns[i], unit="") for i in kept),
        rows=tuple(tuple(row[i].split("\n")[0] for i in kept) for row in table.rows),
        note="Futures of a hundred. --verbose, or a wider terminal, shows more.",
    )


def _said(entry: ClaimEntry) -> Iterable[tuple[str, str]]:
    yield "Claim", entry.statement
    yield "Found in", entry.source
    for each in entry.argued_by:
        yield "Argued by", _reference(each)
    yield "Answer", " ".join(entry.verdict)
    yield "Compared", entry.comparison
    for name, words in entry.sides:
        yield name, words
    yield "Holds if", entry.holds
    for name, what, said in entry.figures:
        yield name, f"{said}, {what}"
    for part in entry.parts:
        yield "By how much", part
    for sentence in entry.failing:
        yield "Where", sentence
    for each in entry.pro:
        yield "For", _reference(each)
    for each in entry.contra:
        yield "Against", _reference(each)
    if entry.reading:
        yield "Reading", entry.reading
    for limit in entry.limits:
        yield "Cannot say", limit


def _reference(reference: Quoted) -> str:
    where = f" {reference.url}" if reference.url else ""
    return f"{reference.says} [{reference.citation}; {reference.evidence}]{where}"
