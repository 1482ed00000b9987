"""Pictures of the explorer for the pages of docs/, in three widths: `python -m bench.docs.screens`."""

import argparse
import io
import time
from collections.abc import Callable, Mapping
from functools import partial

from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait
from tests.web.browsing import open_browser, prefer_dark, resize
from tests.web.serving import serving

from bench.measuring.page import ROOT
from foedus.values.atomic import write_together
from foedus.web.explorer.site import explorer_app

FOLDER = ROOT / "docs" / "screens"
WIDTHS = {375: 1500, 768: 1400, 1280: 900}
"""[width of the page] height of the picture."""
_PATIENCE = 300
_COMPARED = (
    "/compare?with=ukraine/no_guarantee&with=ukraine/budapest_memorandum_1994"
    "&with=ukraine/multinational_force_paris_2026&with=ukraine/nato_membership"
)


def main() -> None:
    """Write the pictures that are asked for; all when none is."""
    parser = argparse.ArgumentParser(prog="python -m bench.docs.screens", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PAGES))
    parser.add_argument("--futures", type=int, default=200)
    options = parser.parse_args()
    wanted = options.names or list(PAGES)
    if unknown := set(wanted) - set(PAGES):
        parser.error(f"no such page: {', '.join(sorted(unknown))}")
    made: dict[str, bytes] = {}
    with serving(partial(explorer_app, futures=options.futures)) as url, open_browser() as browser:
        for name in wanted:
            for width, height in WIDTHS.items():
                resize(browser, width=width, height=height)
                PAGES[name](browser, url)
                made[f"{name}-{width}.webp"] = _picture(browser)
        if "workbench" in wanted:
            prefer_dark(browser, is_dark=True)
            PAGES["workbench"](browser, url)
            made["workbench-dark-1280.webp"] = _picture(browser)
    for path in write_together(FOLDER, made):
        print(path)


def _picture(browser: webdriver.Chrome) -> bytes:
    time.sleep(0.3)
    picture = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
    kept = io.BytesIO()
    picture.save(kept, format="WEBP", quality=62, method=6)
    return kept.getvalue()


def _wait(browser: webdriver.Chrome, selector: str) -> None:
    WebDriverWait(browser, _PATIENCE).until(lambda b: b.find_elements(By.CSS_SELECTOR, selector))


def _gallery(browser: webdriver.Chrome, url: str) -> None:
    browser.get(url)
    WebDriverWait(browser, _PATIENCE).until(lambda b: not b.find_elements(By.CSS_SELECTOR, ".waiting"))


def _compare(browser: webdriver.Chrome, url: str) -> None:
    browser.get(url + _COMPARED)
    if not browser.find_elements(By.CSS_SELECTOR, ".compared .row"):
        browser.execute_script("document.querySelector('.choice button[type=submit]').click()")
    _wait(browser, ".compared .row")


def _workbench(browser: webdriver.Chrome, url: str) -> None:
    browser.get(url)
    browser.execute_script("localStorage.clear()")
    browser.get(f"{url}/workbench?from=ukraine/multinational_force_paris_2026")
    _wait(browser, "#picture[aria-busy='false'] .stage.full")
    Select(browser.find_element(By.CSS_SELECTOR, "[data-path='commitments[1].bindingness']")).select_by_value(
        "shall_specified"
    )
    WebDriverWait(browser, _PATIENCE).until(lambda b: b.find_elements(By.CSS_SELECTOR, ".change.better"))
    _wait(browser, "#picture[aria-busy='false'] .stage.full")


def _futures(browser: webdriver.Chrome, url: str) -> None:
    browser.get(url + "/futures")
    _wait(browser, ".questions")


def _rehearse(browser: webdriver.Chrome, url: str) -> None:
    browser.get(url + "/rehearse")
    _wait(browser, ".scenario")


def _evidence(browser: webdriver.Chrome, url: str) -> None:
    browser.get(url + "/evidence")
    _wait(browser, ".from-report svg")


PAGES: Mapping[str, Callable[[webdriver.Chrome, str], None]] = {
    "gallery": _gallery,
    "compare": _compare,
    "workbench": _workbench,
    "futures": _futures,
    "evidence": _evidence,
    "rehearse": _rehearse,
}


if __name__ == "__main__":
    main()
