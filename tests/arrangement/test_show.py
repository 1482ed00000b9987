import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from foedus.arrangement.language.keys import Key, Record, keys_of
from foedus.arrangement.library import library_files, load_from_library
from foedus.arrangement.load import adapter, loads
from foedus.arrangement.record import Arrangement
from foedus.arrangement.unknown import find_unknown_keys
from foedus.arrangement.vocabulary import Unspecified
from foedus.cli.commands.arrangement import show_command
from foedus.report.arrangement.show import arrangement_page
from foedus.report.page.inline import Link
from foedus.report.page.page import Entry, Page, body, listing
from foedus.report.page.writers.markdown import escape, write_markdown
from tests.arrangement.written import SHORT, arrangements


def markdown(arrangement: Arrangement) -> str:
    return write_markdown(arrangement_page(arrangement))


def shown(extra: str, *, text: str = SHORT) -> str:
    return markdown(loads(text + extra))


def section(page: str, heading: str) -> str:
    return page.split(f"## {heading}\n")[1].split("\n## ")[0]


def unknown_in(value: Any, place: str = "") -> set[str]:
    """Find what is unknown by looking at the values alone."""
    if is_dataclass(value) and not isinstance(value, type):
        inner = [unknown_in(getattr(value, field.name), f"{place}.{field.name}") for field in fields(value)]
        return set().union(*inner)
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return set().union(*(unknown_in(entry, f"{place}[{n}]") for n, entry in enumerate(value)))
    is_unknown = value == Unspecified.UNKNOWN or (isinstance(value, tuple) and Unspecified.UNKNOWN in value)
    return {place.removeprefix(".")} if is_unknown else set()


@pytest.mark.parametrize("name", library_files())
def test_every_packaged_arrangement_can_be_shown(name: str) -> None:
    """Each packaged arrangement gives a page in the terminal and in Markdown, with its title, sources and notes."""
    arrangement = load_from_library(name)
    printed = CliRunner().invoke(show_command, [name])
    page = CliRunner().invoke(show_command, [name, "--markdown"])
    assert (printed.exit_code, page.exit_code) == (0, 0)
    squeezed = re.sub(r"\s+", "", printed.stdout)
    for text in (arrangement.name, *arrangement.notes, *arrangement.unknowns, *arrangement.disputes):
        assert re.sub(r"\s+", "", text) in squeezed
        assert escape(text[:1].upper() + text[1:]) in page.stdout or escape(text) in page.stdout
    assert all(source.title[1:] in page.stdout.replace("\\", "") for source in arrangement.sources)
    assert page.stdout == markdown(arrangement)


@pytest.mark.parametrize("name", library_files())
def test_every_unknown_of_the_library_is_told(name: str) -> None:
    """Whatever is unknown stands under "Not known" by its place, whether it was written or left out."""
    arrangement = load_from_library(name)
    not_known = section(markdown(arrangement), "Not known").replace("\\", "")
    for path in unknown_in(arrangement):
        assert f"**{path}:**" in not_known
    for text in arrangement.unknowns:
        assert text[1:] in not_known


@given(arrangements())
@settings(max_examples=40, deadline=None)
def test_every_unknown_is_found(arrangement: Arrangement) -> None:
    """No unknown value is missed and none is made up."""
    assert {each.path for each in find_unknown_keys(arrangement)} == unknown_in(arrangement)


@given(arrangements())
@settings(max_examples=40, deadline=None)
def test_any_arrangement_can_be_shown(arrangement: Arrangement) -> None:
    """There is no arrangement that cannot be told in words, and no word of Python slips into them."""
    words = re.sub(r"\W", " ", markdown(replace(arrangement, notes=(), unknowns=(), disputes=()))).split()
    assert not {"Unspecified", "Fact", "Duration", "dataclass"} & set(words)


def _example_of(key: Key) -> Any:
    if key.record is None:
        return key.example
    whole = {inner.name: _example_of(inner) for inner in keys_of(key.record)}
    return [whole] if key.is_list else whole


