"""Who sits where: a random word in a cookie of this server, whose hash stands in the log of the room.

Cookies of the room are for this server alone, and no script reads them.
"""

from starlette.requests import Request
from starlette.responses import Response

from foedus.web.security.refusal import RefusedRequest

_SEAT = "seat"
_LONGEST = 16 * 3600
_LENGTH = 43
"""Characters of 256 random bits in base64."""


def session_of(request: Request) -> str:
    """Return what a browser shows; empty where it shows nothing that could be a session."""
    shown = shown_cookie(request, _SEAT)
    return shown if len(shown) == _LENGTH and all(char.isalnum() or char in "-_" for char in shown) else ""


def remember(answer: Response, request: Request, session: str) -> None:
    """Let a browser show a session from now on."""
    set_cookie(answer, request, name=_SEAT, value=session, seconds=_LONGEST)


def shown_cookie(request: Request, name: str) -> str:
    """Return what a browser shows in a cookie of the room; empty where it shows none."""
    return request.cookies.get(_full_name(request, name), "")


def set_cookie(answer: Response, request: Request, *, name: str, value: str, seconds: int) -> None:
    """Let a browser show something to this server alone, for so long."""
    answer.set_cookie(
        _full_name(request, name),
        value,
        max_age=seconds,
        path="/",
        secure=_is_encrypted(request),
        httponly=True,
        samesite="strict",
    )


def origin_of(request: Request) -> str:
    """Return the address of the server as the browser knows it; a server with a certificate may stand in front."""
    return f"{'https' if _is_encrypted(request) else 'http'}://{request.url.netloc}"


def own_seat(request: Request) -> str:
    """Return the seat of an address, where the browser sits in it; raise `RefusedRequest`."""
    seat = str(request.path_params["seat"])
    if seat not in {each["id"] for each in request.app.state.desk.seats_of(session_of(request))}:
        raise RefusedRequest(
            403, "You do not sit there", "Open the link that you were given, or ask whoever leads the room for one."
        )
    return seat


def _full_name(request: Request, name: str) -> str:
    # Cookies do not tell ports apart, so a second room on this machine needs a name of its own.
    return f"__Host-foedus-{name}" if _is_encrypted(request) else f"foedus-{name}-{request.url.port or 80}"


def _is_encrypted(request: Request) -> bool:
    is_encrypted: bool = request.app.state.is_encrypted
    return is_encrypted
