"""docs/log.md is exact: its example is printed by the command, and a verifier written from the page alone agrees."""

import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from hmac import digest
from pathlib import Path
from typing import Any

import pytest
from bench.exercise.log import example
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.exercise.log.export import ExportBytes
from foedus.exercise.log.verify import verify

PAGE = Path(__file__).parents[3] / "docs" / "log.md"


@pytest.fixture(scope="module")
def shown() -> str:
    """Return the example of the page."""
    found = re.search(r"^```json\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_example_is_what_the_command_prints(shown: str, tmp_path: Path) -> None:
    """Every hash on the page was computed, and is computed again."""
    assert shown == example(tmp_path)


def test_the_example_holds_by_hand(shown: str) -> None:
    """The sentences below the example, done with hashlib."""
    lines = [json.loads(line) for line in shown.splitlines()]
    leaves = [bytes.fromhex(line["leaf"]) for line in lines if "leaf" in line]
    vote = lines[4]
    entry = json.dumps(vote["entry"], separators=(",", ":"), ensure_ascii=False)
    assert leaves[1] == sha256(b"\0" + entry.encode()).digest()
    salt = bytes.fromhex(vote["personal"]["salt"])
    assert vote["entry"]["personal"] == digest(salt, b'{"name":"Ann"}', "sha256").hex()
    two = sha256(b"\1" + leaves[0] + leaves[1]).digest()
    assert lines[5]["checkpoint"].split("\n")[2] == b64encode(two).decode()
    assert lines[7]["checkpoint"].split("\n")[2] == b64encode(sha256(b"\1" + two + leaves[2]).digest()).decode()


def test_a_verifier_from_the_page_agrees(shown: str) -> None:
    """It accepts the example."""
    assert is_whole(shown.encode())
    assert verify(ExportBytes(shown.encode())).is_whole


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_both_verifiers_refuse_the_same(shown: str, data: st.DataObject) -> None:
    """Bytes changed, lines dropped, repeated or exchanged: what one refuses the other refuses."""
    lines = [bytearray(line) for line in shown.encode().splitlines(keepends=True)]
    places = st.integers(0, len(lines) - 1)
    for act in data.draw(st.lists(st.sampled_from(["change", "drop", "repeat", "exchange"]), max_size=2)):
        one, other = min(data.draw(places), len(lines) - 1), min(data.draw(places), len(lines) - 1)
        if act == "change" and lines[one]:
            lines[one][data.draw(st.integers(0, len(lines[one]) - 1))] ^= data.draw(st.integers(1, 255))
        elif act == "drop" and len(lines) > 1:
            del lines[one]
        elif act == "repeat":
            lines.insert(other, bytearray(lines[one]))
        else:
            lines[one], lines[other] = lines[other], lines[one]
    content = b"".join(lines)
    assert is_whole(content) == verify(ExportBytes(content)).is_whole


def is_whole(export: bytes) -> bool:
    """Judge an export as the page says, with hashes and signatures from elsewhere and nothing of foedus."""
    try:
        _check(export)
    except (AssertionError, ValueError, KeyError, TypeError, IndexError, InvalidSignature):
        return False
    return True


def _check(export: bytes) -> None:
    assert export.endswith(b"\n")
    header, *rest = [_canonical(line) for line in export[:-1].split(b"\n")]
    assert set(header) == {"format", "key"}
    assert header["format"] == "foedus-log-1"
    origin, public = _key(header["key"])
    leaves: list[bytes] = []
    covered = -1
    missing: set[int] = set()
    kept: set[int] = set()
    for line in rest:
        if set(line) == {"checkpoint"}:
            assert len(leaves) > covered
            _check_note(line["checkpoint"], origin=origin, public=public, leaves=leaves)
            covered = len(leaves)
            continue
        assert covered >= 0
        entry = line["entry"]
        assert set(line) - {"personal"} == {"entry", "leaf"}
        assert set(entry) - {"personal"} == {"actor", "payload", "seq", "time", "type"}
        assert entry["seq"] == len(leaves)
        leaf = sha256(b"\0" + _text(entry)).digest()
        assert leaf.hex() == line["leaf"]
        if entry["type"] == "log.erased":
            assert missing.issuperset(entry["payload"]["events"])
            missing -= set(entry["payload"]["events"])
        if "personal" in line:
            salt = bytes.fromhex(line["personal"]["salt"])
            assert digest(salt, _text(line["personal"]["text"]), "sha256").hex() == entry["personal"]
            assert salt.hex() == line["personal"]["salt"]
            kept.add(len(leaves))
        elif "personal" in entry:
            missing.add(len(leaves))
        leaves.append(leaf)
    assert covered == len(leaves)
    assert not missing


def _check_note(note: str, *, origin: str, public: bytes, leaves: list[bytes]) -> None:
    body = f"{origin}\n{len(leaves)}\n{b64encode(_root(leaves)).decode()}\n"
    head = f"{body}\n— {origin} "
    assert note.startswith(head)
    assert note.endswith("\n")
    signature = b64decode(note[len(head) : -1], validate=True)
    assert b64encode(signature).decode() == note[len(head) : -1]
    assert signature[:4] == sha256(origin.encode() + b"\n\x01" + public).digest()[:4]
    Ed25519PublicKey.from_public_bytes(public).verify(signature[4:], body.encode())


def _key(text: str) -> tuple[str, bytes]:
    name, identity, key = text.split("+", 2)
    content = b64decode(key, validate=True)
    assert b64encode(content).decode() == key
    assert content[:1] == b"\x01"
    assert identity == sha256(name.encode() + b"\n" + content).hexdigest()[:8]
    return name, content[1:]


def _root(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256().digest()
    left = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + _root(leaves[:left]) + _root(leaves[left:])).digest()


def _canonical(line: bytes) -> dict[str, Any]:
    record = json.loads(line.decode())
    assert _text(record) == line
    assert isinstance(record, dict)
    return record


def _text(value: object) -> bytes:
    """Write canonical JSON, as far as keys in ASCII go, which are all that the example has."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
