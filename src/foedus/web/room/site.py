"""The app of a room."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.routing import Route

from foedus.jobs.room.desk import RoomDesk
from foedus.jobs.room.sign_on_file import SignOn
from foedus.web.app import create_app
from foedus.web.pages.site_part import SitePart
from foedus.web.room import own_zone, seats
from foedus.web.room.stream import Bell, keep_time
from foedus.web.security.policy import AccessPolicy


def room_app(desk: RoomDesk, *, sign_on: SignOn | None = None) -> Callable[[AccessPolicy], Starlette]:
    """Return what makes the app of a room that is open; its clock runs as long as the app does."""
    signing = _signing(sign_on)

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        desk.draw_bots()
        ticking = asyncio.create_task(keep_time(desk, app.state.bell))
        try:
            yield
        finally:
            ticking.cancel()
            with suppress(asyncio.CancelledError):
                await ticking
            desk.close()

    def make(policy: AccessPolicy) -> Starlette:
        routes = (*(signing[0] if signing else ()), *own_zone.ROUTES, *seats.ROUTES)
        app = create_app((SitePart("Room", "/room", routes),), policy=policy, lifespan=running)
        app.state.sign_on = signing[1] if signing else None
        app.state.desk, app.state.bell, app.state.is_encrypted = desk, Bell(), policy.is_encrypted
        return app

    return make


def _signing(told: SignOn | None) -> tuple[Sequence[Route], object] | None:
    """Return the pages of signing on, and what they share; nothing where nobody signs on through an institution."""
    if told is None:
        return None
    # Only where it is asked for: what judges signatures comes with an extra.
    from foedus.web.room.sign_on import ROUTES, SignOnDesk

    return ROUTES, SignOnDesk(told)
