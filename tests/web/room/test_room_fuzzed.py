"""Whatever is asked of the room, by whoever: an answer in words, never a fault, and no seat but one's own."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from starlette.routing import Route
from starlette.testclient import TestClient

from foedus.jobs.room.desk import RoomDesk
from foedus.jobs.room.forms import _WISHES
from foedus.web.room.seats import ROUTES
from tests.web.room.desks import Visitor, another, desk_at, visited

_SEATS = ("director", "poland", "poland_head", "monitor", "evaluator", "observer", "auditor", "controller", "chair")
_FORMS = ("html", "json", "csv", "xlsx", "observation", "pdf", "..", "%2e%2e")
_FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_WORDS = st.one_of(
    st.sampled_from(
        ["", "two_villages", "support", "yes", "no", "incursion", "established", "poland", "director", "draft_1"]
    ),
    st.sampled_from(["2027-09-25 04:00", "9999-12-31 23:59", "-1", "9" * 9, "1e9", "\x00", "../x", "<b>", "=1+1"]),
    st.text(max_size=40),
)
_NAMES = (
    *("incident", "vote", "tier", "finding", "attribution", "words", "reason", "to", "seat", "role", "party", "rate"),
    *("inject", "status", "at", "token_hash", "draft", "troops", "under", "about", "says", "grade", "origin", "back"),
    *("seen_at", "access", "anchor", "objective", "is_met", "owner", "due", "uses", "happened_at", "what", "is_bot"),
)
_FIELDS = st.dictionaries(st.sampled_from(_NAMES), _WORDS, max_size=9)


@pytest.fixture(scope="module")
def sitting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RoomDesk, Mapping[str, Visitor]]]:
    """Give a room with an incident, and a browser in each kind of seat; and one that sits nowhere."""
    desk = desk_at(Path(tmp_path_factory.mktemp("room")) / "room.db", needs_two=True)
    assert desk.do("director", "step", {"to": "2027-09-25 06:00", "reason": "on"}).is_done
    with visited(desk) as client:
        people = {"": another(client)}
        people[""].get("/room")
        for name in _SEATS:
            people[name] = another(client)
            people[name].join(desk.link_for((name,)))
        yield desk, people


@seed(1)
@_FEW
@given(who=st.sampled_from(_SEATS), do=st.sampled_from([*_WISHES, "next", "fly"]), fields=_FIELDS)
def test_every_form_is_answered_in_words(
    sitting: tuple[RoomDesk, Mapping[str, Visitor]], who: str, do: str, fields: dict[str, str]
) -> None:
    """Done, or refused with why: whoever sends whatever, no form brings the server to a fault."""
    desk, people = sitting
    if do in ("end_sessions", "close", "revoke"):
        fields = {**fields, "seat": "germany"} if do != "close" or who != "director" else {"reason": "x" * 500}
    before = desk.size
    people[who].send(f"/room/{who}/do", do=do, **fields)
    assert people[who].status in (200, 409, 422), people[who].page[:400]
    assert people[who].status == 200 or "Not done" in people[who].page or "<h1" in people[who].page
    assert desk.size >= before
    people[who].get(f"/room/{who}")
    assert people[who].status == 200


_FILLED: dict[str, st.SearchStrategy[str]] = {
    "token": st.text(max_size=50).map(lambda text: quote(f"t{text}", safe="")),
    "seat": st.sampled_from([*_SEATS, "nobody", "germany"]),
    "form": st.sampled_from(_FORMS),
}


@pytest.mark.parametrize("route", ROUTES, ids=lambda each: f"{'/'.join(sorted(each.methods))} {each.path}")
@seed(1)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_address_is_answered_and_no_seat_but_ones_own(
    sitting: tuple[RoomDesk, Mapping[str, Visitor]], route: Route, data: st.DataObject
) -> None:
    """Whoever does not sit in a seat is refused its addresses; whoever does gets a page, a file or why not."""
    if route.path.endswith("/events"):
        pytest.skip("a stream does not end; tests of browsers read it")
    _, people = sitting
    filled: dict[str, Any] = {name: data.draw(_FILLED[name]) for name in route.param_convertors}
    who = data.draw(st.sampled_from([*people]))
    visitor = people[who]
    path = route.path.format(**filled)
    if "POST" in (route.methods or ()):
        visitor.get("/room")
        visitor.send(path, **data.draw(_FIELDS))
    else:
        visitor.get(path)
    assert visitor.status < 500, (path, visitor.page[:300])
    if "seat" in filled and filled["seat"] != who:
        assert visitor.status in (403, 404)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"a,b\n" * 3_000, b"PK\x03\x04" + bytes(40), b'"', b"when\n\x00"])
@pytest.mark.parametrize("name", ["list.csv", "list.xlsx", "list", "../list.csv", ""])
def test_every_table_is_read_or_refused_in_words(
    sitting: tuple[RoomDesk, Mapping[str, Visitor]], body: bytes, name: str
) -> None:
    """A list of events may be anything that somebody has on a disk."""
    _, people = sitting
    visitor = people["director"]
    page = visitor.get("/room/director")
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    client: TestClient = visitor.client
    answer = client.post("/room/director/msel", data={"csrf_token": token}, files={"table": (name, body)})
    assert answer.status_code in (200, 400, 413, 422), answer.text[:300]
