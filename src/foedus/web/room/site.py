"""The app of a room."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette

from foedus.jobs.room.desk import RoomDesk
from foedus.web.app import create_app
from foedus.web.pages.site_part import SitePart
from foedus.web.room import seats
from foedus.web.room.stream import Bell, keep_time
from foedus.web.security.policy import AccessPolicy


def room_app(desk: RoomDesk) -> Callable[[AccessPolicy], Starlette]:
    """Return what makes the app of a room that is open; its clock runs as long as the app does."""

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
        app = create_app((SitePart("Room", "/room", seats.ROUTES),), policy=policy, lifespan=running)
        app.state.desk, app.state.bell, app.state.is_encrypted = desk, Bell(), policy.is_encrypted
        return app

    return make
