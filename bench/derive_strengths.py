"""Derive the dated strengths of parties from the National Material Capabilities and write the packaged figures.

    python -m bench.derive_strengths --data ../shared/data/raw

The table (`cow_nmc.csv`, version 7.0, one row a state and year) is not part of this project. What is written are means
over years: of five years for every party of `state_codes.csv`, and of the single year in which an arrangement of the
library was made, or came to its test, for those who take part in it. Personnel is in thousand, spending in million US
dollars of the day (before 1914 in million British pounds), CINC in shares of the world, population in thousand. A mean
is that of the years that have a value; `n` counts the years of the row for which the source has the state at all.
"""

import argparse
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.measuring.page import ROOT
from foedus.arrangement.library import library_files, load_from_library
from foedus.values.atomic import write_together

TABLE = "cow_nmc.csv"
TARGET = ROOT / "src" / "foedus" / "library" / "capabilities.csv"
CODES = Path(__file__).parent / "state_codes.csv"
COLUMNS = {
    "personnel": ("milper", 1.0),
    "spending": ("milex", 1e-3),
    "cinc": ("cinc", 1.0),
    "population": ("tpop", 1.0),
}
"""Each figure with its column in the source, and what one unit of the column is worth here."""
MISSING = {"", "NA", "-9"}
SPAN = 5
HEAD = """\
# Strengths of parties at their time: means derived from the National Material Capabilities, version 7.0, of the
# Correlates of War project. Written by `python -m bench.derive_strengths`, from {rows} rows of the source; do not edit.
# Singer, Bremer and Stuckey (1972), Capability Distribution, Uncertainty, and Major Power War, 1820-1965, in Russett
# (ed.), Peace, War, and Numbers; Singer (1987), Reconstructing the Correlates of War Dataset on Material Capabilities
# of States, 1816-1985, Int. Interactions 14(2). Read from the table in peacesciencer (Miller 2022).
# first, last: the years that a row covers; n: how many of them the source has; 0 where there was no armed state.
# personnel: thousand; spending: million US dollars of the day, before 1914 million British pounds; cinc: share of the
# world; population: thousand. Empty: not known.
"""

Table = dict[int, dict[int, dict[str, str]]]
"""Rows of the source by code and year."""


@dataclass(frozen=True)
class Membership:
    """A party is a state of the source, or no state where the code is None, from a first to a last year."""

    code: int | None
    first: int
    last: int

    def covers(self, year: int) -> bool:
        """Tell whether a year lies within."""
        return self.first <= year <= self.last


Codes = dict[str, list[Membership]]
"""What each party is, by its id."""


@dataclass(frozen=True, order=True)
class Span:
    """The years that a row of the packaged figures covers, for one party."""

    party: str
    first: int
    last: int


def main() -> None:
    """Write the packaged figures from the table that is named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.derive_strengths", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help=f"the folder that holds {TABLE}")
    text = derive(parser.parse_args().data / TABLE)
    for path in write_together(TARGET.parent, {TARGET.name: text.encode()}):
        print(path)


def derive(file: Path) -> str:
    """Return the packaged figures as text."""
    table, codes = read_table(file), read_codes()
    last = max(year for years in table.values() for year in years)
    spans = sorted({*_spans_of_five(codes, last=last), *_spans_of_the_library(codes, last=last)})
    rows = sum(len(table[code]) for code in {each.code for all_ in codes.values() for each in all_ if each.code})
    lines = [line for span in spans if (line := _line(span, table, codes[span.party]))]
    return "\n".join([HEAD.format(rows=rows) + "party,first,last,n," + ",".join(COLUMNS), *lines, ""])


def read_table(file: Path) -> Table:
    """Read the source."""
    table: Table = {}
    with file.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            table.setdefault(int(row["ccode"]), {})[int(row["year"])] = row
    return table


def read_codes() -> Codes:
    """Read which state each party is, and when."""
    codes: Codes = {}
    with CODES.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            code = int(row["code"]) if row["code"] else None
            codes.setdefault(row["party"], []).append(Membership(code, int(row["first"]), int(row["last"])))
    return codes


def _spans_of_five(codes: Codes, *, last: int) -> Iterator[Span]:
    for party, memberships in codes.items():
        start = min(each.first for each in memberships) // SPAN * SPAN
        yield from (Span(party, first, min(first + SPAN - 1, last)) for first in range(start, last + 1, SPAN))


def _spans_of_the_library(codes: Codes, *, last: int) -> Iterator[Span]:
    for name in library_files():
        arrangement = load_from_library(name)
        dates = [arrangement.date, arrangement.outcome.date if arrangement.outcome else ""]
        years = {int(date[:4]) for date in dates if date[:4].isdigit()}
        for party in arrangement.parties.everyone & codes.keys():
            yield from (Span(party, year, year) for year in years if year <= last)


def _line(span: Span, table: Table, memberships: list[Membership]) -> str | None:
    rows = [_row(year, table, memberships) for year in range(span.first, span.last + 1)]
    known = [row for row in rows if row]
    head = f"{span.party},{span.first},{span.last},{len(known)}"
    if known:
        return ",".join([head, *(_mean(known, *column) for column in COLUMNS.values())])
    is_unarmed = any(each.code is None and each.covers(span.first) and each.covers(span.last) for each in memberships)
    return f"{head},0,0,0," if is_unarmed else None


def _row(year: int, table: Table, memberships: list[Membership]) -> dict[str, str] | None:
    code = next((each.code for each in memberships if each.covers(year)), None)
    return None if code is None else table.get(code, {}).get(year)


def _mean(rows: list[dict[str, str]], column: str, factor: float) -> str:
    values = [float(row[column]) for row in rows if row[column] not in MISSING]
    return f"{float(f'{factor * sum(values) / len(values):.4g}'):.10g}" if values else ""


if __name__ == "__main__":
    main()
