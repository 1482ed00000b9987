"""A real browser without a window, and a judge of accessibility that looks at its pages."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: {type: "tag", values: arguments[0]}, resultTypes: ["violations"]})
  .then((found) => done(found.violations), (error) => done([{id: String(error), nodes: []}]));
"""


@contextmanager
def open_browser(*, width: int = 1280, height: int = 900, arguments: Sequence[str] = ()) -> Iterator[webdriver.Chrome]:
    """Open Chromium; skips the test, saying why, where there is none."""
    program = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("needs Chromium and its driver (Debian: apt-get install chromium chromium-driver)")
    options = Options()
    options.binary_location = program
    for each in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", *arguments):
        options.add_argument(each)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    try:
        browser = webdriver.Chrome(options=options, service=Service(driver))
    except WebDriverException as error:
        pytest.skip(f"Chromium does not start here: {error.msg}")
    try:
        resize(browser, width=width, height=height)
        yield browser
    finally:
        browser.quit()


def resize(browser: webdriver.Chrome, *, width: int, height: int = 900) -> None:
    """Give the page, not the window around it, a size."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
    )


def prefer_dark(browser: webdriver.Chrome, *, is_dark: bool) -> None:
    """Let the page think that its reader prefers a dark one."""
    features = [{"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def axe_violations(browser: webdriver.Chrome) -> list[str]:
    """Return what axe finds wrong on the page that is open, one line for each rule and its places."""
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = browser.execute_async_script(_RUN_AXE, _LEVELS)
    return [
        f"{rule['id']}: {rule.get('help', '')}: " + "; ".join(str(node["html"])[:160] for node in rule["nodes"])
        for rule in found
    ]


def complaints(browser: webdriver.Chrome) -> list[str]:
    """Return what the browser's console has to say since it was last asked: refused files, errors of scripts."""
    entries: list[dict[str, Any]] = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return [str(entry["message"]) for entry in entries if entry["level"] in ("SEVERE", "WARNING")]
