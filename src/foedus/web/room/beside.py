"""A room beside another server: served on a port of its own, in a process that loads nothing but the room."""

from collections.abc import Callable

from foedus.jobs.room.desk import RoomDesk
from foedus.jobs.room.opening import RehearseRequest, open_rehearsal
from foedus.web.room.site import room_app
from foedus.web.serving.address import Address
from foedus.web.serving.start import start


def serve_solo(request: RehearseRequest, tell: Callable[[str, str], None]) -> None:
    """Serve a room in which one person leads and plays."""
    _serve(request, tell, is_alone=True)


def serve_led(request: RehearseRequest, tell: Callable[[str, str], None]) -> None:
    """Serve a room that one person leads, who invites the others."""
    _serve(request, tell, is_alone=False)


def _serve(request: RehearseRequest, tell: Callable[[str, str], None], *, is_alone: bool) -> None:
    opened = open_rehearsal(request)
    desk = RoomDesk(opened)
    seats = ("director", opened.player) if is_alone else ("director",)
    first = f"room/join/{desk.link_for(seats)}"
    start(room_app(desk), address=Address(port=0), tell=lambda url: tell(desk.title, url), first=first)
