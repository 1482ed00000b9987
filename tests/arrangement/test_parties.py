import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from foedus.arrangement.names.references import ROLES
from foedus.arrangement.parties import PartyFacts, PartyKind, SourcedNumber, load_party_facts, read_party_facts
from foedus.arrangement.vocabulary import Evidence

ROOT = Path(__file__).parents[2]
LIBRARY = Path(str(files("foedus"))) / "library"

NATO = {
    "albania",
    "belgium",
    "bulgaria",
    "canada",
    "croatia",
    "czechia",
    "denmark",
    "estonia",
    "finland",
    "france",
    "germany",
    "greece",
    "hungary",
    "iceland",
    "italy",
    "latvia",
    "lithuania",
    "luxembourg",
    "montenegro",
    "netherlands",
    "north_macedonia",
    "norway",
    "poland",
    "portugal",
    "romania",
    "slovakia",
    "slovenia",
    "spain",
    "sweden",
    "turkey",
    "united_kingdom",
    "united_states",
}
OUTSIDE_THE_UNION = {
    "albania",
    "canada",
    "iceland",
    "montenegro",
    "north_macedonia",
    "norway",
    "turkey",
    "united_kingdom",
    "united_states",
}
EUROPEAN_UNION = NATO - OUTSIDE_THE_UNION | {"austria", "cyprus", "ireland", "malta"}


def written(entry: str, *, sources: str = "{book: {title: A book}}") -> str:
    return f"sources: {sources}\nparties:\n  ruritania: {{name: Ruritania, kind: state, {entry}}}\n"


def plain(file: Path | str) -> Any:
    return YAML(typ="safe", pure=True).load(file)


def figures() -> list[tuple[str, SourcedNumber]]:
    return [(party, figure) for party, facts in load_party_facts().items() for figure in facts.figures.values()]


def test_members_of_both_alliances_are_there() -> None:
    """All 32 members of NATO, all 27 of the European Union, and both sides of the war have facts as states."""
    assert len(NATO) == 32
    assert len(EUROPEAN_UNION) == 27
    states = {party for party, facts in load_party_facts().items() if facts.kind is PartyKind.STATE}
    assert NATO | EUROPEAN_UNION | {"ukraine", "russia"} <= states


def test_every_figure_says_when_and_whence() -> None:
    """Every figure names a year from 2021 on and a source by its title, not by a key."""
    titles = {source["title"] for source in plain(LIBRARY / "parties.yaml")["sources"].values()}
    assert {figure.source for _, figure in figures()} == titles
    assert all("2021" <= figure.date[:4] <= "2026" for _, figure in figures())


def test_organisations_have_no_figures() -> None:
    """The five organisations are known by name and carry no figures."""
    organisations = {party for party, facts in load_party_facts().items() if facts.kind is PartyKind.ORGANISATION}
    assert organisations == {"european_union", "united_nations", "osce", "nato", "mfo"}
    assert not any(load_party_facts()[party].figures for party in organisations)


def test_nato_spending_adds_up_to_the_total_that_nato_printed() -> None:
    """Europe and Canada together spent 506.693 bn USD in NATO's table of June 2024; ours agree to a ten-thousandth."""
    spent = [facts.defence_spending for party, facts in load_party_facts().items() if party in NATO - {"united_states"}]
    assert sum(figure.value for figure in spent if figure) == pytest.approx(506.693, rel=1e-4)


def test_gdp_from_the_world_bank_is_its_dollar_figure_in_euro() -> None:
    """Where the GDP is the World Bank's, the note holds the dollars; the value is these at the rate in the title."""
    converted = [facts.gdp for facts in load_party_facts().values() if facts.gdp and "World Bank" in facts.gdp.source]
    assert converted
    for gdp in converted:
        dollars = re.fullmatch(r"([\d.]+) bn USD", gdp.note or "")
        rate = re.search(r"at ([\d.]+) USD per EUR", gdp.source)
        assert dollars
        assert rate
        assert gdp.value == round(float(dollars[1]) / float(rate[1]), 1)


def test_donor_records_are_consistent() -> None:
    """Military aid is part of the total, and the share of GDP is the total over the GDP that stands beside it."""
    donors = [facts for facts in load_party_facts().values() if facts.donor_total]
    assert donors
    for facts in donors:
        assert facts.donor_total
        assert facts.donor_military
        assert facts.donor_share_gdp
        assert facts.gdp
        assert facts.donor_military.value <= facts.donor_total.value
        implied = 100 * facts.donor_total.value / facts.gdp.value
        rounding = 100 * 0.0005 / facts.gdp.value
        assert facts.donor_share_gdp.value == pytest.approx(implied, rel=6e-3, abs=rounding)


@pytest.mark.parametrize("file", sorted(LIBRARY.glob("*/*.yaml")), ids=lambda file: file.stem)
def test_library_names_only_known_parties(file: Path) -> None:
    """Every party in a role of a library file has facts here or a name in that file."""
    arrangement = plain(file)
    roles = [who for role, who in arrangement["parties"].items() if role in ROLES]
    named = set(arrangement.get("party_names", {}))
    parties = {party for role in roles for party in ([role] if isinstance(role, str) else role)}
    assert parties - named <= load_party_facts().keys()


def test_facts_are_read_as_written() -> None:
    """A figure keeps its value, unit, date, evidence and note; the key of its source becomes the title."""
    text = written("active_forces: {value: 900, unit: troops, date: '2025', source: book, evidence: seen, note: few}")
    forces = SourcedNumber(900, "troops", "2025", "A book", Evidence.SEEN, "few")
    assert read_party_facts(text) == {"ruritania": PartyFacts("ruritania", "Ruritania", PartyKind.STATE, forces)}


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("gdp: {value: 1, unit: bn USD, date: '2021', source: book, evidence: seen}", "is in bn USD"),
        ("gdp: {value: 1, unit: bn EUR, date: '2021', source: shelf, evidence: seen}", "cites shelf"),
        ("gdp: {value: 1, unit: bn EUR, source: book, evidence: seen}", "date"),
        ("gdp: {value: 1, unit: bn EUR, date: unknown, source: book, evidence: seen}", "date"),
        ("gdp: {value: 1, unit: bn EUR, date: '2021', evidence: seen}", "source"),
        ("gdp: {value: -1, unit: bn EUR, date: '2021', source: book, evidence: seen}", "greater than or equal to 0"),
        ("gdp: {value: .inf, unit: bn EUR, date: '2021', source: book, evidence: seen}", "readers disagree about"),
        ("gdp: {value: '1', unit: bn EUR, date: '2021', source: book, evidence: seen}", "valid number"),
        ("population: 5", "population"),
    ],
)
def test_bad_facts_are_refused(entry: str, complaint: str) -> None:
    """A figure in another unit, without date or source, or that is no amount, is refused with the reason."""
    with pytest.raises(ValueError, match=complaint):
        read_party_facts(written(entry))


def test_an_organisation_with_figures_is_refused() -> None:
    """Forces of an organisation would be counted twice, once more with its members."""
    text = written("active_forces: {value: 900, unit: troops, date: '2025', source: book, evidence: seen}")
    with pytest.raises(ValueError, match="figures are for states"):
        read_party_facts(text.replace("kind: state", "kind: organisation"))
