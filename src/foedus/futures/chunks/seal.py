"""A seal of chunks: whoever has the key can tell whether a file was written by somebody who had it too.

A digest says that a file is whole, not who wrote it: anybody can make another file with its own digest. The seal is
HMAC-SHA256 over the name and the bytes, and lies beside the chunk.
"""

import hmac
from pathlib import Path

from foedus.errors import UnreadableResult, WrongRequest

SUFFIX = ".seal"
LEAST_BYTES = 16


def read_key(file: Path) -> bytes:
    """Read a key; raise `WrongRequest` where it cannot be read, or is too short to keep anything."""
    try:
        key = file.read_bytes()
    except OSError as error:
        raise WrongRequest(f"{file} cannot be read: {error.strerror}") from error
    if len(key.strip()) < LEAST_BYTES:
        raise WrongRequest(
            f"{file} holds no key: at least {LEAST_BYTES} bytes by chance, as `openssl rand -hex 32` makes"
        )
    return key.strip()


def seal_of(content: bytes, *, name: str, key: bytes) -> bytes:
    """Return the seal of a file, in hex digits."""
    return hmac.digest(key, name.encode() + b"\0" + content, "sha256").hex().encode()


def refuse_unsealed(content: bytes, *, file: Path, name: str, key: bytes) -> None:
    """Raise `UnreadableResult` where the seal beside a file is missing, or was made with another key."""
    place = file.with_name(file.name + SUFFIX)
    if not place.is_file():
        raise UnreadableResult("it has no seal")
    if not hmac.compare_digest(place.read_bytes().strip(), seal_of(content, name=name, key=key)):
        raise UnreadableResult("its seal was not made with this key")
