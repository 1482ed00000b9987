"""Who somebody is, asked of an institution: OpenID Connect, the code flow with a proof of who began it (PKCE).

joserfc, which judges the institution's signatures, comes with the extra ``oidc``.
"""

import base64
import hashlib
import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from foedus.errors import WrongRequest

try:
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet
except ImportError as error:
    raise WrongRequest("signing on through an institution needs joserfc: install foedus[oidc]") from error

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures by keys of which only the institution has the secret half; never one by a shared word, never none."""
_SECONDS, _MOST_BYTES, _LEEWAY_SECONDS = 10, 500_000, 60


@dataclass(frozen=True)
class IdentityAsked:
    """A question to the institution that waits for its answer."""

    state: str
    nonce: str
    verifier: str
    back: str
    """Where the institution sends the browser back to."""


@dataclass(frozen=True)
class Institution:
    """An institution that says who somebody is."""

    issuer: str
    client: str
    secret: str
    is_safe_over_http: bool = False
    """Whether it is on this machine, where nobody is on the way."""

    def ask(self, *, back: str) -> tuple[str, IdentityAsked]:
        """Return the address to send a browser to, and what to remember until it comes back."""
        asked = IdentityAsked(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), back)
        proof = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
        wanted = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": back,
            "scope": "openid email profile",
            "state": asked.state,
            "nonce": asked.nonce,
            "code_challenge": proof,
            "code_challenge_method": "S256",
        }
        return f"{self._place('authorization_endpoint')}?{urlencode(wanted)}", asked

    def answer(self, code: str, asked: IdentityAsked) -> Mapping[str, Any]:
        """Return what the institution says of whoever brought a code; raise `WrongRequest` where it does not hold."""
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": asked.back,
            "client_id": self.client,
            "code_verifier": asked.verifier,
            **({"client_secret": self.secret} if self.secret else {}),
        }
        told = self._fetch(self._place("token_endpoint"), sent)
        keys = self._fetch(self._place("jwks_uri"))
        try:
            token = jwt.decode(str(told.get("id_token", "")), KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]
            jwt.JWTClaimsRegistry(
                leeway=_LEEWAY_SECONDS,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self.client},
                exp={"essential": True},
                nonce={"essential": True, "value": asked.nonce},
                azp={"value": self.client},
            ).validate(token.claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise WrongRequest(f"what {self.issuer} says of you does not hold ({error}): sign on again") from error
        return token.claims

    def _place(self, name: str) -> str:
        told = self._fetch(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        place = str(told.get(name, ""))
        if told.get("issuer") != self.issuer or not (place.startswith("https://") or self.is_safe_over_http):
            raise WrongRequest(f"{self.issuer} describes itself as somebody else, or names no safe {name}")
        return place

    def _fetch(self, address: str, sent: Mapping[str, str] | None = None) -> dict[str, Any]:
        body = urlencode(sent).encode() if sent is not None else None
        request = urllib.request.Request(address, data=body, headers={"accept": "application/json"})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310  (an address we looked at)
                told = json.loads(answer.read(_MOST_BYTES))
        except (OSError, ValueError) as error:
            raise WrongRequest(f"{self.issuer} does not answer as it should ({error}): try again later") from error
        return told if isinstance(told, dict) else {}
