"""The room without scripts: links, seats, forms, what is hidden, and a server that is stopped and started anew."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from foedus.evidence.calibration.load import load_demands
from foedus.evidence.targets.load import load_targets
from foedus.exercise.log.places import open_source
from foedus.exercise.log.verify import verify
from foedus.jobs.room.desk import RoomDesk
from foedus.values.zone import Zone
from tests.web.room.desks import Visitor, another, desk_at, visited


@pytest.fixture
def desk(tmp_path: Path) -> RoomDesk:
    """Return a rehearsal of the incursion."""
    return desk_at(tmp_path / "room.db")


def test_opening_a_link_takes_no_seat_and_the_button_does_once(desk: RoomDesk) -> None:
    """Programs that read mail follow links; only the button seats somebody, and the link is good for one."""
    with visited(desk) as client:
        token = desk.link_for(("poland",))
        first = Visitor(client)
        assert "Take this seat" in first.get(f"/room/join/{token}")
        assert "Take this seat" in first.get(f"/room/join/{token}")
        assert "You are <b>Poland</b>" in first.send(f"/room/join/{token}")
        second = another(client)
        second.get(f"/room/join/{token}")
        assert second.status == 410


def test_the_cookie_of_a_seat_is_for_this_server_alone(desk: RoomDesk) -> None:
    """No script reads it, no other site sends it along, and the log holds no more than its hash."""
    with visited(desk) as client:
        token = desk.link_for(("poland",))
        visitor = Visitor(client)
        visitor.get(f"/room/join/{token}")
        found = re.search(r'csrf_token" value="([0-9a-f]+)"', visitor.page)
        assert found
        answer = client.post(f"/room/join/{token}", data={"csrf_token": found[1]}, follow_redirects=False)
        cookie = next(each for each in answer.headers.get_list("set-cookie") if each.startswith("foedus-seat"))
        assert "httponly" in cookie.lower()
        assert "samesite=strict" in cookie.lower()
        secret = cookie.split("=", 1)[1].split(";")[0]
        assert secret not in desk.log_lines("director").decode()
        assert token not in desk.log_lines("director").decode()


def test_nobody_does_anything_in_a_seat_that_is_not_theirs(desk: RoomDesk) -> None:
    """Neither pages nor forms nor streams of another seat are there for whoever sits elsewhere or nowhere."""
    with visited(desk) as client:
        visitor = Visitor(client)
        for path in ("/room/poland", "/room/poland/events", "/room/poland/after", "/room/director/log.jsonl"):
            visitor.get(path)
            assert visitor.status == 403, path
        visitor.join(desk.link_for(("poland",)))
        for path in ("/room/germany", "/room/director", "/room/director/guide", "/room/director/after.json"):
            visitor.get(path)
            assert visitor.status == 403, path
        visitor.get("/room/poland")
        visitor.send("/room/germany/do", do="say", words="not mine")
        assert visitor.status == 403
        visitor.get("/room/poland/after")
        assert visitor.status == 422


def test_a_form_without_its_token_changes_nothing(desk: RoomDesk) -> None:
    """A page elsewhere cannot act in somebody's seat."""
    with visited(desk) as client:
        visitor = Visitor(client)
        visitor.join(desk.link_for(("poland",)))
        before = desk.size
        answer = client.post("/room/poland/do", data={"do": "say", "words": "forged"})
        assert answer.status_code == 403
        assert desk.size == before


def _play(visitor: Visitor, **fields: str) -> str:
    """Send a form of the player's page."""
    return visitor.send("/room/poland/do", **fields)


