"""What programs ask: the same records as the command line prints, described where they look for it."""

import json
import re
import time
from collections.abc import Iterator
from functools import partial

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from foedus.arrangement.library import library_files
from foedus.jobs.explorer.incident import sample_incidents
from foedus.jobs.show import show_library
from foedus.web.charts.on_paper import without_inline_styles
from foedus.web.explorer.openapi import API, ASKS
from foedus.web.explorer.site import PARTS, explorer_app
from foedus.web.security.policy import AccessPolicy

PARIS = library_files()["ukraine/multinational_force_paris_2026"].read_text(encoding="utf-8")
_PATIENCE_SECONDS = 120
_FUTURES = 40
ROUTES = [route for part in PARTS for route in part.routes if isinstance(route, Route) and route.path.startswith(API)]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Give a program on this machine, which keeps no cookies."""
    app = partial(explorer_app, futures=_FUTURES)(AccessPolicy())
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


def _post(client: TestClient, address: str, **asked: object) -> tuple[int, dict[str, object]]:
    client.cookies.clear()
    answer = client.post(address, json=asked)
    return answer.status_code, answer.json()


def _pictures(client: TestClient, **asked: object) -> list[dict[str, object]]:
    client.cookies.clear()
    return [json.loads(line) for line in client.post("/api/draft/picture", json=asked).text.splitlines()]


def test_every_address_for_programs_is_described(client: TestClient) -> None:
    """With what it asks for and what it answers, from the route itself."""
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert {route.path.replace(":path}", "}") for route in ROUTES} == set(described["paths"])
    assert all(each["summary"] for path in described["paths"].values() for each in path.values())
    assert set(ASKS) == {route.path for route in ROUTES if "POST" in (route.methods or ())}


def test_the_library_is_listed_as_the_command_line_lists_it(client: TestClient) -> None:
    """Record for record."""
    assert client.get("/api/library").json() == show_library().to_data()


def test_the_picture_of_a_lever_is_that_of_the_text_in_which_it_is_moved(client: TestClient) -> None:
    """Figure for figure, though it does not wait for that text; what the language does not admit has no picture."""
    lever = {"path": "duties.own_defence", "value": "limited"}
    _, moved = _post(client, "/api/draft/lever", text=PARIS, **lever)
    at_once = _pictures(client, text=PARIS, saved=PARIS, **lever)
    *_, last = _pictures(client, text=moved["text"], saved=PARIS)
    assert at_once[-1]["stage"] == last["stage"] == "full"
    assert at_once[-1]["picture"] == last["picture"]
    status, refused = _post(client, "/api/draft/picture", text=PARIS, saved=PARIS, **{**lever, "value": "flying"})
    assert (status, "cannot be" in str(refused["error"])) == (422, True)


def test_a_picture_does_not_depend_on_the_way_to_it(client: TestClient) -> None:
    """Two servers, two orders of the same levers: rough and exact figures of each are the same, to the last digit."""
    app = partial(explorer_app, futures=_FUTURES)(AccessPolicy())
    with TestClient(app, base_url="http://127.0.0.1") as other:
        one, two = ("integrated_command", "none"), ("none", "integrated_command")
        assert _pictures_of_preparation(client, one) == _pictures_of_preparation(other, two)


def _pictures_of_preparation(client: TestClient, way: tuple[str, ...]) -> dict[str, list[object]]:
    _pictures(client, text=PARIS, saved=PARIS)
    seen = {value: _pictures(client, text=PARIS, saved=PARIS, path="preparation", value=value) for value in way}
    assert all([each["stage"] for each in pictures] == ["first", "rough", "full"] for pictures in seen.values())
    return {value: [each["picture"] for each in pictures] for value, pictures in seen.items()}


def test_the_rough_picture_gives_way_to_the_exact_one(client: TestClient) -> None:
    """It says that it is rough and how far it was off, and the exact one is what a server says that never drew it."""
    _pictures(client, text=PARIS, saved=PARIS)
    lever = {"path": "commitments[0].bindingness", "value": "shall_specified"}
    first, rough, exact = _pictures(client, text=PARIS, saved=PARIS, **lever)
    assert [each["is_rough"] for each in (first, rough, exact)] == [True, True, False]
    assert "Rough" in str(rough["html"])
    assert "off by" in str(exact["html"])
    assert "Rough" not in str(exact["html"])
    off = exact["rough_was_off"]
    assert isinstance(off, float)
    assert 0 < off < 0.005
    known = _pictures(client, text=PARIS, saved=PARIS, **lever)
    assert not any(each["is_rough"] for each in known)
    assert known[-1]["picture"] == exact["picture"]


def test_a_text_is_read_and_a_lever_moved(client: TestClient) -> None:
    """What is wrong with a text is told with its line; a lever that is none is refused in words."""
    status, read = _post(client, "/api/draft/read", text=PARIS.replace("tier: defend", "tier: defnd"))
    assert (status, read["is_readable"]) == (200, False)
    status, moved = _post(client, "/api/draft/lever", text=PARIS, path="preparation", value="none")
    assert status == 200
    assert "preparation: none" in str(moved["text"])
    status, refused = _post(client, "/api/draft/lever", text=PARIS, path="nothing", value="x")
    assert status == 422
    assert "has no lever" in json.dumps(refused)


@pytest.mark.parametrize(
    "text",
    ["&a [*a, *a]", "x: !!python/object/apply:os.system ['true']", "\0", "- " * 5000, "a: &b [1]\n" + "c: *b\n" * 99],
)
def test_a_hostile_text_is_told_and_harms_nobody(client: TestClient, text: str) -> None:
    """Loops, tags, bombs and noise are findings like any other."""
    status, read = _post(client, "/api/draft/read", text=text)
    assert (status, read["is_readable"]) == (200, False)
    assert read["findings"]


def test_what_is_no_request_is_refused(client: TestClient) -> None:
    """Missing words, words that are no text, JSON that is none."""
    assert _post(client, "/api/draft/read")[0] == 422
    assert _post(client, "/api/draft/read", text=3)[0] == 422
    assert _post(client, "/api/compare", texts="ukraine")[0] == 422
    assert _post(client, "/api/compare", texts=["nowhere/nothing", "ukraine/no_guarantee"])[0] == 422
    client.cookies.clear()
    answer = client.post("/api/draft/read", content=b"{", headers={"content-type": "application/json"})
    assert answer.status_code == 422


def test_reports_are_determined(client: TestClient) -> None:
    """As they are typed; a report that cannot be read is told with its line."""
    sample = sample_incidents()[0].text
    status, found = _post(client, "/api/determine", under="ukraine/no_guarantee", reports=sample)
    assert status == 200
    assert "WHAT IS REPORTED" in json.dumps(found)
    status, told = _post(
        client, "/api/determine", under="ukraine/no_guarantee", reports=sample.replace("grade: C", "grade: Z")
    )
    assert status == 422
    assert "grade" in json.dumps(told)


def test_styles_of_a_chart_become_attributes() -> None:
    """The same look, without a style inside the page."""
    text = "<text style=\"font: bold 7.6px 'A B', serif; text-anchor: start\">x</text>"
    svg = f'<path style="fill: none; stroke: #fff"/>{text}'
    said = without_inline_styles(svg)
    assert "style=" not in said
    assert '<path fill="none" stroke="#fff"/>' in said
    assert 'font-weight="bold" font-size="7.6px" font-family="\'A B\', serif" text-anchor="start"' in said


def test_every_file_that_a_comparison_offers_is_given(client: TestClient) -> None:
    """Report, records and the brief in each format: what the page links to is there, and of the kind that it says."""
    texts = ["ukraine/no_guarantee", "ukraine/nato_membership"]
    client.cookies.clear()
    assert "data-job" not in client.get("/compare", params={"with": texts}).text
    assert _post(client, "/api/compare", texts=texts)[0] == 202
    page, until = "", time.monotonic() + _PATIENCE_SECONDS
    while "/report.html" not in page and time.monotonic() < until:
        page = client.get("/compare", params={"with": texts}).text
        time.sleep(0.2)
    begins = {"html": b"<!doctype html>", "json": b"{", "pdf": b"%PDF-", "docx": b"PK", "pptx": b"PK"}
    offered = re.findall(r'href="(/jobs/[^"]+)"', page)
    assert {address.rpartition(".")[2] for address in offered} == set(begins)
    for address in offered:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.content.lower().startswith(begins[address.rpartition(".")[2]].lower()), address
    job = offered[0].rpartition("/")[0]
    assert client.get(f"{job}/passwords.txt").status_code == 404
