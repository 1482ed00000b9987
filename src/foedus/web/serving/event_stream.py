"""Events as they come, over one open answer (SSE); a browser that was cut off is given what it missed.

A `Channel` holds the last events of one subject, each with a number. A browser that comes back names the last number
it saw (``Last-Event-ID``); where that is no longer held it is told ``start-over`` and should load its page again.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import StreamingResponse

from foedus.web.security.refusal import header_of

START_OVER = "start-over"
_KEPT = 512
_SECONDS_OF_SILENCE = 15.0
"""After which a line is sent that says nothing, so that who is gone is noticed."""
_MILLISECONDS_TO_RETURN = 1000


@dataclass(frozen=True)
class ServerEvent:
    """Something that happened."""

    number: int
    kind: str
    data: object
    """As JSON can say it."""

    def lines(self) -> str:
        """Return the event as it is sent."""
        return f"id: {self.number}\nevent: {self.kind}\ndata: {json.dumps(self.data, ensure_ascii=False)}\n\n"


class Channel:
    """The events of one subject, for any number of listeners on one event loop."""

    def __init__(self, *, kept: int = _KEPT) -> None:
        self._events: deque[ServerEvent] = deque(maxlen=kept)
        self._last = 0
        self._is_closed = False
        self._changed = asyncio.Event()

    def publish(self, kind: str, data: object) -> ServerEvent:
        """Add an event and wake who listens; called on the event loop."""
        self._last += 1
        event = ServerEvent(self._last, kind, data)
        self._events.append(event)
        self._wake()
        return event

    def close(self) -> None:
        """Say that nothing more will come."""
        self._is_closed = True
        self._wake()

    async def after(self, number: int) -> AsyncIterator[ServerEvent]:
        """Give the events after a number, those held first, then as they come, until the channel is closed."""
        while True:
            changed = self._changed
            held = [event for event in self._events if event.number > number]
            if number > self._last or (held and held[0].number > number + 1):
                yield ServerEvent(self._last, START_OVER, None)
                number = self._last
                continue
            for event in held:
                yield event
                number = event.number
            if self._is_closed and number == self._last:
                return
            if number == self._last:
                await changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


def answer_events(request: Request, channel: Channel, *, after: int = 0) -> StreamingResponse:
    """Answer with the events of a channel after the last that the browser saw, or after a number of the page's own."""
    seen = header_of(request.scope, "last-event-id")
    number = int(seen) if seen.isdecimal() else after
    return StreamingResponse(
        _written(channel.after(number)),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _written(events: AsyncIterator[ServerEvent]) -> AsyncIterator[str]:
    yield f"retry: {_MILLISECONDS_TO_RETURN}\n\n"
    waiting = asyncio.ensure_future(anext(events, None))
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=_SECONDS_OF_SILENCE)
            if not done:
                yield ": still here\n\n"
                continue
            event = waiting.result()
            if event is None:
                yield "event: end\ndata: null\n\n"
                return
            yield event.lines()
            waiting = asyncio.ensure_future(anext(events, None))
    finally:
        waiting.cancel()