def test_somebody_plays_alone_from_the_first_incident_to_the_report(desk: RoomDesk, tmp_path: Path) -> None:
    """Without any script: begin, be refused, move what the reports carry, perform, end, read why."""
    with visited(desk) as client:
        visitor = Visitor(client)
        page = visitor.join(desk.link_for(("director", "poland")))
        assert "Exercise. Nothing here has happened." in page
        lead = {"back": "poland"}
        visitor.send("/room/director/do", do="next", **lead)
        assert "Two villages north of the line" in visitor.page
        page = _play(visitor, do="invoke", incident="two_villages")
        assert visitor.status == 409
        assert "trigger.invoked_by" in page
        visitor.get("/room/poland")
        for _ in range(12):
            if "Found: incursion" in visitor.page:
                break
            if 'value="propose_finding"' in visitor.page:
                _play(visitor, do="propose_finding", incident="two_villages", finding="incursion", attribution="likely")
            else:
                visitor.send("/room/director/do", do="next", **lead)
            visitor.get("/room/poland")
        assert "Perform what you owe" in visitor.page
        _play(visitor, do="act", incident="two_villages", tier="support", under="assistance", words="Ammunition.")
        assert visitor.status == 200
        visitor.get("/room/director")
        visitor.send("/room/director/do", do="close", reason="done")
        report = visitor.get("/room/poland/after")
        for heading in ("How much of the lawful time was used", "Who waited for whom", "Holes of the text"):
            assert heading in report
        assert "took part in support" in report
        assert "=" not in client.get("/room/poland/after.csv").text[:1]
        observed = client.get("/room/poland/after.observation").json()
        assert observed["duties"]["met"] >= 1
        assert observed["people"] == ["poland"]
        assert observed["duties_of_people"]["due"] >= observed["duties_of_people"]["met"] >= 1
        file = tmp_path / "observed.json"
        file.write_bytes(client.get("/room/poland/after.observation").content)
        held = load_demands(load_targets(), limit=1.645, more=(file,))[-1]
        assert held.texts == ("ukraine/kyiv_security_compact_2022",)
        assert held.observation.n == observed["duties_of_people"]["due"]


def test_what_is_told_to_five_is_on_no_page_of_a_sixth(desk: RoomDesk) -> None:
    """The munition report is on Poland's page and on the director's, and nowhere on Estonia's."""
    with visited(desk) as client:
        leading, poland, estonia = Visitor(client), another(client), another(client)
        leading.join(desk.link_for(("director",)))
        poland.join(desk.link_for(("poland",)))
        estonia.join(desk.link_for(("estonia",)))
        leading.send("/room/director/do", do="step", to="2027-09-25 08:30", reason="to the report")
        told = "Munition found there is of a kind"
        assert told in poland.get("/room/poland")
        assert told in leading.get("/room/director")
        assert told not in estonia.get("/room/estonia")
        assert not any(told in each["words"] for each in desk.news("estonia", after=0))
        assert any(told in each["words"] for each in desk.news("poland", after=0))


def test_a_room_goes_on_where_a_stopped_server_left_it(tmp_path: Path) -> None:
    """Whoever sat in a seat sits in it, the motion is open, and the log is one that verifies."""
    log = tmp_path / "room.db"
    desk = desk_at(log)
    with visited(desk) as client:
        visitor = Visitor(client)
        visitor.join(desk.link_for(("director", "poland")))
        visitor.send("/room/director/do", do="step", to="2027-09-25 06:00", reason="on")
        cookies = dict(client.cookies)
        size = desk.size
    again = desk_at(log)
    assert again.size == size
    with visited(again) as client:
        client.cookies.update(cookies)
        visitor = Visitor(client)
        assert "You are <b>Poland</b>" in visitor.get("/room/poland")
        assert "Invoked" in visitor.page
        visitor.send("/room/director/do", do="step", to="2027-09-25 09:00", reason="on", back="poland")
        assert visitor.status == 200
    assert verify(open_source(str(log))).is_whole


