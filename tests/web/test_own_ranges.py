"""Ranges of one's own: moved on a page, checked as every parameter file is, solved under, taken away, passed on."""

import json
import random
import re
import string
import time
from collections.abc import Iterator
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from starlette.testclient import TestClient

from foedus.futures.parameters.load import load_parameters
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.compare import RESULTS, CompareRequest, compare_texts
from foedus.jobs.explorer.letters import in_letters
from foedus.jobs.explorer.own_ranges import IN_ADDRESS, PREFIX, TypedRange, move_ranges, ranges_in_address
from foedus.web.explorer.own.ranges import MOST_BYTES_OF_SETS, MOST_SETS
from foedus.web.explorer.site import explorer_app
from foedus.web.security.policy import AccessPolicy
from tests.web.browsing import axe_violations, complaints, resize
from tests.web.visiting import ORIGIN, Visitor

_PATIENCE_SECONDS = 300
_FUTURES = 12
_MOVED = {"low.stake_A": "0.9", "high.stake_A": "1.1", "low.lam_A": "0.02", "high.lam_A": "0.08"}
_CLAIM = "neutrality_alone_brings_war"
_TEXTS = ("history/locarno_1925", "ukraine/no_guarantee")


@pytest.fixture(scope="module")
def app() -> Iterator[TestClient]:
    """Give a server that several browsers ask."""
    with TestClient(partial(explorer_app, futures=_FUTURES)(AccessPolicy()), base_url=ORIGIN) as opened:
        yield opened


def _name_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["ranges"][0]


def _shown(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))


def test_only_what_differs_is_moved_and_the_page_says_how_many(app: TestClient) -> None:
    """What was sent as it ships stays as it ships; what was moved stands beside what ships."""
    page = _shown(Visitor(app).get("/futures"))
    assert "in force on this page" not in page
    visitor = Visitor(app)
    page = _shown(visitor.get(visitor.submit("/futures/ranges", _MOVED)))
    assert re.search(r"1 of \d+ is not what ships", page)
    assert "As it ships: 0.6 to 1.1, uniform." in page


def test_nobody_else_is_offered_them(app: TestClient) -> None:
    """Who is not given the address sees nothing of them."""
    ours, theirs = Visitor(app), Visitor(app)
    name = _name_in(ours.submit("/futures/ranges", _MOVED))
    assert name in ours.get("/compare")
    assert name not in theirs.get("/compare")


@pytest.mark.parametrize(
    "page", ["/futures?", "/workbench?", "/claims?", "/claims/nato_deters_best?", "/compare?with=history/locarno_1925&"]
)
def test_an_address_that_is_passed_on_carries_them(app: TestClient, page: str) -> None:
    """Whoever opens it asks under the very ranges, and is told that they are somebody's own."""
    ours, theirs = Visitor(app), Visitor(app)
    name = _name_in(ours.submit("/futures/ranges", _MOVED))
    opened = theirs.get(f"{page}ranges={name}")
    assert f'value="{name}" selected' in opened
    if "/compare" not in page:
        assert "Ranges of somebody’s own, which this address brought".lower() in _shown(opened).lower()
    assert theirs.get(f"/futures/ranges/{name}") == ours.get(f"/futures/ranges/{name}")


def test_what_an_address_says_is_checked_as_a_file_is(app: TestClient) -> None:
    """All that is wrong is told at once, at its line, and nothing is solved."""
    wrong = "stake_A: {uniform: [0.9, 9], status: assumed, source: me}\nstakes: {fixed: 1, status: assumed, source: me}"
    page = _shown(Visitor(app).get(f"/compare?ranges={IN_ADDRESS}{in_letters(wrong)}"))
    assert "it may take 0.05 to 5" in page
    assert "is no parameter of foedus" in page
    draws = _shown(Visitor(app).get(f"/claims?ranges={IN_ADDRESS}{in_letters('sample: /etc/passwd')}"))
    assert "names draws beside the file" in draws


@pytest.mark.parametrize(
    "letters", ["", "!", "AAAA", in_letters("stake_A: 1")[:-3], in_letters("# " + "a" * 5_000_000), "A" * 9000]
)
def test_what_is_no_text_is_refused_unread(app: TestClient, letters: str) -> None:
    """Letters that were cut off, that unfold into megabytes, that are none."""
    page = _shown(Visitor(app).get(f"/compare?ranges={IN_ADDRESS}{letters}"))
    assert re.search("cut off or cannot be read|is not read", page)


def test_too_many_for_an_address_stay_with_the_browser_that_moved_them(app: TestClient) -> None:
    """Their name leads nobody else to them; they are passed on as a file."""
    ours, theirs = Visitor(app), Visitor(app)
    long = "".join(random.Random(7).choices(string.ascii_letters, k=12_000))  # noqa: S311 (no secret)
    text = f"stake_A: {{uniform: [0.9, 1.1], status: assumed, source: me, note: {long}}}"
    address = ours.submit("/futures/ranges/file", {}, {"file": ("mine.yaml", text.encode())})
    assert _name_in(address).startswith(PREFIX)
    assert "too many for an address" in _shown(ours.get(address.replace("/futures", "/claims")))
    assert "no such ranges" in _shown(theirs.get(address))
    assert "stake_A" not in theirs.get(f"/futures/ranges/{_name_in(address)}")


