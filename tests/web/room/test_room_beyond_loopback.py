"""The room for other machines: over HTTPS with a certificate, behind a server that has one, or not at all."""

import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from foedus.cli.commands.site.rehearse import rehearse_command
from foedus.errors import WrongRequest
from foedus.web.room.site import room_app
from foedus.web.serving.address import Address, Certificate
from tests.web.room.certificates import self_signed
from tests.web.room.desks import Visitor, desk_at

_TEXT = "ukraine/kyiv_security_compact_2022"
_FOEDUS = "from foedus.cli.main import main; main()"


@contextmanager
def _rehearsing(log: Path, *options: str) -> Iterator[str]:
    """Run `foedus rehearse` as a person does, and give the link that it prints."""
    command = [sys.executable, "-c", _FOEDUS, "rehearse", _TEXT, "--no-browser", "--port", "0", "--log", str(log)]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            yield process.stdout.readline().removeprefix("Take your seat: ").strip()
        finally:
            process.kill()


def _trusting(chain: Path) -> httpx2.Client:
    return httpx2.Client(verify=ssl.create_default_context(cafile=chain), follow_redirects=True)


def test_other_machines_take_a_seat_over_https(tmp_path: Path) -> None:
    """With a certificate the link is one of HTTPS, the seat is taken, and no cookie ever travels unencrypted."""
    chain, key = self_signed(tmp_path, name="room.example")
    options = ("--host", "0.0.0.0", "--name", "127.0.0.1", "--tls-cert", str(chain), "--tls-key", str(key))  # noqa: S104
    with _rehearsing(tmp_path / "room.db", *options) as link, _trusting(chain) as client:
        assert link.startswith("https://127.0.0.1:")
        page = client.get(link)
        assert "max-age" in page.headers["strict-transport-security"]
        token = re.search(r'csrf_token" value="([0-9a-f]+)"', page.text)
        assert token
        sent = client.post(link, data={"csrf_token": token[1]}, headers={"origin": link.split("/room")[0]})
        assert "You are <b>the director</b>" in sent.text
        given = [each.headers["set-cookie"] for each in (page, *sent.history) if "set-cookie" in each.headers]
        assert [each.split("=")[0] for each in given] == ["__Host-foedus", "__Host-foedus-seat"]
        assert all("secure" in each.lower() and "httponly" in each.lower() for each in given)
        with pytest.raises(httpx2.HTTPError):
            httpx2.get(link.replace("https://", "http://"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--host", "0.0.0.0"), "--allow-plain-http"),  # noqa: S104
        (("--host", "0.0.0.0", "--allow-plain-http"), "--name"),  # noqa: S104
        (("--tls-cert", "{chain}"), "--tls-key"),
        (("--tls-cert", "{key}", "--tls-key", "{chain}"), "no certificate with its key"),
        (("--host", "0.0.0.0", "--allow-plain-http", "--behind", "room.example", "--name", "a"), "leave out --host"),  # noqa: S104
    ],
)
def test_nothing_is_opened_where_others_could_listen_in(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    """Plain HTTP for others, half a certificate, or one of another key: refused in words, before there is a log."""
    chain, key = self_signed(tmp_path, name="room.example")
    given = [each.format(chain=chain, key=key) for each in options]
    log = tmp_path / "room.db"
    ended = CliRunner().invoke(rehearse_command, [_TEXT, "--log", str(log), *given])
    assert ended.exit_code != 0
    assert said in ended.output
    assert not log.exists()


def test_a_key_of_another_certificate_is_told(tmp_path: Path) -> None:
    """The two files belong together, and that is looked at before a link is printed."""
    chain, _ = self_signed(tmp_path, name="room.example")
    (tmp_path / "other").mkdir()
    _, other = self_signed(tmp_path / "other", name="room.example")
    with pytest.raises(WrongRequest, match="no certificate with its key"):
        Certificate(chain, other).check()


def test_a_server_with_a_certificate_may_stand_in_front(tmp_path: Path) -> None:
    """It hands on what browsers sent to its own name: forms of that page are taken, cookies are for HTTPS alone."""
    desk = desk_at(tmp_path / "room.db")
    app = room_app(desk)(Address(behind="room.example").policy())
    headers = {"host": "room.example", "origin": "https://room.example"}
    with TestClient(app, headers=headers) as client:
        link = f"/room/join/{desk.link_for(('director',))}"
        token = re.search(r'csrf_token" value="([0-9a-f]+)"', client.get(link).text)
        assert token
        cookie = client.cookies.get("__Host-foedus") or ""
        seated = client.post(
            link, data={"csrf_token": token[1]}, headers={"cookie": f"__Host-foedus={cookie}"}, follow_redirects=False
        )
        assert seated.headers["set-cookie"].startswith("__Host-foedus-seat=")
        assert "Secure" in seated.headers["set-cookie"]
        seat = seated.headers["set-cookie"].split(";")[0]
        sent = client.post(
            "/room/director/invite",
            data={"csrf_token": token[1], "seat": "poland"},
            headers={"cookie": f"__Host-foedus={cookie}; {seat}"},
        )
        assert 'value="https://room.example/room/join/' in sent.text
    assert Address(behind="room.example:444").url(8484) == "https://room.example:444/"


def test_a_page_elsewhere_is_still_refused_behind_it(tmp_path: Path) -> None:
    """Only its own name is known, and only over HTTPS."""
    desk = desk_at(tmp_path / "room.db")
    app = room_app(desk)(Address(behind="room.example").policy())
    with TestClient(app, headers={"host": "room.example"}) as client:
        visitor = Visitor(client)
        visitor.get(f"/room/join/{desk.link_for(('director',))}")
        assert client.get("/room", headers={"host": "evil.example"}).status_code == 421
        plain = client.post("/room/director/do", data={"do": "say"}, headers={"origin": "http://room.example"})
        assert plain.status_code == 403
