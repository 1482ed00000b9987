"""Derive each state's donor record from the Ukraine Support Tracker and print it as it stands in the party facts.

    python -m bench.evidence.donor_record DATA_EXPLORER.csv

The file is the tracker's donor-month table (release 29: `data_explorer.csv`), which is not part of this project. Money
is in bn EUR; `gdp` is the GDP of 2021 in bn EUR. Institutions of the European Union are left out: the party facts hold
figures of states only.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = "kiel_29"
"""Key of the tracker among the sources of the party facts."""

GDP_YEAR = "2021"
INSTITUTIONS = {"EU"}
OTHER_SPELLINGS = {"turkiye": "turkey"}


@dataclass(frozen=True)
class Donor:
    """Sums over all months of one donor, in bn EUR."""

    total: float
    military: float
    commitments: float
    gdp: float
    last_month: str


def main() -> None:
    """Print the donor records of the file that is named on the command line."""
    parser = argparse.ArgumentParser(description="Print the donor records as YAML.")
    parser.add_argument("table", type=Path, help="the tracker's donor-month table, as CSV")
    print("\n".join(yaml_lines(read_donors(parser.parse_args().table))))


def read_donors(table: Path) -> dict[str, Donor]:
    """Add up the months of each donor; keys are party ids."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with table.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["iso"] not in INSTITUTIONS:
                rows[party_id(row["country"])].append(row)
    last_month = max(f"{row['year']}-{int(row['month']):02d}" for months in rows.values() for row in months)
    return {party: _summed(months, last_month=last_month) for party, months in sorted(rows.items())}


def party_id(country: str) -> str:
    """Turn the tracker's name of a country into a party id."""
    name = country.lower().replace(" ", "_")
    return OTHER_SPELLINGS.get(name, name)


def yaml_lines(donors: dict[str, Donor]) -> Iterator[str]:
    """Write each donor as lines of the party facts."""
    for party, donor in donors.items():
        yield f"{party}:"
        yield _line("gdp", value=round(donor.gdp, 1), unit="bn EUR", date=GDP_YEAR)
        yield _line("donor_total", value=round(donor.total, 3), unit="bn EUR", date=donor.last_month)
        yield _line("donor_military", value=round(donor.military, 3), unit="bn EUR", date=donor.last_month)
        share_gdp = _three_digits(100 * donor.total / donor.gdp)
        yield _line("donor_share_gdp", value=share_gdp, unit="per cent of GDP", date=donor.last_month)
        allocated_share = _three_digits(donor.total / donor.commitments)
        yield _line("donor_allocated_share", value=allocated_share, unit="share", date=donor.last_month)


def _summed(months: list[dict[str, str]], *, last_month: str) -> Donor:
    def total(column: str) -> float:
        return sum(float(row[column] or 0) for row in months)

    gdps = {float(row["gdp"]) for row in months}
    if len(gdps) != 1:
        raise SystemExit(f"{months[0]['country']} has {len(gdps)} values of GDP in the table; one was expected")
    return Donor(total("total"), total("military"), total("commitments"), gdps.pop(), last_month)


def _three_digits(value: float) -> float:
    return float(f"{value:.3g}")


def _line(name: str, *, value: float, unit: str, date: str) -> str:
    number = f"{value:.10f}".rstrip("0").rstrip(".")
    return f"  {name}: {{value: {number}, unit: {unit}, date: '{date}', source: {SOURCE}, evidence: seen}}"


if __name__ == "__main__":
    main()