def test_whoever_is_put_out_is_out_at_once(desk: RoomDesk) -> None:
    """A seat that the director clears serves no further page to who sat there."""
    with visited(desk) as client:
        leading, poland = Visitor(client), another(client)
        leading.join(desk.link_for(("director",)))
        poland.join(desk.link_for(("poland",)))
        leading.get("/room/director")
        leading.send("/room/director/do", do="end_sessions", seat="poland")
        poland.get("/room/poland")
        assert poland.status == 403


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"do": "fly"}, "nothing that can be done"),
        ({"do": "invoke", "incident": "../etc"}, "lower-case letters"),
        ({"do": "invoke", "incident": "nowhere"}, "not on record"),
        ({"do": "vote_on_finding", "incident": "x", "vote": "maybe"}, "choose one of"),
        ({"do": "act", "incident": "x", "tier": "nuke"}, "choose one of"),
        ({"do": "say", "words": "x" * 5000}, "longer than"),
        ({"do": "clock", "rate": "60"}, "may not do this"),
        ({"do": "open_incident", "incident": "x", "happened_at": "soon", "what": "x"}, "write a time"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(desk: RoomDesk, fields: dict[str, str], said: str) -> None:
    """A form that asks for nothing, or for too much, is answered with what is wrong, and logged as nothing done."""
    with visited(desk) as client:
        visitor = Visitor(client)
        visitor.join(desk.link_for(("poland",)))
        visitor.send("/room/poland/do", **fields)
        assert visitor.status == 409
        assert said in visitor.page


def test_what_people_write_is_shown_as_text(desk: RoomDesk) -> None:
    """A message is words, whatever stands in it."""
    with visited(desk) as client:
        visitor = Visitor(client)
        visitor.join(desk.link_for(("poland",)))
        visitor.send("/room/poland/do", do="say", words="<script>alert(1)</script>")
        assert "<script>alert" not in visitor.page
        assert "&lt;script&gt;alert" in visitor.page


def test_the_page_of_the_director_is_quick(desk: RoomDesk) -> None:
    """It holds every seat and inject, and is written in well under a second."""
    began = time.perf_counter()
    desk.screen("director")
    assert time.perf_counter() - began < 1.0


def test_a_list_of_events_is_shown_before_it_is_planned(desk: RoomDesk) -> None:
    """The director sees what a table holds and what is wrong; only a second button plans it."""
    with visited(desk) as client:
        visitor = Visitor(client)
        visitor.join(desk.link_for(("director",)))
        token = re.search(r'csrf_token" value="([0-9a-f]+)"', visitor.page)
        assert token
        before = desk.size
        table = {"table": ("list.csv", b"when,description,to\n2027-09-26 10:00,A tanker is late.,poland\n", "text/csv")}
        answer = client.post("/room/director/msel", data={"csrf_token": token[1]}, files=table)
        assert "A tanker is late." in answer.text
        assert desk.size == before
        kept = re.search(r'name="kept" value="([^"]+)"', answer.text)
        assert kept
        sent = {"csrf_token": token[1], "kept": kept[1], "do": "plan"}
        assert "A tanker is late." in client.post("/room/director/msel", data=sent).text
        assert desk.size == before + 1
        assert "A tanker is late." in client.get("/room/director/msel.csv").text


def test_a_head_of_delegation_takes_the_vote_from_the_delegate(desk: RoomDesk) -> None:
    """The director makes the seat; once somebody sits in it, the delegate's page offers no vote and no act."""
    with visited(desk) as client:
        leading, poland, head = Visitor(client), another(client), another(client)
        leading.join(desk.link_for(("director",)))
        poland.join(desk.link_for(("poland",)))
        leading.get("/room/director")
        leading.send("/room/director/do", do="make_seat", role="head", party="poland")
        leading.send("/room/director/do", do="step", to="2027-09-25 05:00", reason="on")
        assert 'value="act"' in poland.get("/room/poland")
        head.join(desk.link_for(("poland_head",)))
        assert 'value="act"' in head.get("/room/poland_head")
        assert 'value="act"' not in poland.get("/room/poland")
        poland.send("/room/poland/do", do="act", incident="two_villages", tier="support")
        assert poland.status == 409


def test_two_persons_of_a_delegation_act_together(tmp_path: Path) -> None:
    """What the delegate drafts stands on the head's page with a button; no other page until it is done."""
    desk = desk_at(tmp_path / "room.db", needs_two=True)
    assert desk.do("director", "step", {"to": "2027-09-25 05:00", "reason": "on"}).is_done
    with visited(desk) as client:
        poland, head, germany = Visitor(client), another(client), another(client)
        poland.join(desk.link_for(("poland",)))
        head.join(desk.link_for(("poland_head",)))
        germany.join(desk.link_for(("germany",)))
        _play(poland, do="act", incident="two_villages", tier="support", words="Ammunition.")
        assert poland.status == 200
        assert "drafted to act: support" in poland.page
        assert "Countersign<" not in poland.page
        assert "drafted to act" not in germany.get("/room/germany")
        found = re.search(r'name="draft" value="(draft_\d+)"', head.get("/room/poland_head"))
        assert found
        assert "Countersign<" in head.page
        head.send("/room/poland_head/do", do="sign_draft", draft=found[1])
        assert "Poland acts: support" in germany.get("/room/germany")
        assert "None waits." in poland.get("/room/poland")


def test_one_browser_does_not_take_both_seats_of_a_delegation(tmp_path: Path) -> None:
    """The link still holds for somebody else, and the page says why it does not for this one."""
    desk = desk_at(tmp_path / "room.db", needs_two=True)
    with visited(desk) as client:
        poland, other = Visitor(client), another(client)
        poland.join(desk.link_for(("poland",)))
        link = desk.link_for(("poland_head",))
        assert "one browser sits in one seat of a delegation" in poland.join(link)
        assert "You are <b>Poland (head)</b>" in other.join(link)


def test_each_browser_reads_and_writes_times_by_its_own_clock(desk: RoomDesk) -> None:
    """Who chose a zone sees and enters its hours; a neighbour sees UTC, and the log holds UTC."""
    with visited(desk) as client:
        kyiv, neighbour = Visitor(client), another(client)
        kyiv.join(desk.link_for(("director",)))
        neighbour.join(desk.link_for(("poland",)))
        in_utc = _clock(neighbour.get("/room/poland"))
        kyiv.get("/room/director/zone")
        shown = _clock(kyiv.send("/room/director/zone", zone="Europe/Kyiv"))
        moment = datetime.strptime(in_utc, "%a %d %b %Y, %H:%M").replace(tzinfo=UTC)
        assert shown == Zone("Europe/Kyiv").written(moment) != in_utc
        assert "(the time of Kyiv)" in kyiv.page
        assert _clock(neighbour.get("/room/poland")) == in_utc
        when = moment - timedelta(hours=5)
        told = {"incident": "here", "what": "Seen by day.", "zone": "Europe/Kyiv"}
        told["happened_at"] = Zone("Europe/Kyiv").entered(when)
        kyiv.get("/room/director")
        assert Zone("Europe/Kyiv").written(when) in kyiv.send("/room/director/do", do="open_incident", **told)
        assert _happened(desk)[-1] == f"{when:%Y-%m-%dT%H:%M}"


def test_an_hour_that_comes_twice_is_told_and_not_guessed(desk: RoomDesk) -> None:
    """Nothing is put on the record, and the sentence says what to write."""
    with visited(desk) as client:
        visitor = Visitor(client)
        visitor.join(desk.link_for(("director",)))
        visitor.get("/room/director")
        told = {"incident": "here", "what": "Seen at night.", "zone": "Europe/Kyiv", "happened_at": "2027-10-31 03:30"}
        visitor.send("/room/director/do", do="open_incident", **told)
        assert visitor.status == 409
        assert "write it in UTC, such as 2027-10-31 00:30Z" in visitor.page


def test_a_zone_that_nobody_has_is_refused(desk: RoomDesk) -> None:
    """Whatever a form or a cookie says, times stay in a zone that there is."""
    with visited(desk) as client:
        visitor = Visitor(client)
        visitor.join(desk.link_for(("poland",)))
        visitor.get("/room/poland/zone")
        visitor.send("/room/poland/zone", zone="../../etc/passwd")
        assert visitor.status == 400
        client.cookies.set("foedus-zone-80", "nowhere")
        assert "UTC" in visitor.get("/room/poland")
        assert visitor.status == 200


def _clock(page: str) -> str:
    found = re.search(r'id="clock"[^>]*>([^<]+)</time>', page)
    assert found
    return found[1]


def _happened(desk: RoomDesk) -> list[str]:
    """Return when the incidents of the log happened, as it holds them."""
    return re.findall(r'"happened_at":"([0-9T:-]{16})', desk.log_lines("director").decode())
