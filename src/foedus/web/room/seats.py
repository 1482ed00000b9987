"""The pages of a seat: what it sees, what it does, and how somebody comes to sit in it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import segno
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from foedus.jobs.room.desk import MSEL_COLUMNS, RoomDesk, ToldWish
from foedus.web.pages.pages import pages_of
from foedus.web.room.own_zone import zone_of
from foedus.web.room.sessions import origin_of, own_seat, remember, session_of
from foedus.web.room.stream import answer_news
from foedus.web.security.refusal import RefusedRequest

_LARGEST_FORM = 60
_SEE_OTHER = 303
_TABLES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def first_page(request: Request) -> Response:
    """Lead a browser to its seat, or say how to come to one."""
    seats = _desk(request).seats_of(session_of(request))
    if not seats:
        return pages_of(request).answer(request, "room/door.html.j2", room=_about(request))
    own = next((each for each in seats if each["role"] == "delegate"), seats[0])
    return RedirectResponse(f"/room/{own['id']}", status_code=_SEE_OTHER)


def show_invitation(request: Request) -> Response:
    """Say to which seat a link leads; only a button takes it, since programs that read mail follow links."""
    found = _desk(request).invitation(request.path_params["token"])
    if found is None:
        raise RefusedRequest(410, "This link holds no longer", "Ask whoever leads the room for another.")
    return pages_of(request).answer(request, "room/join.html.j2", invitation=found)


async def take_invitation(request: Request) -> Response:
    """Take the seats of a link."""
    session = await run_in_threadpool(_desk(request).redeem, request.path_params["token"], replaces=session_of(request))
    if not session:
        raise RefusedRequest(410, "This link holds no longer", "Ask whoever leads the room for another.")
    answer = RedirectResponse("/room", status_code=_SEE_OTHER)
    remember(answer, request, session)
    request.app.state.bell.ring()
    return answer


async def show_seat(request: Request) -> Response:
    """Show what a seat sees."""
    return await _seat_page(request, own_seat(request), told=None)


async def do_wish(request: Request) -> Response:
    """Do what a form asks for, and go back to the page that asked."""
    seat = own_seat(request)
    fields = await _fields(request)
    told = await run_in_threadpool(_desk(request).do, seat, fields.get("do", ""), fields)
    request.app.state.bell.ring()
    back = fields.get("back", "") or seat
    if back not in {each["id"] for each in _desk(request).seats_of(session_of(request))}:
        back = seat
    if told.is_done:
        return RedirectResponse(f"/room/{back}#{_anchor(fields)}", status_code=_SEE_OTHER)
    return await _seat_page(request, back, told=told, status=409)


async def invite(request: Request) -> Response:
    """Make a link to a seat and show it, once, with a picture of it for telephones."""
    seat, fields = own_seat(request), await _fields(request)
    uses = fields.get("uses", "1")
    token = await run_in_threadpool(
        _desk(request).link_for, (fields.get("seat", ""),), uses=int(uses) if uses.isdecimal() else 1, by=seat
    )
    request.app.state.bell.ring()
    link = f"{origin_of(request)}/room/join/{token}"
    found = _desk(request).invitation(token)
    code = segno.make(link, error="m").svg_data_uri(scale=4, border=2, light="#fff")
    return pages_of(request).answer(request, "room/link.html.j2", link=link, code=code, invitation=found, seat=seat)


async def show_guide(request: Request) -> Response:
    """Show the facilitator's guide to whoever leads."""
    seat = own_seat(request)
    if "plan" not in (await run_in_threadpool(_desk(request).screen, seat))["deeds"]:
        raise RefusedRequest(403, "The guide is for whoever leads", "Ask the director.")
    title, guide = _desk(request).guide()
    written = Markup(guide)  # noqa: S704  (by templates of ours, which escape)
    return pages_of(request).answer(request, "room/guide.html.j2", title=title, guide=written, seat=seat)


async def show_after(request: Request) -> Response:
    """Show the after-action report."""
    seat = own_seat(request)
    report = await run_in_threadpool(_desk(request).after_action, seat)
    written = Markup(report.sections())  # noqa: S704  (by templates of ours, which escape)
    return pages_of(request).answer(request, "room/after.html.j2", report=report, sections=written, seat=seat)


