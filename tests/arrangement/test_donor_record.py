"""Donor records derived from the tracker's donor-month table, here a made one."""

from pathlib import Path

import pytest
from bench.evidence.donor_record import Donor, party_id, read_donors, yaml_lines
from ruamel.yaml import YAML

HEAD = "country,iso,year,month,total,military,commitments,gdp"
ROWS = (
    "Ruritania,RUR,2022,3,1.5,1.0,2.0,200.0",
    "Ruritania,RUR,2023,11,0.5,,0.5,200.0",
    "Grand Fenwick,GFW,2022,1,0.001,0.001,0.003,7.25",
    "EU (Commission),EU,2024,2,9.0,0.0,9.0,1.0",
)


def test_months_add_up_to_a_donor(tmp_path: Path) -> None:
    """Sums over months, an empty cell counting nothing; the last month is the table's, institutions are left out."""
    assert read_donors(written(tmp_path, *ROWS)) == {
        "grand_fenwick": Donor(total=0.001, military=0.001, commitments=0.003, gdp=7.25, last_month="2023-11"),
        "ruritania": Donor(total=2.0, military=1.0, commitments=2.5, gdp=200.0, last_month="2023-11"),
    }


def test_shares_are_those_of_the_sums(tmp_path: Path) -> None:
    """2 of 200 bn EUR are 1 per cent of GDP; 2 of 2.5 committed are 0.8; 0.001 of 7.25 is 0.0138 per cent."""
    printed = YAML(typ="safe", pure=True).load("\n".join(yaml_lines(read_donors(written(tmp_path, *ROWS)))))
    values = {party: {name: figure["value"] for name, figure in record.items()} for party, record in printed.items()}
    assert values["ruritania"] == {
        "gdp": 200,
        "donor_total": 2,
        "donor_military": 1,
        "donor_share_gdp": 1,
        "donor_allocated_share": 0.8,
    }
    assert values["grand_fenwick"]["donor_share_gdp"] == 0.0138
    assert printed["ruritania"]["gdp"]["date"] == "2021"
    assert printed["ruritania"]["donor_total"]["date"] == "2023-11"


def test_a_donor_with_two_gdps_is_refused(tmp_path: Path) -> None:
    """A table in which a country's GDP changes is not the one described."""
    with pytest.raises(SystemExit, match="Ruritania has 2 values of GDP"):
        read_donors(written(tmp_path, ROWS[0], "Ruritania,RUR,2023,1,1,1,1,201.0"))


def test_party_ids_are_ours() -> None:
    """A country's name becomes a party id; the one that is spelt otherwise here is told apart."""
    assert (party_id("United States"), party_id("Turkiye")) == ("united_states", "turkey")


def written(folder: Path, *rows: str) -> Path:
    """Write a table."""
    table = folder / "table.csv"
    table.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return table