WHOLE: dict[str, Any] = {key.name: _example_of(key) for key in keys_of(Arrangement)}


def _places(record: Record, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    places: list[tuple[str | int, ...]] = []
    for key in keys_of(record):
        path = (*place, key.name)
        if key.record is not None:
            places += _places(key.record, (*path, 0) if key.is_list else path)
        if not key.is_required:
            places.append(path)
    return places


def _without(data: Any, place: tuple[str | int, ...]) -> Any:
    step, *rest = place
    if isinstance(data, list):
        return [_without(entry, tuple(rest)) if n == step else entry for n, entry in enumerate(data)]
    kept = {name: value for name, value in data.items() if name != step or rest}
    return {**kept, step: _without(data[step], tuple(rest))} if rest else kept


NOT_TOLD = {("foedus",), ("id",), ("theatre",)}
"""Keys that say nothing about the arrangement itself."""


@pytest.mark.parametrize("place", _places(Arrangement), ids=lambda place: ".".join(map(str, place)))
def test_every_key_is_told(place: tuple[str | int, ...]) -> None:
    """Whatever key is left out, the page reads differently: nothing that a file says is kept from the reader."""
    whole, without = adapter().validate_python(WHOLE), adapter().validate_python(_without(WHOLE, place))
    assert whole != without
    if place == ("party_names",):
        return  # named only where the party appears; see test_parties_are_shown_by_name
    assert markdown(whole) != markdown(without)


def test_a_promise_is_told_in_plain_english() -> None:
    """Debtors, duty, reach, occasion, condition, exception, deadline: one paragraph."""
    extra = (
        "    when: external\n    unless: provoked or acts(france)\n    within: 72 h\n    measures: [arms, training]\n"
        "    forces: 10000 - 15000 troops\n    money: 2 bn EUR per year\n    content: floor\n    article: article 5\n"
    )
    promised = section(shown(extra, text=SHORT.replace("support", "deploy")), "What is promised")
    assert promised.strip() == (
        "- **Aid (article 5):** All guarantors intend to assist Ukraine, up to sending forces in. It falls due on a "
        "finding of an invasion, but only if the attack comes from outside, and not if the protected state used force "
        "first or France acts. The text names arms and training. The text sets a minimum; a debtor may do more. "
        "Money pledged: 2 bn EUR per year. Forces pledged: 10,000 to 15,000 troops. To be done within: 72 hours."
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("all_guarantors", "france", "France intends to assist Ukraine, short of sending forces."),
        ("all_guarantors", "united_kingdom", "The United Kingdom intends to assist Ukraine"),
        ("all_guarantors", "[france, united_kingdom]", "France and the United Kingdom intend to assist Ukraine"),
        ("intends", "may", "All guarantors may assist Ukraine"),
        ("intends", "will_consult", "All guarantors shall consult; no more is owed."),
        ("intends", "shall_discretionary", "short of sending forces, as each deems necessary."),
        ("intends", "shall_specified", "Each debtor settles for itself what it gives."),
        ("tier: support", "tier: defend", "up to the use of force"),
        ("tier:", "kind: bilateral\n    tier:", "All guarantors, each in a text of its own with Ukraine,"),
        ("tier:", "measures: council_action\n    tier:", "intend to take the matter to a council."),
        ("invasion", "[hybrid, provoked]", "a finding of grey-zone pressure or fighting that Ukraine brought on"),
        ("invasion", "[]", "All guarantors intend to assist Ukraine"),
    ],
)
def test_each_word_of_a_promise_is_heard(old: str, new: str, says: str) -> None:
    """A changed word of the clause changes the sentence as a reader of treaties would expect."""
    assert says in section(shown("", text=SHORT.replace(old, new)), "What is promised")


def test_parties_are_shown_by_name() -> None:
    """Readers see names, the file's own before those of the party facts, with the article that English wants."""
    text = SHORT.replace("[france, united_kingdom]", "[united_states, prussia]")
    page = shown(
        "party_names: {prussia: Kingdom of Prussia}\nconsents: {response: [united_states, prussia]}\n", text=text
    )
    assert "**Guarantors:** United States, Kingdom of Prussia" in page
    assert "Each of the United States and the Kingdom of Prussia can alone veto the response." in page
    assert "prussia:" not in page


