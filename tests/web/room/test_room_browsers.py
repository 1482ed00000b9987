"""A scenario in real browsers: director, two delegates and monitor, through a killed server, to the report."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from foedus.exercise.log.places import open_source
from foedus.exercise.log.verify import verify
from foedus.web.room.site import room_app
from foedus.web.serving.address import Address
from tests.web.browsing import axe_violations, complaints, open_browser, prefer_dark, resize
from tests.web.room.desks import desk_at
from tests.web.serving import serving

_SERVER = """
import sys
from pathlib import Path
from tests.web.room.desks import desk_at
from foedus.web.room.site import room_app
from foedus.web.serving.address import Address
from foedus.web.serving.start import start
desk = desk_at(Path(sys.argv[1]))
links = [desk.link_for((seat,)) for seat in sys.argv[3].split(",") if seat]
start(room_app(desk), address=Address(port=int(sys.argv[2])), tell=lambda url: print(url, *links, flush=True))
"""
_SECONDS = 12.0


@contextmanager
def _server(log: Path, port: int, seats: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run a room in a process of its own, as `foedus rehearse` does."""
    command = [sys.executable, "-c", _SERVER, str(log), str(port), seats]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3])
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().split()
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _soon(is_so: Callable[[], object], what: str) -> None:
    """Wait until something is so on a page."""
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        with suppress(WebDriverException):
            if is_so():
                return
        time.sleep(0.05)
    raise AssertionError(f"it did not come about: {what}")


def _press(browser: webdriver.Chrome, text: str, *, within: str = "body") -> None:
    def found() -> bool:
        for each in browser.find_elements(By.CSS_SELECTOR, f"{within} button"):
            if each.get_attribute("textContent") == text:
                browser.execute_script("arguments[0].click()", each)
                return True
        return False

    _soon(found, f"a button {text!r}")


def _reads(browser: webdriver.Chrome, text: str) -> None:
    def is_read() -> bool:
        return text in (browser.find_element(By.TAG_NAME, "main").get_attribute("textContent") or "")

    _soon(is_read, f"{text!r} on a page")


def _is_seated(browser: webdriver.Chrome) -> None:
    _soon(lambda: browser.find_element(By.ID, "clock"), "a seat")


@pytest.mark.slow
def test_four_browsers_play_a_scenario_through_a_killed_server(tmp_path: Path) -> None:
    """What one does the others see without asking; nobody loses a seat or a step when the server dies."""
    log = tmp_path / "room.db"
    with Address(port=0).listen() as opened:
        port = opened.getsockname()[1]
    still = ("--force-prefers-reduced-motion",)
    with ExitStack() as stack:
        names = ("director", "poland", "ukraine", "monitor")
        browsers = {name: stack.enter_context(open_browser(arguments=still)) for name in names}
        with _server(log, port, ",".join(names)) as (process, (url, *links)):
            for (_, browser), link in zip(browsers.items(), links, strict=True):
                browser.get(f"{url}room/join/{link}")
                _press(browser, "Take this seat")
                _is_seated(browser)
            lead, poland, ukraine, monitor = browsers.values()
            _press(lead, "To what happens next")
            for each in (poland, ukraine, monitor):
                _reads(each, "Two villages north of the line")
            _press(ukraine, "Invoke the mechanism")
            _reads(poland, "Invoked by Ukraine")
            _press(poland, "Hold the meeting")
            _reads(ukraine, "Met")
            _reads(monitor, "File a report of an incident")
            monitor.execute_script("document.querySelectorAll('details').forEach((each) => each.open = true)")
            _press(monitor, "File it", within="#reporting")
            _reads(poland, "The secretariat reports")
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
        with _server(log, port, ""):
            lead.get(f"{url}room/director")
            _press(lead, "To what happens next")
            _reads(ukraine, "The brigade has counted two companies")
            _reads(poland, "The brigade has counted two companies")
            poland.get(f"{url}room/poland")
            _press(poland, "Move it")
            _reads(ukraine, "Found: incursion")
            _press(poland, "Perform it")
            _reads(lead, "Poland acts: support")
            _fit(poland, lead)
            lead.execute_script("document.querySelector('#ending details').open = true")
            _press(lead, "End the exercise", within="#ending")
            _reads(poland, "It is over")
            poland.get(f"{url}room/poland/after")
            _reads(poland, "took part in support")
            assert axe_violations(poland) == []
            assert [each for each in complaints(poland) if "ERR_" not in each] == []
    assert verify(open_source(str(log))).is_whole


def _fit(*browsers: webdriver.Chrome) -> None:
    """Hold the pages to the rules of accessibility in both schemes, and to the width of a telephone."""
    for browser in browsers:
        for is_dark in (False, True):
            prefer_dark(browser, is_dark=is_dark)
            assert axe_violations(browser) == []
        resize(browser, width=375)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 375
        resize(browser, width=1280)


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
        _press(browser, "Take these seats")
        _is_seated(browser)
        for seat in seats:
            resize(browser, width=375)
            browser.get(f"{url}/room/{seat}")
            assert (seat, axe_violations(browser)) == (seat, [])
            assert browser.execute_script("return document.documentElement.scrollWidth") <= 375
        browser.get(f"{url}/room/director/guide")
        assert axe_violations(browser) == []
        assert complaints(browser) == []


def test_a_page_is_worked_by_keyboard(tmp_path: Path) -> None:
    """From the top of the page to the first step that is open, and done, without a mouse."""
    desk = desk_at(tmp_path / "room.db")
    link = desk.link_for(("poland",))
    assert desk.do("director", "step", {"to": "2027-09-25 08:30", "reason": "on"}).is_done
    with serving(room_app(desk)) as url, open_browser() as browser:
        browser.get(f"{url}/room/join/{link}")
        _keys_to(browser, "Take this seat")
        _is_seated(browser)
        _keys_to(browser, "Hold the meeting")
        _reads(browser, "Met")


def _keys_to(browser: webdriver.Chrome, text: str) -> None:
    """Walk to a button with the tabulator and press it."""
    for _ in range(60):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        here = browser.switch_to.active_element
        if here.get_attribute("textContent") == text:
            here.send_keys(Keys.ENTER)
            return
    raise AssertionError(f"the keyboard does not reach {text!r}")
