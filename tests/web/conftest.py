"""A server of the explorer and a browser, each started once for the tests of a file."""

from collections.abc import Iterator
from functools import partial

import pytest
from selenium import webdriver

from foedus.web.explorer.site import explorer_app
from tests.web.browsing import open_browser
from tests.web.serving import serving

_FUTURES = 40


@pytest.fixture(scope="module")
def explorer() -> Iterator[str]:
    """Address of a server of the explorer, whose pictures are over few futures."""
    with serving(partial(explorer_app, futures=_FUTURES)) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """Chromium without a window."""
    with open_browser() as opened:
        yield opened
