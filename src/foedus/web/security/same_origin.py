"""Only pages of ours may change anything: the origin of a request, and a token that no other page can read.

A program that is no browser sends JSON without a cookie and without an origin: it acts for nobody but itself, and
needs no token.
"""

import hmac
import secrets
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foedus.web.security.policy import AccessPolicy
from foedus.web.security.refusal import RefusedRequest, header_of

TOKEN_FIELD = "csrf_token"  # noqa: S105 (the name of a field)
TOKEN_HEADER = "x-csrf-token"  # noqa: S105 (the name of a header)
VISITOR = "foedus.visitor"
"""Where a scope keeps who asks: a random name that a browser was given, nothing about a person."""
TOKEN = "foedus.csrf_token"  # noqa: S105 (the name of a place)
"""Where a scope keeps the token that its pages send along."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class SameOrigin:
    """Give every browser a name and a token, and refuse changes that come without it or from elsewhere."""

    def __init__(self, app: ASGIApp, *, policy: AccessPolicy) -> None:
        self._app = app
        self._is_encrypted = policy.is_encrypted
        self._secret = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on once it may be."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        cookie = self._cookie_name(scope)
        visitor = _cookie(scope, cookie)
        is_new = not _is_visitor(visitor)
        if is_new:
            visitor = secrets.token_urlsafe(24)
        scope[VISITOR], scope[TOKEN] = visitor, self._token(visitor)
        if scope["method"] not in _SAFE:
            receive = await self._checked(scope, receive, is_new=is_new)

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and is_new and not _is_for_all(message):
                MutableHeaders(scope=message).append("set-cookie", self._cookie(cookie, visitor))
            await send(message)

        await self._app(scope, receive, send_with_cookie)

    async def _checked(self, scope: Scope, receive: Receive, *, is_new: bool) -> Receive:
        if not _is_from_here(scope, scheme="https" if self._is_encrypted else scope["scheme"]):
            raise RefusedRequest(
                403, "That did not come from a page of this server", "Open the page here, and try again."
            )
        if is_new and _is_program(scope):
            return receive
        receive, sent = await _token_sent(scope, receive)
        if is_new or not hmac.compare_digest(sent.encode(), scope[TOKEN].encode()):
            raise RefusedRequest(
                403,
                "This page is from before the server was started again, or its cookie is gone",
                "Reload the page and try again; what you wrote is kept by the page.",
            )
        return receive

    def _token(self, visitor: str) -> str:
        return hmac.new(self._secret, visitor.encode(), sha256).hexdigest()

    def _cookie_name(self, scope: Scope) -> str:
        # Cookies do not tell ports apart, so a second server on this machine needs a name of its own.
        port = scope["server"][1] if scope.get("server") else 0
        return "__Host-foedus" if self._is_encrypted else f"foedus-{port}"

    def _cookie(self, name: str, visitor: str) -> str:
        return f"{name}={visitor}; Path=/; HttpOnly; SameSite=Strict{'; Secure' if self._is_encrypted else ''}"


def _is_visitor(name: str) -> bool:
    return len(name) == 32 and all(char.isalnum() or char in "-_" for char in name)


def _cookie(scope: Scope, name: str) -> str:
    try:
        found = SimpleCookie(header_of(scope, "cookie")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _is_from_here(scope: Scope, *, scheme: str) -> bool:
    origin = header_of(scope, "origin")
    if origin:
        return origin.lower() == f"{scheme}://{header_of(scope, 'host').lower()}"
    return header_of(scope, "sec-fetch-site") in ("", "same-origin", "none")


def _is_program(scope: Scope) -> bool:
    is_json = header_of(scope, "content-type").partition(";")[0].strip() == "application/json"
    return is_json and not header_of(scope, "origin") and not header_of(scope, "sec-fetch-site")


def _is_for_all(message: Message) -> bool:
    """Tell whether an answer is the same for everybody and may be kept: it then bears no cookie."""
    return "immutable" in MutableHeaders(scope=message).get("cache-control", "")


async def _token_sent(scope: Scope, receive: Receive) -> tuple[Receive, str]:
    """Return the token of a request, and its body to be read once more where the token stood in it."""
    if token := header_of(scope, TOKEN_HEADER):
        return receive, token
    if not header_of(scope, "content-type").startswith(_FORMS):
        return receive, ""
    body = await Request(scope, receive).body()
    async with Request(scope, _again(body, receive)).form(max_files=8, max_fields=1000) as form:
        sent = form.get(TOKEN_FIELD, "")
    return _again(body, receive), sent if isinstance(sent, str) else ""


def _again(body: bytes, receive: Receive) -> Receive:
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return messages.pop(0) if messages else await receive()

    return receive_again
