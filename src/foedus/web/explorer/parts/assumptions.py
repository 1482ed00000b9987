"""The page Futures: every range with its source, and moving them: by hand, by a file, and back to what ships."""

from asyncio import to_thread
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from foedus.errors import Finding, InvalidFile, UnknownName, WrongRequest
from foedus.jobs.assumptions.failing import measures
from foedus.jobs.design import BUDGET, SIGNERS
from foedus.jobs.explorer.own_ranges import OwnRanges, TypedRange, move_ranges, read_own_ranges
from foedus.jobs.parameters import ParametersRequest, list_parameters, list_views
from foedus.web.explorer.desk import desk_of
from foedus.web.explorer.own.keeping import asker_of, visitor_of
from foedus.web.explorer.texts import choice_for
from foedus.web.explorer.worlds import TriedWorld, own_ranges_of, world_of, worlds_for
from foedus.web.pages.pages import pages_of
from foedus.web.work.workers import Urgency

BUDGETS = (60, BUDGET, 500)
"""How many different games a search for designs may solve."""
_BEGIN_WITH = "ukraine/multinational_force_paris_2026"
_MOST_FIELDS = 1000
_LARGEST_FILE = 256 * 1024
_LOW, _HIGH = "low.", "high."


@dataclass(frozen=True)
class _Typed:
    """What somebody typed that could not be kept, to be shown again with what is wrong with it."""

    ends: Mapping[str, TypedRange] = field(default_factory=dict)
    wrong: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)


async def show_futures(request: Request) -> Response:
    """Answer with what can be asked of assumptions, and with every one of them or with those that a view changes."""
    return await _page(request, request.query_params)


async def move_by_hand(request: Request) -> Response:
    """Keep ranges as they were typed, or go back to what ships, and lead to the page under them."""
    desk, visitor = desk_of(request), visitor_of(request)
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as form:
        fields = {name: str(value) for name, value in form.items()}
    before = await own_ranges_of(request, fields.get("ranges", ""))
    if "reset" in fields:
        if before:
            desk.ranges.forget(visitor, before.name)
        return _led_to(fields, None)
    ends = _ends_in(fields)
    world = await world_of(request, {"view": fields.get("view", "")})
    trial = await desk.workers.run(
        move_ranges,
        ends,
        before=before,
        views=world.terms["views"],
        as_shipped=fields.get("as_shipped", ""),
        urgency=Urgency.NOW,
    )
    if trial.wrong:
        return await _page(request, fields, typed=_Typed(ends, trial.wrong), status=422)
    return _led_to(fields, trial.own and desk.ranges.keep(visitor, trial.own))


async def read_file_sent(request: Request) -> Response:
    """Keep the ranges of a parameter file that somebody sends, and lead to the page under them."""
    desk = desk_of(request)
    async with request.form(max_files=1, max_fields=20) as form:
        sent = form.get("file")
        content = await sent.read(_LARGEST_FILE + 1) if isinstance(sent, UploadFile) else b""
        name = (sent.filename or "") if isinstance(sent, UploadFile) else ""
        fields = {key: str(value) for key, value in form.items() if key != "file"}
    try:
        own = await desk.workers.run(read_own_ranges, _text_in(content), file=name or "the file", urgency=Urgency.NOW)
    except InvalidFile as error:
        return await _page(request, fields, typed=_Typed(wrong={"": error.findings}), status=422)
    return _led_to(fields, own and desk.ranges.keep(visitor_of(request), own))


async def send_ranges(request: Request) -> Response:
    """Answer with own ranges as a parameter file, to be kept and given to a command."""
    own = await own_ranges_of(request, request.path_params["name"])
    if own is None:
        raise HTTPException(404)
    headers = {"content-disposition": f'attachment; filename="{own.overlay.file}"', "cache-control": "no-store"}
    return Response(own.overlay.text, media_type="application/yaml; charset=utf-8", headers=headers)


async def tell_assumptions(request: Request) -> Response:
    """Answer with what `foedus params --json` prints."""
    world = await world_of(request, request.query_params)
    return JSONResponse(await to_thread(_rows, (), world))


async def _page(
    request: Request, fields: Mapping[str, Any], *, typed: _Typed | None = None, status: int = 200
) -> Response:
    desk = desk_of(request)
    view, words = str(fields.get("view", "")), str(fields.get("words", ""))
    world = await world_of(request, fields)
    is_moved = bool(fields.get("moved")) and world.own is not None
    ranges = await desk.once(_every_range, is_light=True)
    rows, is_found = await to_thread(_rows_with, words, world, is_changed=bool(world.view) or is_moved)
    choice = await choice_for(request)
    return pages_of(request).answer(
        request,
        "explorer/futures.html.j2",
        status=status,
        groups=[(name, list(members)) for name, members in groupby(rows, key=lambda row: row["group"])],
        count=len(rows),
        is_found=is_found,
        ranges=ranges,
        views=await desk.once(_views, is_light=True),
        view=view,
        words=words,
        world=world,
        worlds=await worlds_for(request),
        is_moved=is_moved,
        moved={each.name: each for each in world.own.moved} if world.own else {},
        typed=typed or _Typed(),
        glances=choice.glances,
        drafts=choice.drafts,
        begin_with=str(fields.get("text", _BEGIN_WITH)),
        measures=measures(),
        budgets=BUDGETS,
        signers=SIGNERS,
        asked=[job.to_data() | {"address": job.address} for job in desk.jobs.asked_by(asker_of(request))],
    )


def _led_to(fields: Mapping[str, str], own: OwnRanges | None) -> Response:
    said = {"view": fields.get("view", ""), "words": fields.get("words", ""), "ranges": own.in_address if own else ""}
    query = urlencode({name: value for name, value in said.items() if value})
    return RedirectResponse(f"/futures?{query}#ranges-heading", status_code=303)


def _ends_in(fields: Mapping[str, str]) -> dict[str, TypedRange]:
    names = [field.removeprefix(_LOW) for field in fields if field.startswith(_LOW)]
    return {name: TypedRange(fields[_LOW + name], fields[_HIGH + name]) for name in names if _HIGH + name in fields}


def _text_in(content: bytes) -> str:
    if len(content) > _LARGEST_FILE:
        raise WrongRequest(f"a file of ranges of more than {_LARGEST_FILE // 1024} kB is not read")
    if not content.strip():
        raise WrongRequest("choose a file of ranges first; it is a parameter file such as this page gives")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongRequest("the file is no text in UTF-8; give a parameter file such as this page gives") from error


def _every_range() -> list[dict[str, Any]]:
    return _rows((), TriedWorld())


def _rows_with(words: str, world: TriedWorld, *, is_changed: bool) -> tuple[list[dict[str, Any]], bool]:
    """Return the ranges to show; where none has the words in it all of them, and False."""
    try:
        return _rows(tuple(words.split()), world, is_changed=is_changed), True
    except UnknownName:
        return _rows((), world, is_changed=is_changed), False


def _rows(words: tuple[str, ...], world: TriedWorld, *, is_changed: bool = False) -> list[dict[str, Any]]:
    return list(list_parameters(ParametersRequest(words, **world.terms, is_changed=is_changed)).to_data())


def _views() -> list[dict[str, str]]:
    return list_views().to_data()
