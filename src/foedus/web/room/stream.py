"""What happens in a room as it happens: one stream for each browser, numbered as the log is.

A browser that was cut off names the last number that it saw and is given what followed, from the log, also by a
server that was started anew.
"""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import StreamingResponse

from foedus.jobs.room.desk import RoomDesk
from foedus.web.room.own_zone import zone_of
from foedus.web.room.sessions import session_of
from foedus.web.security.refusal import header_of
from foedus.web.serving.event_stream import ServerEvent

_SECONDS_OF_SILENCE = 15.0
_MILLISECONDS_TO_RETURN = 500
SECONDS_BETWEEN_TICKS = 0.2


class Bell:
    """Wakes all streams of a room once something is on the log; used on one event loop."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake who listens."""
        self._rung.set()
        self._rung = asyncio.Event()

    @property
    def next(self) -> asyncio.Event:
        """What is set at the next ring."""
        return self._rung


async def keep_time(desk: RoomDesk, bell: Bell) -> None:
    """Let happen what is due, for as long as the server runs."""
    while True:
        if await asyncio.to_thread(desk.tick):
            bell.ring()
        await asyncio.sleep(SECONDS_BETWEEN_TICKS)


def answer_news(request: Request, seat: str) -> StreamingResponse:
    """Answer with what a seat sees happen, after the last entry that the browser saw or that its page showed."""
    seen = header_of(request.scope, "last-event-id") or request.query_params.get("after", "")
    after = int(seen) + 1 if seen.isdecimal() and len(seen) < 10 else request.app.state.desk.size
    return StreamingResponse(
        _news(request, seat, after),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _news(request: Request, seat: str, after: int) -> AsyncIterator[str]:
    desk: RoomDesk = request.app.state.desk
    bell: Bell = request.app.state.bell
    session, zone = session_of(request), zone_of(request)
    yield f"retry: {_MILLISECONDS_TO_RETURN}\n\n"
    while True:
        rung, size = bell.next, desk.size
        if seat not in {each["id"] for each in desk.seats_of(session)}:
            yield "event: end\ndata: null\n\n"
            return
        for entry in desk.news(seat, after=after):
            yield ServerEvent(entry["number"], "entry", entry | {"at": zone.written(entry["at"])}).lines()
        after = max(after, size)
        try:
            await asyncio.wait_for(rung.wait(), _SECONDS_OF_SILENCE)
        except TimeoutError:
            yield ": still here\n\n"
