"""A visitor of a server: a browser without a screen, with its cookie and the token of its pages."""

import re
from collections.abc import Mapping

from httpx2 import Response
from starlette.testclient import TestClient

ORIGIN = "http://127.0.0.1"


class Visitor:
    """A browser: it keeps its cookie and sends the token of its pages."""

    def __init__(self, app: TestClient) -> None:
        self._app = app
        self._cookies: dict[str, str] = {}
        self._token = ""
        self.get("/compare")

    def get(self, address: str) -> str:
        """Open a page."""
        self._app.cookies = self._cookies
        answer = self._app.get(address, headers={"accept": "text/html"})
        self._cookies |= dict(answer.cookies)
        if found := re.search(r'name="csrf-token" content="([^"]+)"', answer.text):
            self._token = found[1]
        return answer.text

    def send(self, address: str, content: dict[str, str]) -> dict[str, object]:
        """Send JSON, as the page's scripts do."""
        self._app.cookies = self._cookies
        headers = {"origin": ORIGIN, "x-csrf-token": self._token}
        answer = self._app.post(address, json=content, headers=headers)
        assert answer.status_code == 200, answer.text
        told: dict[str, object] = answer.json()
        return told

    def submit(
        self, address: str, fields: Mapping[str, list[str] | str], files: Mapping[str, tuple[str, bytes]] | None = None
    ) -> str:
        """Send a form and return where it leads."""
        answer = self.try_to_submit(address, fields, files)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    def try_to_submit(
        self, address: str, fields: Mapping[str, list[str] | str], files: Mapping[str, tuple[str, bytes]] | None = None
    ) -> Response:
        """Send a form and return what is answered."""
        self._app.cookies = self._cookies
        return self._app.post(
            address,
            data={**fields, "csrf_token": self._token},
            files=files,
            headers={"origin": ORIGIN, "accept": "text/html"},
            follow_redirects=False,
        )