async def take_after(request: Request) -> Response:
    """Give the after-action report as a file."""
    seat, form = own_seat(request), request.path_params["form"]
    report = await run_in_threadpool(_desk(request).after_action, seat)
    forms: dict[str, tuple[str, Callable[[], str | bytes]]] = {
        "html": ("text/html; charset=utf-8", report.html),
        "json": ("application/json", report.json),
        "csv": ("text/csv; charset=utf-8", report.timeline_csv),
        "observation": ("application/json", report.observation),
    }
    if form not in forms:
        raise HTTPException(404)
    kind, write = forms[form]
    name = f"after-action.{form}" if form != "observation" else "observation.json"
    return Response(write(), media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


async def take_log(request: Request) -> Response:
    """Give the whole log, as `foedus log verify` reads it."""
    lines = await run_in_threadpool(_desk(request).log_lines, own_seat(request))
    headers = {"content-disposition": 'attachment; filename="room.jsonl"'}
    return Response(lines, media_type="application/jsonl", headers=headers)


async def take_msel(request: Request) -> Response:
    """Give the injects as a list of events."""
    seat, form = own_seat(request), request.path_params["form"]
    if form not in _TABLES:
        raise HTTPException(404)
    content = await run_in_threadpool(partial(_desk(request).msel, seat, form=form))
    return Response(
        content, media_type=_TABLES[form], headers={"content-disposition": f'attachment; filename="msel.{form}"'}
    )


async def read_msel(request: Request) -> Response:
    """Read a list of events: first dry, showing what it holds and what is wrong; then, on a second button, planned."""
    seat, desk = own_seat(request), _desk(request)
    if "plan" not in (await run_in_threadpool(desk.screen, seat))["deeds"]:
        raise RefusedRequest(403, "Injects are planned by whoever leads", "Ask the director.")
    async with request.form(max_files=1, max_fields=_LARGEST_FORM) as form:
        sent, fields = form.get("table"), {name: str(value) for name, value in form.items() if isinstance(value, str)}
        content = await sent.read() if isinstance(sent, UploadFile) else fields.get("kept", "").encode()
        name = (sent.filename or "") if isinstance(sent, UploadFile) else "kept.csv"
    mapping = {key.removeprefix("map_"): value for key, value in fields.items() if key.startswith("map_") and value}
    reading = await run_in_threadpool(partial(desk.read_msel, content, name=name, mapping=mapping or None))
    if fields.get("do") == "plan" and not reading.errors:
        told = await run_in_threadpool(desk.plan_msel, seat, reading)
        request.app.state.bell.ring()
        if told.is_done:
            return RedirectResponse(f"/room/{seat}#injects", status_code=_SEE_OTHER)
        return await _seat_page(request, seat, told=told, status=409)
    kept, headings = desk.table_text(content, name=name)
    return pages_of(request).answer(
        request, "room/msel.html.j2", reading=reading, kept=kept, headings=headings, columns=MSEL_COLUMNS, seat=seat
    )


def news(request: Request) -> Response:
    """Answer with what happens, as it happens."""
    return answer_news(request, own_seat(request))


async def _seat_page(request: Request, seat: str, *, told: ToldWish | None, status: int = 200) -> Response:
    desk = _desk(request)
    shown = await run_in_threadpool(desk.screen, seat)
    own = desk.seats_of(session_of(request))
    leads = next((each["id"] for each in own if each["role"] == "director"), "")
    about = {"own": own, "leads": leads, "guide": desk.has_guide, "zone": zone_of(request)}
    return pages_of(request).answer(request, "room/seat.html.j2", status=status, room=shown, told=told, **about)


async def _fields(request: Request) -> Mapping[str, str]:
    async with request.form(max_files=0, max_fields=_LARGEST_FORM) as form:
        several: dict[str, list[str]] = {}
        for name, value in form.multi_items():
            several.setdefault(name, []).append(str(value))
    return {name: ",".join(values) if name in _LISTS else values[-1] for name, values in several.items()}


_LISTS = frozenset({"measures", "to", "access"})


def _anchor(fields: Mapping[str, str]) -> str:
    anchor = fields.get("anchor", "")
    return anchor if anchor.isidentifier() else "main"


def _about(request: Request) -> dict[str, Any]:
    desk = _desk(request)
    return {"title": desk.title, "is_rehearsal": desk.is_rehearsal, "has_sign_on": bool(request.app.state.sign_on)}


def _desk(request: Request) -> RoomDesk:
    desk: RoomDesk = request.app.state.desk
    return desk


ROUTES = (
    Route("/", lambda _request: RedirectResponse("/room"), methods=["GET"]),
    Route("/room", first_page, methods=["GET"]),
    Route("/room/join/{token}", show_invitation, methods=["GET"]),
    Route("/room/join/{token}", take_invitation, methods=["POST"]),
    Route("/room/{seat}", show_seat, methods=["GET"]),
    Route("/room/{seat}/do", do_wish, methods=["POST"]),
    Route("/room/{seat}/invite", invite, methods=["POST"]),
    Route("/room/{seat}/guide", show_guide, methods=["GET"]),
    Route("/room/{seat}/after", show_after, methods=["GET"]),
    Route("/room/{seat}/after.{form}", take_after, methods=["GET"]),
    Route("/room/{seat}/msel.{form}", take_msel, methods=["GET"]),
    Route("/room/{seat}/msel", read_msel, methods=["POST"]),
    Route("/room/{seat}/log.jsonl", take_log, methods=["GET"]),
    Route("/room/{seat}/events", news, methods=["GET"]),
)
