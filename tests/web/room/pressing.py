"""What a person does on a page: wait until it says something, press a button, walk to it by keyboard."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

_SECONDS = 20.0
_WRITE = """
const form = arguments[0].closest("form");
for (const [name, words] of Object.entries(arguments[1])) form.elements[name].value = words;
arguments[0].click();
"""


def soon(is_so: Callable[[], object], what: str, *, seconds: float = _SECONDS) -> None:
    """Wait until something is so on a page."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(WebDriverException):
            if is_so():
                return
        time.sleep(0.05)
    raise AssertionError(f"it did not come about: {what}")


def press(
    browser: webdriver.Chrome, text: str, *, within: str = "body", write: Mapping[str, str] | None = None
) -> None:
    """Press the first button of these words, with something written into the fields of its form.

    Both at one stroke, so that a page that is written anew meanwhile does not come between.
    """

    def found() -> bool:
        for each in browser.find_elements(By.CSS_SELECTOR, f"{within} button"):
            if each.get_attribute("textContent") == text:
                browser.execute_script(_WRITE, each, dict(write or {}))
                return True
        return False

    soon(found, f"a button {text!r}")


def reads(browser: webdriver.Chrome, text: str) -> None:
    """Wait until a page says something."""

    def is_read() -> bool:
        return text in (browser.find_element(By.TAG_NAME, "main").get_attribute("textContent") or "")

    soon(is_read, f"{text!r} on a page")


def is_seated(browser: webdriver.Chrome) -> None:
    """Wait until a page is that of a seat."""
    soon(lambda: browser.find_element(By.ID, "clock"), "a seat")


def keys_to(browser: webdriver.Chrome, text: str) -> None:
    """Walk to a button or a link with the tabulator and press it."""
    for _ in range(90):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        here = browser.switch_to.active_element
        if here.get_attribute("textContent") == text:
            here.send_keys(Keys.ENTER)
            return
    raise AssertionError(f"the keyboard does not reach {text!r}")
