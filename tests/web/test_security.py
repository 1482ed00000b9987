"""What the server lets in, and what it tells a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from foedus.errors import Finding, InvalidFile, WrongRequest
from foedus.web.app import create_app
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart
from foedus.web.security.policy import AccessPolicy
from foedus.web.security.same_origin import TOKEN, TOKEN_FIELD
from foedus.web.serving.address import Address, Certificate

FINDING = Finding("a.yaml", 3, 1, "term", "unknown-key", "<b>no such key</b>", "why it matters", "take it out")


async def _token(request: Request) -> Response:
    return JSONResponse({"token": request.scope[TOKEN]})


async def _change(request: Request) -> Response:
    if request.headers["content-type"].startswith("application/json"):
        return JSONResponse(await request.json())
    async with request.form() as form:
        return JSONResponse({"said": str(form["said"])})


async def _fail(request: Request) -> Response:
    raise {"finding": InvalidFile([FINDING]), "fault": ZeroDivisionError("a secret")}[request.path_params["how"]]


async def _page(request: Request) -> Response:
    return pages_of(request).answer(
        request, "failure.html.j2", failure={"status": 1, "what": "<i>", "remedy": "", "findings": []}
    )


ROUTES = (
    Route("/token", _token),
    Route("/change", _change, methods=["POST"]),
    Route("/fail/{how}", _fail),
    Route("/page", _page),
)


def _app(policy: AccessPolicy | None = None) -> Starlette:
    return create_app([SitePart("Trial", "/page", ROUTES)], policy=policy)


@contextmanager
def _client(policy: AccessPolicy | None = None) -> Iterator[TestClient]:
    with TestClient(_app(policy), base_url="http://127.0.0.1:8484") as client:
        yield client


@pytest.fixture
def client() -> Iterator[TestClient]:
    """Give somebody who asks."""
    with _client() as opened:
        yield opened


def test_every_answer_says_what_a_page_may_do(client: TestClient) -> None:
    """A page, an error and a refusal alike allow no script or style within themselves and no frame around them."""
    for path in ("/page", "/nowhere", "/fail/fault"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8484", "", "192.168.0.7"])
def test_another_name_for_this_machine_is_refused(client: TestClient, host: str) -> None:
    """A page elsewhere that points its own name here (DNS rebinding) learns nothing."""
    assert client.get("/token", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:9", "127.0.0.1", "[::1]:8484", "LOCALHOST"])
def test_the_names_of_this_machine_are_known(client: TestClient, host: str) -> None:
    """A person may open it under any of them."""
    assert client.get("/token", headers={"host": host}).status_code == 200


def test_a_page_of_ours_may_change_something(client: TestClient) -> None:
    """Its token goes with a form, as a field, or with JSON, as a header; the form then reads as it was sent."""
    token = client.get("/token").json()["token"]
    form = {"said": "yes", TOKEN_FIELD: token}
    assert client.post("/change", data=form).json() == {"said": "yes"}
    assert client.post("/change", data=form, files={"file": b"text"}).json() == {"said": "yes"}
    sent = client.post("/change", json={"said": 1}, headers={"x-csrf-token": token, "origin": "http://127.0.0.1:8484"})
    assert sent.json() == {"said": 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_page_from_elsewhere_may_not(client: TestClient, headers: dict[str, str]) -> None:
    """Not even with the token: a browser says from where it asks."""
    token = client.get("/token").json()["token"]
    assert client.post("/change", json={}, headers={"x-csrf-token": token, **headers}).status_code == 403


def test_a_browser_without_the_token_may_not(client: TestClient) -> None:
    """A cookie alone proves nothing; nor does a token that was made for somebody else."""
    with _client() as other:
        foreign = other.get("/token").json()["token"]
    client.get("/token")
    assert client.post("/change", data={"said": "yes"}).status_code == 403
    assert client.post("/change", json={}).status_code == 403
    assert client.post("/change", data={"said": "yes", TOKEN_FIELD: foreign}).status_code == 403


def test_a_program_needs_no_token() -> None:
    """JSON without a cookie and without an origin acts for nobody; a form in the same way is a browser's."""
    with _client() as client:
        assert client.post("/change", json={"said": 2}).json() == {"said": 2}
    with _client() as client:
        assert client.post("/change", data={"said": "2"}).status_code == 403


