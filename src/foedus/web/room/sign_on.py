"""Come to a seat by what an institution says of oneself, in the place of a link."""

import hmac
import secrets
from collections import OrderedDict
from time import monotonic
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from foedus.jobs.room.desk import RoomDesk
from foedus.jobs.room.sign_on_file import SignOn
from foedus.web.pages.pages import pages_of
from foedus.web.room.sessions import origin_of, remember, session_of
from foedus.web.security.identity import IdentityAsked, Institution
from foedus.web.security.refusal import RefusedRequest

PATH = "/room/sign-on"
BACK = f"{PATH}/back"
_COOKIE = "foedus-sign-on"
_SECONDS, _MOST_WAITING = 600, 500
_AGAIN = "Go back to the first page of the room and sign on again."


class SignOnDesk:
    """Questions to the institution that wait for an answer, each bound to the browser that asked."""

    def __init__(self, told: SignOn) -> None:
        self.told = told
        self.institution = Institution(
            told.issuer, told.client, told.secret, is_safe_over_http=told.issuer.startswith("http://")
        )
        self._waiting: OrderedDict[str, tuple[IdentityAsked, str, float]] = OrderedDict()

    def wait_for(self, asked: IdentityAsked, *, browser: str) -> None:
        """Remember a question."""
        self._waiting[asked.state] = (asked, browser, monotonic() + _SECONDS)
        while len(self._waiting) > _MOST_WAITING:
            self._waiting.popitem(last=False)

    def take(self, state: str, *, browser: str) -> IdentityAsked:
        """Return the question that an answer belongs to, once; raise `RefusedRequest` where this browser asked none."""
        asked, whose, until = self._waiting.pop(state, (None, "", 0.0))
        is_own = bool(browser) and hmac.compare_digest(whose.encode(), browser.encode())
        if asked is None or not is_own or monotonic() > until:
            raise RefusedRequest(403, "This browser did not ask to sign on, or did so too long ago", _AGAIN)
        return asked

    def seat_of(self, claims: Any) -> str:
        """Return the seat of whoever the institution speaks of; raise `RefusedRequest` where there is none."""
        claim = self.told.claim
        who = str(claims.get(claim, ""))
        if claim == "email" and claims.get("email_verified") is not True:
            raise RefusedRequest(403, "Your institution has not verified your address", "Ask it to, or ask for a link.")
        seat = self.told.seats.get(who.casefold(), "") if who else ""
        if not seat:
            raise RefusedRequest(403, "No seat is yours", "Ask whoever leads the room for a link.")
        return seat


async def begin(request: Request) -> Response:
    """Send a browser to the institution."""
    desk: SignOnDesk = request.app.state.sign_on
    browser = secrets.token_urlsafe(32)
    address, asked = await run_in_threadpool(desk.institution.ask, back=f"{origin_of(request)}{BACK}")
    desk.wait_for(asked, browser=browser)
    answer = RedirectResponse(address, status_code=303)
    # Not strict: the institution's own page leads back here, and the browser has to show it then.
    answer.set_cookie(
        _COOKIE,
        browser,
        max_age=_SECONDS,
        path=PATH,
        secure=request.app.state.is_encrypted,
        httponly=True,
        samesite="lax",
    )
    return answer


async def come_back(request: Request) -> Response:
    """Seat whoever comes back with the institution's word; a page leads on, since the seat's cookie is strict."""
    desk: SignOnDesk = request.app.state.sign_on
    room: RoomDesk = request.app.state.desk
    asked = desk.take(request.query_params.get("state", ""), browser=request.cookies.get(_COOKIE, ""))
    code = request.query_params.get("code", "")
    if not code:
        raise RefusedRequest(403, "Your institution did not sign you on", _AGAIN)
    seat = desk.seat_of(await run_in_threadpool(desk.institution.answer, code, asked))
    token = await run_in_threadpool(room.link_for, (seat,))
    found = room.invitation(token)
    session = await run_in_threadpool(room.redeem, token, replaces=session_of(request))
    answer = pages_of(request).answer(request, "room/signed_on.html.j2", invitation=found)
    answer.delete_cookie(_COOKIE, path=PATH)
    remember(answer, request, session)
    request.app.state.bell.ring()
    return answer


ROUTES = (Route(PATH, begin, methods=["GET"]), Route(BACK, come_back, methods=["GET"]))