@settings(max_examples=25, deadline=None)
@given(low=st.floats(0.05, 5), high=st.floats(0.05, 5))
def test_an_address_gives_back_what_was_put_into_it(low: float, high: float) -> None:
    """To the last digit that was typed: the same ranges, the same file."""
    ends = TypedRange(f"{min(low, high)!r}", f"{max(low, high)!r}")
    own = move_ranges({"stake_A": ends}, before=None).own
    assert own is None or ranges_in_address(own.in_address) == own


def test_a_claim_is_tried_under_them(app: TestClient) -> None:
    """With the command that gives the same in a terminal; as it ships it stays untried."""
    visitor = Visitor(app)
    name = _name_in(visitor.submit("/futures/ranges", _MOVED))
    address = visitor.submit(f"/claims/{_CLAIM}", {"ranges": name})
    page, until = "", time.monotonic() + _PATIENCE_SECONDS
    while "from-report" not in page and time.monotonic() < until:
        page = visitor.get(address)
        time.sleep(0.2)
    assert re.search(r"Under your own ranges: 1 of \d+ is not what ships", _shown(page))
    file = re.findall(r"ranges_[0-9a-f]+\.yaml", page)[0]
    assert f"foedus claims {_CLAIM} --verbose --futures {_FUTURES} --parameters {file}" in page
    assert "1 parameter differs from the default" in _shown(page)
    assert "What came of it" not in visitor.get(f"/claims/{_CLAIM}")
    row = re.search(
        rf'<tr><th scope="row">[^\n]*/claims/{_CLAIM}.*?</tr>', visitor.get(f"/claims?ranges={name}"), re.DOTALL
    )
    assert row is not None
    assert "not tried" not in row[0]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("0.9", "9", "it may take 0.05 to 5"),
        ("1.1", "0.9", "the smaller one first"),
        ("about one", "1", "is no number"),
        ("1e999", "1e999", "is no number"),
        ("0.9], admits: [0", "1", "is no number"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(
    app: TestClient, low: str, high: str, said: str
) -> None:
    """By the one declaration of what a parameter may be; what was typed stands there still."""
    visitor = Visitor(app)
    answer = visitor.try_to_submit("/futures/ranges", {"low.stake_A": low, "high.stake_A": high})
    assert answer.status_code == 422
    row = re.search(r'<tr[^>]* id="row.stake_A">.*?</tr>', answer.text, flags=re.DOTALL)
    assert row is not None
    assert said in unescape(row[0])
    assert 'aria-invalid="true"' in row[0]
    assert low in unescape(row[0])
    assert "ranges=own" not in visitor.get("/compare")


def test_an_order_that_would_be_turned_over_is_refused(app: TestClient) -> None:
    """A scale keeps its order: the finding names what it would lie beside in words."""
    scale = next(each for each in load_parameters().entries if each.domain.not_below)
    below = load_parameters()[scale.domain.not_below[0]]
    low = str(max(scale.domain.least, below.domain.least))
    visitor = Visitor(app)
    answer = visitor.try_to_submit("/futures/ranges", {f"low.{scale.name}": low, f"high.{scale.name}": low})
    assert answer.status_code == 422
    assert f"“{below.what}”" in unescape(answer.text)


def test_each_and_all_go_back_to_what_ships(app: TestClient) -> None:
    """One range by its button, all by another."""
    visitor = Visitor(app)
    both = {**_MOVED, "high.lam_A": "0.1"}
    name = _name_in(visitor.submit("/futures/ranges", both))
    left = visitor.submit("/futures/ranges", {"ranges": name, "as_shipped": "lam_A"})
    assert "1 of" in _shown(visitor.get(left))
    none = visitor.submit("/futures/ranges", {"ranges": _name_in(left), "reset": "1"})
    assert "in force on this page" not in visitor.get(none)


def test_a_file_taken_away_and_given_again_is_the_same(app: TestClient, tmp_path: Path) -> None:
    """It is a parameter file like any other; by whoever gives it, it has the same name."""
    ours, theirs = Visitor(app), Visitor(app)
    name = _name_in(ours.submit("/futures/ranges", _MOVED))
    text = ours.get(f"/futures/ranges/{name}")
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    moved = load_parameters([file])["stake_A"]
    assert (moved.low, moved.high) == (0.9, 1.1)
    assert _name_in(theirs.submit("/futures/ranges/file", {}, {"file": ("mine.yaml", text.encode())})) == name


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"stake_A: {uniform: [0.9, 9], status: assumed, source: me}", "it may take 0.05 to 5"),
        (b"stakes: {fixed: 1, status: assumed, source: me}", "is no parameter of foedus"),
        (b"sample: draws.parquet", "names draws beside the file"),
        (b"stake_A: {fixed: 1, status: assumed, source: me, admits: [0, 9]}", "is not a key of a parameter"),
        (b"", "choose a file of ranges first"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"[" * 5000, "line 1"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_not_kept(app: TestClient, content: bytes, said: str) -> None:
    """With every finding at its line, as a command would tell it."""
    answer = Visitor(app).try_to_submit("/futures/ranges/file", {}, {"file": ("mine.yaml", content)})
    assert answer.status_code == 422
    assert said in _shown(answer.text)


def test_a_comparison_under_them_is_what_the_command_gives(app: TestClient, tmp_path: Path) -> None:
    """The same inputs and the same outcomes, to the last bit; and another answer than what ships gives."""
    visitor = Visitor(app)
    name = _name_in(visitor.submit("/futures/ranges", _MOVED))
    address = visitor.submit("/compare", {"with": list(_TEXTS), "ranges": name})
    page, until = "", time.monotonic() + _PATIENCE_SECONDS
    while "brief.pdf" not in page and time.monotonic() < until:
        page = visitor.get(address)
        time.sleep(0.2)
    assert re.search(r"Under your own ranges: 1 of \d+ is not what ships", _shown(page))
    file = tmp_path / re.findall(r"ranges_[0-9a-f]+\.yaml", page)[0]
    file.write_text(visitor.get(f"/futures/ranges/{name}"), encoding="utf-8")
    assert f"--parameters {file.name} --across --futures {_FUTURES}" in page
    there = json.loads(visitor.get(re.findall(r'href="(/jobs/[^"]+/results.json)"', page)[0]))
    run = RunSettings(_FUTURES, overlays=(file,))
    here = compare_texts(CompareRequest(_TEXTS, run, is_across=True)).contents[RESULTS]
    assert there["provenance"]["outcomes_digest"] == json.loads(here)["provenance"]["outcomes_digest"]
    as_shipped = compare_texts(CompareRequest(_TEXTS, RunSettings(_FUTURES), is_across=True)).contents[RESULTS]
    assert there["provenance"]["outcomes_digest"] != json.loads(as_shipped)["provenance"]["outcomes_digest"]


def test_a_question_asked_under_them_says_so(app: TestClient) -> None:
    """Above its answer, and where it says how it was made."""
    visitor = Visitor(app)
    name = _name_in(visitor.submit("/futures/ranges", _MOVED))
    address = visitor.submit("/futures/failing", {"text": _TEXTS[0], "ranges": name})
    page, until = "", time.monotonic() + _PATIENCE_SECONDS
    while "from-report" not in page and time.monotonic() < until:
        page = visitor.get(address)
        time.sleep(0.2)
    assert "Under your own ranges: 1 of" in _shown(page)
    assert "1 parameter differs from the default" in _shown(page)


def test_they_take_a_bounded_room(app: TestClient) -> None:
    """The oldest of a visitor are forgotten first."""
    visitor = Visitor(app)
    for number in range(MOST_SETS + 2):
        visitor.submit("/futures/ranges", {"low.stake_A": "0.7", "high.stake_A": f"1.{number:02}"})
    assert len(set(re.findall(r'value="(moved:[\w-]+)"', visitor.get("/compare")))) == MOST_SETS
    assert app.app.state.desk.ranges.size <= MOST_BYTES_OF_SETS  # type: ignore[attr-defined]


def test_a_range_is_moved_and_the_bench_drawn_under_it(browser: webdriver.Chrome, explorer: str) -> None:
    """By typing and a press of Enter; the page is whole on a small screen and for who hears it."""
    resize(browser, width=375)
    browser.get(explorer + "/futures?words=what+the+whole+stake")
    field = WebDriverWait(browser, _PATIENCE_SECONDS).until(lambda b: b.find_element(By.ID, "low.stake_A"))
    field.clear()
    field.send_keys("0.9\n")
    wait = WebDriverWait(browser, _PATIENCE_SECONDS)
    wait.until(lambda b: b.find_elements(By.CSS_SELECTOR, "tr.moved") and _is_loaded(b))
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert axe_violations(browser) == []
    resize(browser, width=1280)
    browser.execute_script("arguments[0].click()", browser.find_element(By.PARTIAL_LINK_TEXT, "Change a clause"))
    wait.until(lambda b: b.find_elements(By.CSS_SELECTOR, "#picture[aria-busy='false'] .stage.full") and _is_loaded(b))
    assert "drawn from your own ranges, 1 of which is not what ships" in browser.find_element(By.ID, "picture").text
    assert axe_violations(browser) == []
    assert complaints(browser) == []


def _is_loaded(browser: webdriver.Chrome) -> bool:
    """Whether all of the page is there: what was looked for can be found before the style sheets are."""
    return bool(browser.execute_script("return document.readyState") == "complete")
