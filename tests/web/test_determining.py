"""Reports are entered without writing a line of a file, and the finding moves."""

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from tests.web.browsing import axe_violations, complaints

_PATIENCE = 120


def test_a_report_that_is_added_moves_the_finding(browser: webdriver.Chrome, explorer: str) -> None:
    """It stands in the text as one that was typed, and what may have happened is drawn anew."""
    browser.get(explorer + "/determine")
    wait = WebDriverWait(browser, _PATIENCE)
    before = browser.find_element(By.ID, "accounts").text
    assert "a realistic possibility" in before
    Select(browser.find_element(By.ID, "says")).select_by_value("crossing:formations")
    browser.find_element(By.ID, "origin").send_keys("satellite")
    Select(browser.find_element(By.ID, "grade")).select_by_value("A")
    browser.execute_script("arguments[0].click()", browser.find_element(By.CSS_SELECTOR, "#add button"))
    wait.until(lambda b: b.find_element(By.ID, "accounts").text != before)
    text = str(browser.find_element(By.ID, "text").get_property("value"))
    assert "- id: added_1\n    about: crossing\n    says: formations\n    grade: A\n    origin: satellite\n" in text
    assert "added_1" in browser.find_element(By.ID, "lines").text
    assert not browser.find_element(By.ID, "notice").is_displayed()
    assert axe_violations(browser) == []
    assert complaints(browser) == []
