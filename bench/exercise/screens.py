"""Draw the screens of the room in three widths: ``python -m bench.exercise.screens`` writes docs/screens/room_*.webp.

A rehearsal of the incursion is played alone up to the finding and then ended, in a real browser, with bots that play by
their equilibrium; each page is drawn on the way.
"""

import argparse
import io
import tempfile
import time
from pathlib import Path

from PIL import Image
from selenium import webdriver
from tests.web.browsing import open_browser, prefer_dark, resize
from tests.web.room.pressing import is_seated, press, reads, soon
from tests.web.serving import serving

from bench.measuring.page import ROOT
from foedus.jobs.room.desk import RoomDesk
from foedus.jobs.room.opening import RehearseRequest, open_rehearsal
from foedus.values.atomic import write_together
from foedus.web.room.site import room_app

FOLDER = ROOT / "docs" / "screens"
WIDTHS = {375: 1500, 768: 1400, 1280: 900}
"""[width of the page] height of the picture."""
_SEATS = ("director", "poland", "monitor", "evaluator")
_STEPS = 9
"""To the last report before the finding."""


def main() -> None:
    """Play, and draw."""
    parser = argparse.ArgumentParser(prog="python -m bench.exercise.screens", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    folder: Path = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as kept:
        request = RehearseRequest(log=Path(kept) / "room.db", scenario="incursion_in_an_election")
        desk = RoomDesk(open_rehearsal(request))
        link = desk.link_for(_SEATS)
        with serving(room_app(desk)) as url, open_browser(arguments=("--force-prefers-reduced-motion",)) as browser:
            made = _play(browser, url, link)
    folder.mkdir(parents=True, exist_ok=True)
    for path in write_together(folder, made):
        print(path)


def _play(browser: webdriver.Chrome, url: str, link: str) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    browser.get(f"{url}/room/join/{link}")
    made |= _drawn(browser, "join")
    press(browser, "Take these seats")
    is_seated(browser)
    soon(lambda: "being worked out" not in _reloaded(browser), "what the bots play by", seconds=600)
    for _ in range(_STEPS):
        press(browser, "To what happens next")
        time.sleep(1.0)
    made |= _drawn(browser, "delegate")
    prefer_dark(browser, is_dark=True)
    made |= {"room_delegate-dark-1280.webp": _picture(browser)}
    prefer_dark(browser, is_dark=False)
    for seat in ("monitor", "evaluator", "director"):
        browser.get(f"{url}/room/{seat}")
        made |= _drawn(browser, seat)
    press(browser, "Invite", within="#seat_table tr:nth-child(8)")
    reads(browser, "A link to the seat")
    made |= _drawn(browser, "link")
    browser.get(f"{url}/room/director/guide")
    made |= _drawn(browser, "guide")
    browser.get(f"{url}/room/director/zone")
    made |= _drawn(browser, "zone")
    browser.get(f"{url}/room/poland")
    press(browser, "Move it")
    reads(browser, "Found: incursion")
    press(browser, "Perform it")
    reads(browser, "Poland acts: support")
    browser.get(f"{url}/room/director")
    for _ in range(3):
        press(browser, "To what happens next")
        time.sleep(1.0)
    browser.execute_script("document.querySelector('#ending details').open = true")
    press(browser, "End the rehearsal", within="#ending")
    reads(browser, "It is over")
    browser.get(f"{url}/room/poland/after")
    return made | _drawn(browser, "after_action")


def _reloaded(browser: webdriver.Chrome) -> str:
    time.sleep(1.0)
    browser.refresh()
    return browser.page_source


def _drawn(browser: webdriver.Chrome, name: str) -> dict[str, bytes]:
    made = {}
    for width, height in WIDTHS.items():
        resize(browser, width=width, height=height)
        browser.execute_script("window.scrollTo(0, 0)")
        made[f"room_{name}-{width}.webp"] = _picture(browser)
    return made


def _picture(browser: webdriver.Chrome) -> bytes:
    time.sleep(0.4)
    kept = io.BytesIO()
    Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB").save(kept, "WEBP", quality=62, method=6)
    return kept.getvalue()


if __name__ == "__main__":
    main()