def test_many_guarantors_are_told_by_who_is_missing() -> None:
    """A list of all but one is told as such."""
    many = "[france, united_kingdom, poland, italy, spain, norway, sweden]"
    text = SHORT.replace("[france, united_kingdom]", many)
    page = shown("", text=text.replace("all_guarantors", many.replace(", sweden", "")))
    assert "All guarantors but Sweden intend to assist Ukraine" in page


def test_an_adversary_with_a_veto_is_named_as_such() -> None:
    """That the adversary can stop the answer to its own attack is said in the first line on who decides."""
    consents = "{response: russia, response_tiers: defend, settlement: [ukraine, russia]}"
    told = section(
        shown(f"trigger: {{blocked_by: russia}}\nconsents: {consents}\n"), "Who decides, and who can stop it"
    )
    assert "Russia can alone block the finding of what happened and veto the response; Russia is the adversary." in told
    assert "**Consent to the settlement:** Ukraine and Russia" in told
    assert "**Consent to forces and monitors:** Nobody is named" in told
    assert "**Consent to the response:** Russia; a veto over defend" in told


def test_a_veto_of_all_guarantors_reaches_the_adversary_among_them() -> None:
    """Where all guarantors hold a veto and the adversary is one of them, it holds a veto."""
    text = SHORT.replace("[france, united_kingdom]", "[france, russia]")
    page = shown("consents: {response: all_guarantors}\n", text=text)
    assert "Each of France and Russia can alone veto the response; Russia is the adversary." in page
    assert "Russia stands on both sides: guarantor and adversary." in page


def test_who_can_stop_it_may_be_unknown() -> None:
    """What is not known about a veto is not told as "nobody"."""
    told = section(shown("consents: {response: unknown}\n"), "Who decides, and who can stop it")
    assert "Who can alone veto the response is not known." in told
    assert "No party is named" not in told


def test_dates_and_durations_are_told_in_words() -> None:
    """Numbers with units read as sentences."""
    page = shown("date: '1994-12-05'\nterm: {length: 10 y, exit_notice: 1 month, extendable: true}\n")
    assert "**Date:** 5 December 1994" in page
    assert "**Lasts:** 10 years, and can be prolonged" in page
    assert "**Notice for leaving:** 1 month\n" in page


def test_markup_in_a_file_stays_text() -> None:
    """Brackets, stars and tags in a file are shown as written, in the terminal and in Markdown."""
    arrangement = loads(SHORT.replace("An example", '"[bold]x[/bold] *y* <b>z</b> `w` # v"'))
    assert "[bold]x[/bold] *y* <b>z</b> `w` # v" in markdown(arrangement).replace("\\", "")
    assert r"\<b\>" in markdown(arrangement)


def test_the_terminal_reads_no_markup(tmp_path: Any) -> None:
    """The terminal shows square brackets and does not obey them."""
    file = tmp_path / "a.yaml"
    file.write_text(SHORT.replace("An example", '"[bold]x[/bold] :smile: [link=x]"'), encoding="utf-8")
    assert "[bold]x[/bold] :smile: [link=x]" in CliRunner().invoke(show_command, [str(file)]).stdout


def test_a_page_is_drawn_from_plain_data() -> None:
    """A page with every part becomes the Markdown that it should."""
    entries = (Entry("text", label="label"), Entry((Link("1. a_b *c*", "https://example.org/a_(b)"),)))
    sections = (listing("Heading", paragraphs=("One\ntwo.",)),)
    page = Page("Title", sections, head=body(paragraphs=("- no list",), entries=entries))
    assert write_markdown(page) == (
        "# Title\n\n\\- no list\n\n- **label:** text\n- [1\\. a_b \\*c\\*](<https://example.org/a_(b)>)\n\n"
        "## Heading\n\nOne two.\n"
    )