def test_a_cookie_is_for_this_server_alone() -> None:
    """Scripts do not see it, other sites do not send it; over HTTPS it never travels unencrypted."""
    with _client() as client:
        cookie = client.get("/token").headers["set-cookie"]
        assert cookie.startswith("foedus-8484=")
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert "set-cookie" not in client.get("/token").headers
    with TestClient(_app(AccessPolicy(is_encrypted=True)), base_url="https://127.0.0.1") as client:
        answer = client.get("/token")
        assert answer.headers["set-cookie"].startswith("__Host-foedus=")
        assert "Secure" in answer.headers["set-cookie"]
        assert "max-age" in answer.headers["strict-transport-security"]


def test_too_much_is_refused_before_it_is_read() -> None:
    """Whether its length was announced or not."""
    with _client(AccessPolicy(largest_body=1000)) as client:
        assert client.post("/change", json={"said": "x" * 2000}).status_code == 413

        def piecemeal() -> Iterator[bytes]:
            for _ in range(20):
                yield b" " * 100

        headers = {"content-type": "application/json"}
        assert client.post("/change", content=piecemeal(), headers=headers).status_code == 413


def test_too_many_are_refused_and_told_to_wait() -> None:
    """After a burst, an address gets what the long run allows."""
    with _client(AccessPolicy(requests_per_second=0.001, burst=3)) as client:
        assert [client.get("/token").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert client.get("/token").headers["retry-after"] == "1"


def test_an_error_tells_how_to_go_on(client: TestClient) -> None:
    """A person gets a page, a program JSON; a fault in the program does not show its insides."""
    page = client.get("/fail/finding", headers={"accept": "text/html"})
    assert page.status_code == 422
    assert "&lt;b&gt;no such key" in page.text
    assert "take it out" in page.text
    told = client.get("/fail/finding").json()["error"]
    assert told["findings"][0]["code"] == "unknown-key"
    fault = client.get("/fail/fault", headers={"accept": "text/html"})
    assert fault.status_code == 500
    assert "secret" not in fault.text
    assert "first page" in fault.text


def test_static_files_are_kept_by_their_digest(client: TestClient) -> None:
    """What a page loads may be kept for good, and another digest is another version."""
    page = client.get("/page").text
    address = next(part for part in page.split('"') if part.endswith("site.css"))
    assert "immutable" in client.get(address).headers["cache-control"]
    old = client.get(f"/static/000000000000/{address.split('/', 3)[3]}")
    assert old.headers["cache-control"] == "no-cache"
    assert client.get("/static/000000000000/../app.py").status_code == 404
    assert client.get("/static/000000000000/%2e%2e/app.py").status_code == 404


def test_other_machines_are_not_served_unencrypted() -> None:
    """Unless somebody says that the network is theirs, or gives a certificate."""
    with pytest.raises(WrongRequest, match="allow-plain-http"):
        Address(host="0.0.0.0").policy()  # noqa: S104
    assert "10.0.0.5" in Address(host="10.0.0.5", allows_plain_http=True).policy().hosts
    assert Address(host="::1").policy().is_encrypted is False
    certificate = Certificate(chain=Path("chain.pem"), key=Path("key.pem"))
    assert Address(host="0.0.0.0", names=("room.example",), certificate=certificate).policy().is_encrypted  # noqa: S104


def test_a_port_in_use_is_told() -> None:
    """And without a port of one's own, the next that is free is taken."""
    with Address(port=0).listen() as taken:
        taken.listen()
        with pytest.raises(WrongRequest, match="--port"):
            Address(port=taken.getsockname()[1]).listen()
