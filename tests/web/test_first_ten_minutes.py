"""A newcomer's first ten minutes, in a real browser: look, compare, find a hole, mend it, share, brief, rehearse."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from foedus.arrangement.library import library_files
from foedus.arrangement.load import loads
from tests.web.browsing import axe_violations, complaints, open_browser

_PATIENCE = 300
WIDTH = 1440
_GRAVE_GAP = ".finding.error .mend[data-code='G01']"


def _wait(browser: webdriver.Chrome, seen: Callable[[webdriver.Chrome], Any]) -> Any:
    return WebDriverWait(browser, _PATIENCE, poll_frequency=0.05).until(seen)


def _all(browser: webdriver.Chrome, selector: str) -> list[Any]:
    return browser.find_elements(By.CSS_SELECTOR, selector)


def _one(browser: webdriver.Chrome, selector: str) -> Any:
    return browser.find_element(By.CSS_SELECTOR, selector)


def _exact_picture(browser: webdriver.Chrome) -> dict[str, str]:
    """Wait for the exact picture, and read the figure and the change of each outcome."""
    _wait(browser, lambda b: _all(b, "#picture[aria-busy='false'] .stage.full"))
    return {
        row.find_element(By.CSS_SELECTOR, ".name").text: row.find_element(By.CSS_SELECTOR, ".change").text
        for row in _all(browser, ".outcome")
    }


def _text(browser: webdriver.Chrome) -> str:
    return str(_one(browser, "#text").get_property("value"))


def test_the_first_page_shows_the_whole_library(browser: webdriver.Chrome, explorer: str) -> None:
    """Each arrangement once, with what the checks make of it."""
    browser.get(explorer)
    _wait(browser, lambda b: len(_all(b, ".card")) == len(library_files()))
    _wait(browser, lambda b: not _all(b, ".waiting"))
    paris = _one(browser, "[data-checked='ukraine/multinational_force_paris_2026']")
    assert "0 % of incidents" in paris.text
    assert axe_violations(browser) == []


def test_two_are_compared_in_one_picture(browser: webdriver.Chrome, explorer: str) -> None:
    """Chosen on a form that works without scripts, told while it goes on, shown with a table under the picture."""
    browser.get(explorer + "/compare")
    for box in _all(browser, "input[name='with']:checked"):
        if box.get_attribute("value") not in ("ukraine/no_guarantee", "ukraine/nato_membership"):
            browser.execute_script("arguments[0].click()", box)
    browser.execute_script("arguments[0].click()", _one(browser, ".choice button[type='submit']"))
    _wait(browser, lambda b: _all(b, ".compared .row"))
    assert "leaves the least renewed war of 2" in _one(browser, "h1").text
    assert len(_all(browser, ".compared .row")) == 2
    assert len(_all(browser, ".compared .row svg.strip")) == 12
    assert _all(browser, "details table")
    assert axe_violations(browser) == []


def test_a_hole_is_found_and_mended_and_the_difference_seen(browser: webdriver.Chrome, explorer: str) -> None:
    """What is mended in the text moves the levers, the checks and the picture; undo takes it all back."""
    browser.get(explorer + "/workbench?from=ukraine/multinational_force_paris_2026")
    assert set(_exact_picture(browser).values()) == {"as before"}
    opened = _text(browser)
    hole = _one(browser, _GRAVE_GAP)
    browser.execute_script("arguments[0].click()", hole)
    _wait(browser, lambda b: _text(b) != opened)
    _wait(browser, lambda b: "as before" not in _exact_picture(b)["Renewed major war"])
    assert Select(_one(browser, "[data-path='commitments[0].bindingness']")).first_selected_option.text != "intends to"
    assert not _all(browser, _GRAVE_GAP)
    assert axe_violations(browser) == []
    _one(browser, "#undo").click()
    _wait(browser, lambda b: _all(b, _GRAVE_GAP))
    assert _text(browser) == opened


def test_a_lever_moves_the_text_and_typing_moves_the_lever(browser: webdriver.Chrome, explorer: str) -> None:
    """Two views of one thing; what cannot be read is told at its line and takes nothing away."""
    browser.get(explorer + "/workbench?from=ukraine/nato_membership")
    _wait(browser, lambda b: _all(b, ".stage"))
    Select(_one(browser, "[data-path='commitments[1].bindingness']")).select_by_value("shall_specified")
    _wait(browser, lambda b: "bindingness: shall_specified" in _text(b))
    typed = _text(browser).replace("bindingness: shall_specified", "bindingness: intends")
    _type(browser, typed)
    lever = "[data-path='commitments[1].bindingness']"
    _wait(browser, lambda b: b.execute_script(f'return document.querySelector("{lever}")?.value') == "intends")
    _type(browser, typed.replace("tier: defend", "tier: defnd"))
    _wait(browser, lambda b: "defnd" in _one(b, "#findings").text)
    assert _all(browser, "#gutter .error")
    assert complaints(browser) == []


def test_a_text_is_shared_by_its_address_alone(browser: webdriver.Chrome, explorer: str) -> None:
    """Behind the #, which no server is sent; somebody else opens the very text."""
    browser.get(explorer + "/workbench?from=ukraine/no_guarantee")
    _wait(browser, lambda b: _all(b, ".stage"))
    shared = _text(browser).replace("own_defence: keep_up", "own_defence: build_up") + "# a remark of mine\n"
    _type(browser, shared)
    _one(browser, "#share").click()
    address = _wait(browser, lambda b: b.current_url if "#t=" in b.current_url else None)
    with open_browser(width=WIDTH) as other:
        other.get(address)
        _wait(other, lambda b: "a remark of mine" in _text(b))
        assert loads(_text(other)) == loads(shared)


