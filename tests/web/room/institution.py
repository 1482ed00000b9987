"""An institution to test with: it describes itself, takes codes, checks the proof, and signs what it is told to say."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey


@dataclass
class MadeUpInstitution:
    """What it knows, and what it says; a test changes it to say what is not so."""

    address: str = ""
    says: dict[str, Any] = field(default_factory=dict)
    """Claims that take the place of the true ones."""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "a", "use": "sig"}))
    signs_with: RSAKey | None = None
    algorithm: str = "RS256"
    asked: dict[str, str] = field(default_factory=dict)
    """The question that the browser brought."""

    def sign_in(self, query: str, *, email: str) -> str:
        """Let somebody sign in who was sent here, and return the code that the browser takes back."""
        self.asked = {name: values[0] for name, values in parse_qs(query).items()}
        self._email = email
        return "a-code"

    def token_for(self, sent: dict[str, str]) -> dict[str, str] | None:
        """Return the token of a code; nothing where the proof is not that of who began."""
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        if proof.rstrip(b"=").decode() != self.asked["code_challenge"] or sent["code"] != "a-code":
            return None
        claims = {
            "iss": self.address,
            "aud": "foedus",
            "sub": "17",
            "nonce": self.asked["nonce"],
            "exp": int(time.time()) + 300,
            "email": self._email,
            "email_verified": True,
            **self.says,
        }
        header = {"alg": self.algorithm, "kid": "a"}
        return {"id_token": jwt.encode(header, claims, self.signs_with or self.key, algorithms=[self.algorithm])}


@contextmanager
def institution() -> Iterator[MadeUpInstitution]:
    """Run it on this machine."""
    made = MadeUpInstitution()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            places = {
                name: f"{made.address}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
            }
            described = {"issuer": made.address, **places}
            keys = KeySet([made.key]).as_dict(private=False)
            self._answer(keys if self.path == "/jwks_uri" else described)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            found = made.token_for({name: values[0] for name, values in parse_qs(body).items()})
            self._answer(found or {"error": "invalid_grant"}, status=200 if found else 400)

        def _answer(self, told: object, *, status: int = 200) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        made.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield made
        server.shutdown()
        thread.join()
