"""Tokens of invitations: made at random, handed out once, kept as a hash."""

import hashlib
import secrets

BYTES = 32


def new_token() -> str:
    """Return a token with 256 random bits, as it stands in a link."""
    return secrets.token_urlsafe(BYTES)


def hash_of(token: str) -> str:
    """Return what is kept of a token; nothing slower is needed, since nobody guesses 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
