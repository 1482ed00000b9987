"""Signing on through an institution: the code flow with a proof, against an institution on this machine."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc.jwk import OctKey, RSAKey
from starlette.testclient import TestClient

from foedus.errors import InvalidFile
from foedus.jobs.room.desk import RoomDesk
from foedus.jobs.room.sign_on_file import SignOn, load_sign_on
from foedus.web.room.site import room_app
from foedus.web.security.policy import AccessPolicy
from tests.web.room.desks import desk_at
from tests.web.room.institution import MadeUpInstitution, institution

_SEATS = {"anna@ministry.example": "poland"}


@pytest.fixture
def known() -> Iterator[MadeUpInstitution]:
    """Give an institution that answers."""
    with institution() as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path) -> RoomDesk:
    """Give a rehearsal."""
    return desk_at(tmp_path / "room.db")


@pytest.fixture
def client(desk: RoomDesk, known: MadeUpInstitution) -> Iterator[TestClient]:
    """Give a browser at a room that people come to through the institution."""
    told = SignOn(known.address, "foedus", "", "email", _SEATS)
    with TestClient(room_app(desk, sign_on=told)(AccessPolicy(hosts=("testserver",)))) as opened:
        yield opened


def _sign_on(
    client: TestClient, known: MadeUpInstitution, *, email: str = "Anna@ministry.example", **changed: str
) -> httpx2.Response:
    """Go to the institution, sign in there, and come back."""
    sent = client.get("/room/sign-on", follow_redirects=False).headers["location"]
    code = known.sign_in(urlsplit(sent).query, email=email)
    back = {"state": known.asked["state"], "code": code, **changed}
    return client.get("/room/sign-on/back", params=back)


def test_somebody_signs_on_and_sits_in_the_seat_that_the_file_names(
    client: TestClient, known: MadeUpInstitution, desk: RoomDesk
) -> None:
    """The door offers it; the institution vouches; the page leads to the seat, and the log knows no name."""
    assert "Sign on through your institution" in client.get("/room").text
    page = _sign_on(client, known)
    assert "You sit as Poland." in page.text
    assert "httponly" in page.headers["set-cookie"].lower()
    assert "You are <b>Poland</b>" in client.get("/room").text
    assert b"anna" not in desk.log_lines("director").lower()


def test_what_is_asked_has_a_proof_and_a_nonce(client: TestClient) -> None:
    """The code alone is worth nothing to whoever reads it on the way."""
    answer = client.get("/room/sign-on", follow_redirects=False)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert asked["redirect_uri"] == "http://testserver/room/sign-on/back"
    assert "samesite=lax" in answer.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    "says",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another"},
        {"nonce": "of another question"},
        {"exp": 1_000_000_000},
        {"azp": "another"},
    ],
    ids=lambda each: next(iter(each)),
)
def test_a_token_for_others_seats_nobody(client: TestClient, known: MadeUpInstitution, says: dict[str, object]) -> None:
    """Signed well, and not for this server, this question or this time."""
    known.says = says
    answer = _sign_on(client, known)
    assert answer.status_code == 422
    assert "does not hold" in answer.text
    assert "You do not sit in this room yet" in client.get("/room").text


@pytest.mark.parametrize("algorithm", ["RS256", "HS256"])
def test_a_token_that_another_signed_seats_nobody(client: TestClient, known: MadeUpInstitution, algorithm: str) -> None:
    """Neither with a key that the institution does not have, nor with a word in the place of a key."""
    known.algorithm = algorithm
    known.signs_with = RSAKey.generate_key(2048) if algorithm == "RS256" else OctKey.generate_key(256)  # type: ignore[assignment]
    assert _sign_on(client, known).status_code == 422


@pytest.mark.parametrize(("email", "verified"), [("eve@ministry.example", True), ("anna@ministry.example", False)])
def test_whoever_the_file_does_not_name_sits_nowhere(
    client: TestClient, known: MadeUpInstitution, email: str, verified: bool
) -> None:
    """Nor does an address that the institution has not verified."""
    known.says = {"email_verified": verified}
    assert _sign_on(client, known, email=email).status_code == 403


def test_an_answer_belongs_to_the_browser_that_asked_and_once(client: TestClient, known: MadeUpInstitution) -> None:
    """Nobody is signed on by a link that somebody else was given, nor twice by one."""
    assert _sign_on(client, known, state="made-up").status_code == 403
    first = client.get("/room/sign-on", follow_redirects=False)
    known.sign_in(urlsplit(first.headers["location"]).query, email="anna@ministry.example")
    back = {"state": known.asked["state"], "code": "a-code"}
    other = TestClient(client.app)
    assert other.get("/room/sign-on/back", params=back).status_code == 403
    assert client.get("/room/sign-on/back", params=back).status_code == 403


def test_an_institution_that_is_away_is_told(client: TestClient, known: MadeUpInstitution) -> None:
    """In words, and nobody is seated."""
    known.address = "http://127.0.0.1:9"
    answer = client.get("/room/sign-on", headers={"accept": "text/html"}, follow_redirects=False)
    assert answer.status_code == 422


_FILE = """sign_on: 1
issuer: https://login.example
client: foedus
seats:
  - {who: Anna@ministry.example, seat: poland}
"""


def test_the_file_names_people_and_seats(tmp_path: Path) -> None:
    """Addresses are the same in capitals; a secret lies in a file of its own and is never shown."""
    file = tmp_path / "sign_on.yaml"
    (tmp_path / "secret.txt").write_text("a word\n", encoding="utf-8")
    file.write_text(_FILE + "secret: secret.txt\n", encoding="utf-8")
    told = load_sign_on(file, seats=("poland",))
    assert told.seats == _SEATS
    assert told.secret == "a word"  # noqa: S105
    assert "a word" not in repr(told)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("https://login", "http://login", "not reached over HTTPS"),
        ("seat: poland", "seat: atlantis", "atlantis"),
        ("client: foedus\n", "", "client"),
        ("issuer:", "claim: name\nissuer:", "name"),
        ("client:", "secret: nowhere.txt\nclient:", "there is no file"),
    ],
)
def test_what_is_wrong_with_the_file_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    """With its line and how to mend it."""
    file = tmp_path / "sign_on.yaml"
    file.write_text(_FILE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        load_sign_on(file, seats=("poland",))
    assert said in str(caught.value)