def test_closing_the_page_loses_nothing(browser: webdriver.Chrome, explorer: str, tmp_path: Path) -> None:
    """Who comes back finds the text as it was left, with the way back."""
    browser.get(explorer + "/workbench?from=history/korea_1953")
    _wait(browser, lambda b: _all(b, ".stage"))
    left = _text(browser) + "# left here\n"
    _type(browser, left)
    _wait(browser, lambda b: b.execute_script("return localStorage.getItem('foedus.workbench')?.includes('left here')"))
    browser.get("about:blank")
    browser.get(explorer + "/workbench?from=history/korea_1953")
    _wait(browser, lambda b: "left here" in _text(b))
    assert _one(browser, "#undo").is_enabled()


def test_a_draft_of_ones_own_is_compared(browser: webdriver.Chrome, explorer: str) -> None:
    """From the bench to the comparison, where it stands ticked beside the others, and to its brief."""
    browser.get(explorer + "/workbench?from=history/locarno_1925")
    _wait(browser, lambda b: _all(b, ".stage"))
    _type(browser, _text(browser) + "# mine\n")
    browser.execute_script("arguments[0].click()", _one(browser, "#compare"))
    _wait(browser, lambda b: _all(b, "input[value^='draft:']:checked"))
    assert axe_violations(browser) == []
    browser.execute_script("arguments[0].click()", _one(browser, ".choice button[type='submit']"))
    _wait(browser, lambda b: _all(b, ".compared .row"))
    assert "draft 1" in _one(browser, ".compared").text
    assert _all(browser, "a[href$='brief.pdf']")


def test_a_question_is_asked_and_answered(browser: webdriver.Chrome, explorer: str) -> None:
    """Where a text fails: told while it is looked for, then in words, and found again among what one asked."""
    browser.get(explorer + "/futures")
    form = _one(browser, "form[action='/futures/failing']")
    browser.execute_script("arguments[0].click()", form.find_element(By.CSS_SELECTOR, "button"))
    _wait(browser, lambda b: _all(b, ".from-report"))
    assert "of 100 futures" in _one(browser, ".from-report").text
    assert axe_violations(browser) == []
    assert complaints(browser) == []
    browser.get(explorer + "/futures")
    assert "answered" in _one(browser, "ul.asked").text


def test_a_scenario_is_rehearsed(browser: webdriver.Chrome, explorer: str) -> None:
    """A room opens with a button, a seat is taken, and the first event can be released; then it is ended."""
    browser.get(explorer + "/rehearse")
    browser.execute_script("arguments[0].click()", _one(browser, ".scenario button"))
    _wait(browser, lambda b: _all(b, ".open-rooms a.primary"))
    assert axe_violations(browser) == []
    _one(browser, ".open-rooms a.primary").click()
    _one(browser, "main form button").click()
    _wait(browser, lambda b: _all(b, "#bar[data-seat]"))
    browser.get(explorer + "/rehearse")
    browser.execute_script("arguments[0].click()", _one(browser, ".open-rooms form button"))
    _wait(browser, lambda b: not _all(b, ".open-rooms"))


def _type(browser: webdriver.Chrome, text: str) -> None:
    """Put text into the editor as typing does, at once."""
    browser.execute_script(
        "const area = document.getElementById('text'); area.value = arguments[0];"
        "area.dispatchEvent(new Event('input', {bubbles: true}))",
        text,
    )
