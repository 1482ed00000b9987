"""Pages in a real browser: they load nothing from elsewhere, fit their screen, and axe finds nothing wrong."""

import pytest
from selenium import webdriver

from tests.web.browsing import axe_violations, complaints, open_browser, prefer_dark, resize

PAGES = (
    "/",
    "/compare",
    "/workbench",
    "/determine",
    "/claims",
    "/futures?words=sensing",
    "/rehearse",
    "/evidence",
    "/nowhere",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_on_paper_light_and_dark(browser: webdriver.Chrome, explorer: str, path: str) -> None:
    """No rule of WCAG 2.2 AA that a program can judge is broken, in either scheme of colours."""
    for is_dark in (False, True):
        prefer_dark(browser, is_dark=is_dark)
        browser.get(explorer + path)
        assert axe_violations(browser) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [375, 768, 1280])
def test_a_page_fits_its_screen(browser: webdriver.Chrome, explorer: str, path: str, width: int) -> None:
    """Nothing but a wide table in its own frame has to be scrolled sideways."""
    resize(browser, width=width)
    browser.get(explorer + path)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    resize(browser, width=1280)


def test_pages_need_no_network(explorer: str) -> None:
    """With every name but this machine's cut off, each page is there as always, and misses nothing."""
    with open_browser(arguments=("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",)) as alone:
        for path in (each for each in PAGES if each != "/nowhere"):
            alone.get(explorer + path)
            assert alone.execute_script("return document.fonts.ready.then(() => true)")
            loaded = alone.execute_script("return performance.getEntriesByType('resource').map((each) => each.name)")
            assert all(address.startswith(explorer) for address in loaded), path
            assert complaints(alone) == [], path


def test_a_page_asks_nobody_else(browser: webdriver.Chrome, explorer: str) -> None:
    """Everything that a page loads comes from the server, and the policy of its contents refuses none of it."""
    complaints(browser)
    browser.get(explorer + "/")
    loaded = browser.execute_script("return performance.getEntriesByType('resource').map((each) => each.name)")
    assert loaded
    assert [address for address in loaded if not address.startswith(explorer)] == []
    assert complaints(browser) == []
