"""Several people at one server: what one of them writes, asks or stops is that one's alone."""

import json
import re
import time
from collections.abc import Iterator
from functools import partial

import pytest
from starlette.testclient import TestClient

from foedus.arrangement.library import library_files
from foedus.web.explorer.own.drafts import MOST_BYTES, MOST_OF_ONE, Drafts
from foedus.web.explorer.site import explorer_app
from foedus.web.security.policy import AccessPolicy
from tests.web.visiting import ORIGIN, Visitor

PARIS = library_files()["ukraine/multinational_force_paris_2026"].read_text(encoding="utf-8")
SECRET = PARIS.replace("own_defence: keep_up", "own_defence: build_up") + "# a remark that nobody else may read\n"
_PATIENCE_SECONDS = 300


@pytest.fixture(scope="module")
def app() -> Iterator[TestClient]:
    """Give a server that several browsers ask."""
    with TestClient(partial(explorer_app, futures=40)(AccessPolicy()), base_url=ORIGIN) as opened:
        yield opened


def test_a_draft_is_seen_by_the_browser_that_kept_it_alone(app: TestClient) -> None:
    """Another browser is offered none, and is refused the draft whose name it somehow knows."""
    ours, theirs = Visitor(app), Visitor(app)
    name = str(ours.send("/api/draft/keep", {"text": SECRET})["name"])
    assert name in ours.get("/compare")
    assert "nobody else may read" in ours.get(f"/workbench?draft={name}")
    assert name not in theirs.get("/compare")
    for page in (f"/workbench?draft={name}", f"/compare?with={name}&with=ukraine/no_guarantee"):
        refused = theirs.get(page)
        assert "no such draft" in refused
        assert "nobody else may read" not in refused


def test_a_draft_is_compared_and_its_brief_made(app: TestClient) -> None:
    """Beside the text that it was made from, under a name of its own."""
    ours = Visitor(app)
    name = str(ours.send("/api/draft/keep", {"text": SECRET})["name"])
    address = ours.submit("/compare", {"with": [name, "ukraine/multinational_force_paris_2026"]})
    page, until = "", time.monotonic() + _PATIENCE_SECONDS
    while "brief.pdf" not in page and time.monotonic() < until:
        page = ours.get(address)
        time.sleep(0.2)
    assert "Multinational Force Ukraine, draft 1" in page
    job = re.findall(r'href="(/jobs/[^"/]+)/brief\.html|href="(/jobs/[^"/]+)/brief', page)[0]
    brief = ours.get(f"{job[0] or job[1]}/brief.html")
    assert "draft 1" in brief


def test_who_stops_a_job_stops_it_for_nobody_else(app: TestClient) -> None:
    """Two ask the same; it ends when neither wants it any more."""
    ours, theirs = Visitor(app), Visitor(app)
    asked: dict[str, list[str] | str] = {"text": "history/locarno_1925", "parameter": "prior"}
    address = ours.submit("/futures/sweep", asked)
    assert theirs.submit("/futures/sweep", asked) == address
    theirs.submit(f"{address}/stop", {})
    assert _state(ours, address) in ("running", "done")
    ours.submit(f"{address}/stop", {})
    until = time.monotonic() + _PATIENCE_SECONDS
    while _state(ours, address) == "running" and time.monotonic() < until:
        time.sleep(0.05)
    assert _state(ours, address) in ("cancelled", "done")


def _state(browser: Visitor, address: str) -> str:
    return str(json.loads(browser.get(f"/api{address}"))["state"])


def test_looking_at_a_page_begins_no_work(app: TestClient) -> None:
    """A claim is tried, texts are compared and questions answered when somebody presses a button."""
    visitor = Visitor(app)
    claim = re.findall(r'href="(/claims/[^"]+)"', visitor.get("/claims"))[0]
    for page in (claim, "/compare?with=history/locarno_1925&with=ukraine/no_guarantee", "/futures"):
        assert "data-job" not in visitor.get(page)
    assert "What you asked" not in visitor.get("/futures")


def test_a_name_of_a_file_is_no_name_of_a_text(app: TestClient) -> None:
    """No address and no form makes the server read a file of the machine."""
    visitor = Visitor(app)
    for page in ("/determine?under=/etc/passwd", "/compare?with=/etc/passwd&with=x", "/futures?view=/etc/passwd"):
        assert "root:" not in visitor.get(page)


def test_drafts_take_a_bounded_room() -> None:
    """The oldest of a visitor, and the oldest of all, are forgotten first."""
    from foedus.jobs.explorer.draft import read_draft

    drafts = Drafts()
    for number in range(MOST_OF_ONE + 3):
        drafts.keep("somebody", read_draft(PARIS.replace("50000", str(50_000 + number))))
    assert len(drafts.of("somebody")) <= MOST_OF_ONE
    assert drafts.size <= MOST_BYTES
