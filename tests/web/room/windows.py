"""Browsers of several people: each a Chromium of its own, or a profile of its own in one Chromium."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from selenium import webdriver
from websocket import WebSocket, create_connection

from tests.web.browsing import open_browser, resize

_STILL = ("--force-prefers-reduced-motion",)


@dataclass(frozen=True)
class Window:
    """One person's browser, with cookies that no other has."""

    driver: webdriver.Chrome
    handle: str

    def front(self) -> webdriver.Chrome:
        """Return the browser with this window in front."""
        self.driver.switch_to.window(self.handle)
        return self.driver


@contextmanager
def chromiums(count: int) -> Iterator[tuple[Window, ...]]:
    """Open so many browsers, each a program of its own."""
    with ExitStack() as stack:
        opened = [stack.enter_context(open_browser(arguments=_STILL)) for _ in range(count)]
        yield tuple(Window(each, each.current_window_handle) for each in opened)


@contextmanager
def profiles(count: int) -> Iterator[tuple[Window, ...]]:
    """Open one Chromium with so many profiles: a third of the work of so many Chromiums."""
    with open_browser(arguments=_STILL) as browser:
        address = browser.capabilities["goog:chromeOptions"]["debuggerAddress"]
        with urllib.request.urlopen(f"http://{address}/json/version") as answer:
            told = json.load(answer)
        socket = create_connection(told["webSocketDebuggerUrl"], suppress_origin=True)
        try:
            windows = tuple(Window(browser, _profile(socket, number)) for number in range(count))
            for each in windows:
                resize(each.front(), width=1280)
            yield windows
        finally:
            socket.close()


def _profile(socket: WebSocket, number: int) -> str:
    """Make a profile with a window, and return the window's handle, which is the name of its target."""
    profile = _ask(socket, 2 * number, "Target.createBrowserContext")["browserContextId"]
    wanted = {"url": "about:blank", "browserContextId": profile, "newWindow": True}
    return str(_ask(socket, 2 * number + 1, "Target.createTarget", **wanted)["targetId"])


def _ask(socket: WebSocket, number: int, method: str, **asked: Any) -> dict[str, Any]:
    socket.send(json.dumps({"id": number, "method": method, "params": asked}))
    while True:
        answer: dict[str, Any] = json.loads(socket.recv())
        if answer.get("id") == number:
            result: dict[str, Any] = answer["result"]
            return result
