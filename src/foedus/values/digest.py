"""Digests: the same content gives the same digest on every machine."""

import hashlib
import json
from typing import Any


def digest_of(value: Any) -> str:
    """Return the SHA-256, as 64 hex digits, of plain data written as canonical JSON (sorted keys, shortest floats).

    Raises ``ValueError`` for NaN and infinities and ``TypeError`` for anything that is not plain data.
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return digest_of_bytes(text.encode())


def digest_of_bytes(content: bytes) -> str:
    """Return the SHA-256 of bytes, as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()
