"""Draw the screens of the room: ``python -m bench.exercise.screens`` writes docs/screens, by a real browser.

A rehearsal of the incursion is played alone up to the finding and then ended; each page is drawn at a width of its own.
"""

import shutil
import sys
import tempfile
import threading
import time
from io import BytesIO
from pathlib import Path

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from foedus.jobs.room.desk import RoomDesk
from foedus.jobs.room.opening import RehearseRequest, open_rehearsal
from foedus.web.room.site import room_app
from foedus.web.serving.address import Address
from foedus.web.serving.start import server_of

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
COLOURS = 48
"""Of a picture: pages have few, and the files stay small."""


def main() -> None:
    """Play, and draw."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    desk = RoomDesk(
        open_rehearsal(RehearseRequest(log=Path(tempfile.mkdtemp()) / "room.db", scenario="incursion_in_an_election"))
    )
    link = desk.link_for(("director", "poland", "monitor"))
    address, ready = Address(port=0), threading.Event()
    with address.listen() as opened:
        url = address.url(opened.getsockname()[1])
        server = server_of(room_app(desk)(address.policy()), address=address, when_ready=ready.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
        thread.start()
        ready.wait(20)
        browser = _browser()
        try:
            _play(browser, url, link, folder)
        finally:
            browser.quit()
            server.should_exit = True
            thread.join(20)


def _play(browser: webdriver.Chrome, url: str, link: str, folder: Path) -> None:
    browser.get(f"{url}room/join/{link}")
    _draw(browser, folder / "join.png", width=375)
    _press(browser, "Take these seats")
    for _ in range(9):
        _press(browser, "To what happens next")
    _draw(browser, folder / "delegate.png", width=1280)
    _draw(browser, folder / "delegate_phone.png", width=375)
    browser.get(f"{url}room/monitor")
    _draw(browser, folder / "monitor.png", width=768)
    browser.get(f"{url}room/director")
    _draw(browser, folder / "director.png", width=1280)
    browser.get(f"{url}room/poland")
    _press(browser, "Move it")
    _press(browser, "Perform it")
    browser.get(f"{url}room/director")
    browser.execute_script("document.querySelector('#ending details').open = true")
    _press(browser, "End the exercise")
    browser.get(f"{url}room/poland/after")
    _draw(browser, folder / "after_action.png", width=1280)
    _draw(browser, folder / "after_action_phone.png", width=375)


def _browser() -> webdriver.Chrome:
    options = Options()
    options.binary_location = shutil.which("chromium") or ""
    for each in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-prefers-reduced-motion",
    ):
        options.add_argument(each)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def _press(browser: webdriver.Chrome, text: str) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for each in browser.find_elements(By.TAG_NAME, "button"):
            if each.get_attribute("textContent") == text:
                browser.execute_script("arguments[0].click()", each)
                time.sleep(1.0)
                return
        time.sleep(0.2)
    raise SystemExit(f"there is no button {text!r}")


def _draw(browser: webdriver.Chrome, file: Path, *, width: int) -> None:
    size = {"width": width, "height": 900 if width > 400 else 780, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_script("window.scrollTo(0, 0)")
    time.sleep(0.4)
    with Image.open(BytesIO(browser.get_screenshot_as_png())) as drawn:
        drawn.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    print(f"{file.name}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
