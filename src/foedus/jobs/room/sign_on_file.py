"""Read who may sign on through an institution, and to which seat."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from foedus.exercise.scenario.codes import ScenarioCode
from foedus.exercise.scenario.reading import Entries, checked, parsed
from foedus.text.source import read_file

CLAIMS = ("email", "sub", "preferred_username", "upn")
"""What of a person an institution may be asked for."""


@dataclass(frozen=True)
class SignOn:
    """An institution that says who somebody is, and where that person sits."""

    issuer: str
    """Its address, as its tokens have it."""
    client: str
    """What it calls this server."""
    secret: str = field(repr=False)
    """Shared with it; empty where it gave none."""
    claim: str
    seats: Mapping[str, str]
    """[who, as the claim has it] seat."""


def load_sign_on(file: Path, *, seats: Collection[str]) -> SignOn:
    """Read the file, for a room with these seats; raise `InvalidFile`, or ``OSError``."""
    return checked(Entries.of(parsed(read_file(file), file=str(file))), lambda top: _sign_on(top, file, seats))


def _sign_on(top: Entries, file: Path, known: Collection[str]) -> SignOn:
    top.number("sign_on", low=1, high=1)
    issuer = top.text("issuer", example="https://login.example.org")
    if issuer and not is_safe(issuer):
        top.tell("issuer", ScenarioCode.WRONG_VALUE, f"{issuer} is not reached over HTTPS", "write https://…")
    seats = {}
    for each in top.each("seats"):
        who = each.text("who", example="anna@ministry.example")
        if who.casefold() in seats:
            each.tell("who", ScenarioCode.REPEATED_NAME, f"{who} is there twice", "give each person one seat")
        seats[who.casefold()] = each.word("seat", known)
        each.done()
    return SignOn(
        issuer=issuer,
        client=top.text("client", example="foedus"),
        secret=_secret(top, file),
        claim=top.word("claim", CLAIMS, default="email"),
        seats=seats,
    )


def is_safe(address: str) -> bool:
    """Tell whether what is sent to an address is read by nobody on the way."""
    return address.startswith(("https://", "http://127.0.0.1:", "http://localhost:"))


def _secret(top: Entries, file: Path) -> str:
    name = top.text("secret", default="", example="secret.txt")
    if not name:
        return ""
    beside = file.parent / Path(name).name
    if not beside.is_file():
        top.tell("secret", ScenarioCode.UNKNOWN_WORD, f"there is no file {name!r} beside this one", "name one, or none")
        return ""
    return read_file(beside).strip()
