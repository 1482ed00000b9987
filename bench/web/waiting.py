"""How long a page takes to show, and a lever to move the picture: `python -m bench.web.waiting`.

In a headless Chromium on this machine, against a server with as many worker processes as there are cores. Pictures
are rough over the first 24 futures and over all, from where the saved version came to rest, and then exact over all:
each future is solved as `foedus compare` does. How far the rough one is off: `python -m bench.web.lever`.
"""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice

import psutil
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait
from tests.web.browsing import open_browser
from tests.web.serving import serving

from bench.measuring.repeats import print_table, spread
from bench.web.lever import LEVERS
from foedus.web.explorer.site import explorer_app

_PATIENCE = 300
_PAUSE = 0.5
"""Seconds between two looks whether a picture is there: looking takes a processor's time from what is measured, and the
page itself notes when it has drawn."""
_TEXT = "ukraine/multinational_force_paris_2026"
_PAINTED = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
_STAGES = {"first": "24 futures, rough", "rough": "all futures, rough", "full": "all futures, exact"}


def main() -> None:
    """Print two tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.web.waiting", description=__doc__)
    parser.add_argument("--futures", type=int, default=200)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    before = os.getloadavg()[0]
    with _ready(futures=options.futures) as (browser, url):
        pages = [
            (path, list(_paints(browser, url + path, options.repeats))) for path in ("/", "/compare", "/workbench")
        ]
        moves = list(_moves(browser, url, options.repeats))
    rows = [(path, spread(times)) for path, times in pages]
    print_table(("page", "first contentful paint, ms"), rows, title="From asking for a page to reading it")
    waits = [(words, spread([move[stage] for move in moves])) for stage, words in _STAGES.items()]
    title = f"From a lever to the picture, {options.futures} futures, {options.repeats} levers"
    print_table(("picture", "seconds after the lever was moved"), waits, title=title)
    print(
        f"Processor seconds for a lever, of browser, server and workers: {spread([move['spent'] for move in moves])}."
    )
    print(f"Load of this machine before and after: {before:.1f}, {os.getloadavg()[0]:.1f}, on {os.cpu_count()} cores.")


@contextmanager
def _ready(*, futures: int) -> Iterator[tuple[webdriver.Chrome, str]]:
    """Give a browser and a server that has done everything that it does by itself."""
    with serving(partial(explorer_app, futures=futures)) as url, open_browser(width=1440) as browser:
        browser.get(url)
        WebDriverWait(browser, _PATIENCE).until(lambda b: not b.find_elements(By.CSS_SELECTOR, ".waiting"))
        yield browser, url


def _paints(browser: webdriver.Chrome, address: str, repeats: int) -> Iterator[float]:
    for _ in range(repeats):
        browser.get("about:blank")
        browser.get(address)
        yield float(WebDriverWait(browser, _PATIENCE).until(lambda b: b.execute_script(_PAINTED)))


def _moves(browser: webdriver.Chrome, url: str, repeats: int) -> Iterator[dict[str, float]]:
    browser.get(f"{url}/workbench?from={_TEXT}")
    _settled(browser)
    browser.execute_script(
        "document.getElementById('levers').addEventListener('change', () => {"
        " performance.clearMarks(); performance.clearMeasures(); performance.mark('moved'); }, true)"
    )
    for path, value in islice(cycle(LEVERS), repeats):
        browser.execute_script("for (const each of document.querySelectorAll('#levers details')) each.open = true")
        browser.execute_script("document.getElementById('picture').setAttribute('aria-busy', 'true')")
        before = _processor_seconds()
        Select(browser.find_element(By.CSS_SELECTOR, f"[data-path='{path}']")).select_by_value(value)
        _settled(browser)
        yield {stage: _seconds(browser, stage) for stage in _STAGES} | {"spent": _processor_seconds() - before}


def _settled(browser: webdriver.Chrome) -> None:
    done = "#picture[aria-busy='false'] .stage.full", "#levers:not([aria-busy='true'])"
    WebDriverWait(browser, _PATIENCE, poll_frequency=_PAUSE).until(
        lambda b: all(b.find_elements(By.CSS_SELECTOR, each) for each in done)
    )


def _processor_seconds() -> float:
    """Return what the server, in this process, its workers and the browser have taken so far."""
    this = psutil.Process()
    return float(sum(sum(each.cpu_times()[:2]) for each in (this, *this.children(recursive=True))))


def _seconds(browser: webdriver.Chrome, stage: str) -> float:
    script = (
        "const drawn = performance.getEntriesByName(arguments[0])[0];"
        "const moved = performance.getEntriesByName('moved')[0];"
        "return drawn.startTime + drawn.duration - moved.startTime"
    )
    return float(browser.execute_script(script, f"picture-{stage}")) / 1000


if __name__ == "__main__":
    main()
