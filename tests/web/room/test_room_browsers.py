"""A scenario in real browsers, six of them, through a killed server, to the report; every role, every width, keys."""

import urllib.request
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from selenium.webdriver.support.wait import WebDriverWait

from foedus.values.zone import Zone
from foedus.web.room.site import room_app
from tests.web.browsing import axe_violations, complaints, open_browser, prefer_dark, resize
from tests.web.room.desks import desk_at
from tests.web.room.playing import play
from tests.web.room.plays import INCURSION
from tests.web.room.pressing import is_seated, keys_to, press, reads
from tests.web.room.windows import profiles
from tests.web.serving import serving


@pytest.mark.slow
def test_six_people_play_a_scenario_through_a_killed_server(tmp_path: Path) -> None:
    """What one does the others see without asking; nobody loses a seat or a step when the server dies; all read why.

    The two other scenarios are played by `python -m bench.exercise.browsers`.
    """
    played = play(INCURSION, folder=tmp_path, windows=profiles)
    assert played.browsers == 6
    assert played.before > 5
    assert played.lost == 0
    assert played.faults == ()


def test_a_stream_gives_what_was_missed(tmp_path: Path) -> None:
    """A browser that comes back names the last entry that it saw, and is given those that followed."""
    desk = desk_at(tmp_path / "room.db")
    session = desk.redeem(desk.link_for(("poland",)), replaces="")
    seen = desk.size - 1
    for number in range(3):
        assert desk.do("poland", "say", {"words": f"message {number}"}).is_done
    with serving(room_app(desk)) as url:
        port = url.rsplit(":", 1)[1]
        headers = {"cookie": f"foedus-seat-{port}={session}", "last-event-id": str(seen + 1)}
        request = urllib.request.Request(f"{url}/room/poland/events", headers=headers)  # noqa: S310  (our own)
        with urllib.request.urlopen(request) as stream:  # noqa: S310
            lines = [stream.readline().decode().strip() for _ in range(8)]
    assert [line for line in lines if line.startswith("id:")] == [f"id: {seen + 2}", f"id: {seen + 3}"]


def test_the_page_of_every_role_is_accessible_and_fits_a_telephone(tmp_path: Path) -> None:
    """No rule that a program can judge is broken on any role's page, once an incident is on it; none is too wide."""
    desk = desk_at(tmp_path / "room.db")
    seats = ("director", "controller", "poland", "monitor", "chair", "evaluator", "observer", "auditor")
    link = desk.link_for(seats)
    assert desk.do("director", "step", {"to": "2027-09-25 12:30", "reason": "on"}).is_done
    with serving(room_app(desk)) as url, open_browser() as browser:
        browser.get(f"{url}/room/join/{link}")
        assert axe_violations(browser) == []
        press(browser, "Take these seats")
        is_seated(browser)
        for seat in seats:
            resize(browser, width=375)
            browser.get(f"{url}/room/{seat}")
            assert (seat, axe_violations(browser)) == (seat, [])
            if seat in ("poland", "director"):
                prefer_dark(browser, is_dark=True)
                assert (seat, axe_violations(browser)) == (seat, [])
                prefer_dark(browser, is_dark=False)
            assert browser.execute_script("return document.documentElement.scrollWidth") <= 375
        for page in ("guide", "zone"):
            browser.get(f"{url}/room/director/{page}")
            assert (page, axe_violations(browser)) == (page, [])
        assert complaints(browser) == []


def test_the_clock_that_runs_on_a_page_is_that_of_the_chosen_zone(tmp_path: Path) -> None:
    """A script counts on in the same zone and the same words as the server writes."""
    desk = desk_at(tmp_path / "room.db")
    link = desk.link_for(("director",))
    with serving(room_app(desk)) as url, open_browser() as browser:
        browser.get(f"{url}/room/join/{link}")
        press(browser, "Take this seat")
        is_seated(browser)
        browser.get(f"{url}/room/director/zone")
        browser.execute_script("document.getElementById('zone').value = 'Asia/Kathmandu'")
        press(browser, "Show times so")
        is_seated(browser)
        clock = browser.find_element("id", "clock")
        before = clock.text
        assert Zone("Asia/Kathmandu").written(datetime.fromisoformat(clock.get_attribute("data-now") or "")) == before
        assert desk.do("director", "clock", {"rate": "1440", "reason": "on"}).is_done
        WebDriverWait(browser, 10).until(lambda driver: driver.find_element("id", "clock").text != before)
        shown = datetime.strptime(browser.find_element("id", "clock").text, "%a %d %b %Y, %H:%M")
        assert timedelta() < shown - datetime.strptime(before, "%a %d %b %Y, %H:%M") < timedelta(hours=6)
        assert complaints(browser) == []


def test_a_page_is_worked_by_keyboard(tmp_path: Path) -> None:
    """From the top of the page to the first step that is open, and done, without a mouse."""
    desk = desk_at(tmp_path / "room.db")
    link = desk.link_for(("poland",))
    assert desk.do("director", "step", {"to": "2027-09-25 08:30", "reason": "on"}).is_done
    with serving(room_app(desk)) as url, open_browser() as browser:
        browser.get(f"{url}/room/join/{link}")
        keys_to(browser, "Take this seat")
        is_seated(browser)
        keys_to(browser, "Hold the meeting")
        reads(browser, "Met")
