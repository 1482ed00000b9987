"""The zone in which a browser shows times: a choice of its own, in a cookie, of which the room knows nothing."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from foedus.values.zone import UTC_ZONE, Zone, zone_names
from foedus.web.pages.pages import pages_of
from foedus.web.room.sessions import own_seat, set_cookie, shown_cookie
from foedus.web.security.refusal import RefusedRequest

_COOKIE = "zone"
_A_YEAR = 365 * 24 * 3600
_SEE_OTHER = 303


def zone_of(request: Request) -> Zone:
    """Return the zone that a browser chose; UTC where it chose none that is known."""
    # A slash stands in no cookie's value without being quoted.
    chosen = shown_cookie(request, _COOKIE).replace(".", "/")
    return Zone(chosen) if chosen and chosen in zone_names() else UTC_ZONE


async def show_zones(request: Request) -> Response:
    """Show the zones, the chosen one marked."""
    seat = own_seat(request)
    zones = await run_in_threadpool(zone_names)
    return pages_of(request).answer(request, "room/zone.html.j2", zones=zones, zone=zone_of(request), seat=seat)


async def choose_zone(request: Request) -> Response:
    """Keep the chosen zone in the browser, and go back to the room."""
    seat = own_seat(request)
    async with request.form(max_files=0, max_fields=4) as form:
        chosen = str(form.get("zone", ""))
    if chosen not in await run_in_threadpool(zone_names):
        raise RefusedRequest(400, "No zone is called so", "Choose one of the list.")
    answer = RedirectResponse(f"/room/{seat}", status_code=_SEE_OTHER)
    set_cookie(answer, request, name=_COOKIE, value=chosen.replace("/", "."), seconds=_A_YEAR)
    return answer


ROUTES = (
    Route("/room/{seat}/zone", show_zones, methods=["GET"]),
    Route("/room/{seat}/zone", choose_zone, methods=["POST"]),
)
