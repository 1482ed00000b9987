"""How much one address may send: bytes of a request, requests of a second."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foedus.web.security.policy import AccessPolicy
from foedus.web.security.refusal import RefusedRequest, header_of

_ADDRESSES_REMEMBERED = 4096


class BodyLimit:
    """Refuse a request whose body is too long, before or while it comes in."""

    def __init__(self, app: ASGIApp, *, policy: AccessPolicy) -> None:
        self._app = app
        self._largest = policy.largest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count what it sends."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = header_of(scope, "content-length")
        if announced.isdecimal() and int(announced) > self._largest:
            raise self._refusal()
        came = 0

        async def receive_counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self._largest:
                raise self._refusal()
            return message

        await self._app(scope, receive_counted, send)

    def _refusal(self) -> RefusedRequest:
        return RefusedRequest(413, "That is too much at once", f"Send at most {self._largest // 1000} kB.")


class RateLimit:
    """Refuse an address that asks faster than a person and a page of ours together would."""

    def __init__(self, app: ASGIApp, *, policy: AccessPolicy, clock: Callable[[], float] = monotonic) -> None:
        self._app = app
        self._rate = policy.requests_per_second
        self._burst = float(policy.burst)
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """[address] requests left, and when that was counted; the addresses seen last."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it until there is room again."""
        if scope["type"] == "http" and not self._take(scope["client"][0] if scope.get("client") else ""):
            raise RefusedRequest(
                429, "Too many requests at once", "Wait a moment, then reload the page.", wait_seconds=1
            )
        await self._app(scope, receive, send)

    def _take(self, address: str) -> bool:
        now = self._clock()
        left, counted = self._left.pop(address, (self._burst, now))
        left = min(self._burst, left + (now - counted) * self._rate)
        is_allowed = left >= 1
        self._left[address] = (left - 1 if is_allowed else left, now)
        if len(self._left) > _ADDRESSES_REMEMBERED:
            self._left.popitem(last=False)
        return is_allowed
