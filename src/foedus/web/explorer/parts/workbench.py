"""The workbench: one arrangement as text and as levers, what the checks find in it, and what a change does."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from foedus.errors import FoedusError, WrongRequest
from foedus.jobs.explorer.draft import DraftReading, meaning_of_change, mend_draft, read_draft, read_pulled
from foedus.jobs.explorer.levers import not_admitted, pulled
from foedus.jobs.explorer.picture import WorkbenchPicture, apart, picture_of
from foedus.jobs.explorer.terms import FIRST, SHOWN_AT, ends_of, full_terms
from foedus.jobs.show import write_text
from foedus.web.charts.strip import ladder, share_bar, strip, ticks
from foedus.web.explorer.answers import ShownAnswer
from foedus.web.explorer.asking import asked_as_text
from foedus.web.explorer.desk import Desk, desk_of
from foedus.web.explorer.own.keeping import visitor_of
from foedus.web.explorer.worlds import TriedWorld, world_of, worlds_for
from foedus.web.pages.failures import failure_of
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart
from foedus.web.security.refusal import RefusedRequest
from foedus.web.work.workers import DONE_AGAIN, Urgency

_BEGIN_WITH = "ukraine/multinational_force_paris_2026"
_KEPT = 64


async def show_workbench(request: Request) -> Response:
    """Answer with the bench, a text of the library on it."""
    desk = desk_of(request)
    opened = await _opened(request)
    reading = await _read(desk, opened.text)
    return pages_of(request).answer(
        request,
        "explorer/workbench.html.j2",
        reading=reading,
        opened=opened,
        world=await world_of(request, {"ranges": request.query_params.get("ranges", "")}),
        worlds=await worlds_for(request),
        here={name: value for name, value in request.query_params.items() if name != "ranges"},
        glances=await desk.glances(),
        drafts=desk.drafts.of(visitor_of(request)),
        groups=_grouped(reading),
        ladder=ladder,
    )


async def keep_draft(request: Request) -> Response:
    """Keep a draft for this browser, and answer with what it is called and where it can be compared."""
    asked, desk = await asked_as_text(request, "text"), desk_of(request)
    draft = desk.drafts.keep(visitor_of(request), await _read(desk, asked["text"]))
    return JSONResponse({"name": draft.name, "label": draft.label})


async def forget_draft(request: Request) -> Response:
    """Forget a draft of this browser."""
    asked = await asked_as_text(request, "name")
    desk_of(request).drafts.forget(visitor_of(request), asked["name"])
    return JSONResponse({"name": asked["name"]})


async def read_text(request: Request) -> Response:
    """Answer with what there is to say of a text."""
    asked = await asked_as_text(request, "text")
    return _told(request, await _read(desk_of(request), asked["text"]))


async def set_lever(request: Request) -> Response:
    """Answer with the text in which a lever was moved, and what there is to say of it."""
    asked, desk = await asked_as_text(request, "text", "path", "value"), desk_of(request)
    reading = await desk.workers.run(
        read_pulled, asked["text"], path=asked["path"], value=asked["value"], urgency=Urgency.NOW
    )
    _keep_reading(desk, reading)
    return _told(request, reading)


async def mend_hole(request: Request) -> Response:
    """Answer with the text in which a hole was closed, and what there is to say of it."""
    asked, desk = await asked_as_text(request, "text", "code", "path"), desk_of(request)
    mended = await desk.workers.run(
        mend_draft, asked["text"], code=asked["code"], path=asked["path"], urgency=Urgency.NOW
    )
    return _told(request, await _read(desk, mended))


async def tell_meaning(request: Request) -> Response:
    """Answer with what changes in meaning from one text to another."""
    asked, desk = await asked_as_text(request, "old", "new"), desk_of(request)
    lines = await desk.workers.run(meaning_of_change, asked["old"], asked["new"], urgency=Urgency.NOW)
    return JSONResponse({"lines": list(lines)})


async def send_text(request: Request) -> Response:
    """Answer with a text of the library as it is written."""
    glance = await desk_of(request).glance_of(request.path_params["name"])
    if glance is None:
        raise WrongRequest("the library has no such text")
    return JSONResponse({"name": glance.name, "label": glance.label, "text": write_text(glance.name)})


async def draw_picture(request: Request) -> Response:
    """Answer with pictures of a draft beside its saved version, each sharper than the one before, a line of JSON each.

    With a path and a value of the draft with a lever moved, which need not be written into its text before. Whoever
    goes away before the last one stops the work on it.
    """
    desk = desk_of(request)
    asked = await asked_as_text(request, "text", "saved", optional=("path", "value", "ranges"))
    world = await world_of(request, {"ranges": asked["ranges"]})
    draft, saved = await _read(desk, asked["text"]), await _read(desk, asked["saved"])
    if draft.arrangement is None or saved.arrangement is None:
        raise WrongRequest("a text that cannot be read has no picture; mend what is told beside it")
    seen = draft.arrangement
    if path := asked["path"]:
        moved = pulled(draft.arrangement, path=path, value=asked["value"])
        if moved is None:
            raise not_admitted(path=path, value=asked["value"])
        seen = moved
    pictures = _pictures(request, desk, seen, saved.arrangement, world=world)
    return StreamingResponse(pictures, media_type="application/x-ndjson")


async def _pictures(request: Request, desk: Desk, draft: Any, saved: Any, *, world: TriedWorld) -> AsyncIterator[str]:
    """Begin all that is to be solved, and draw as soon as there is enough: no worker waits for a picture.

    Where it is known where the saved version came to rest, all futures of the draft are drawn roughly from there first,
    and then exactly; else exactly, in more and more futures. No picture mixes the two.
    """
    run = full_terms(futures=desk.futures, **world.terms)
    ends, lost = ends_of(run.futures, first=FIRST), asyncio.Event()
    rough: WorkbenchPicture | None = None
    drawn = partial(_drawn, request, of=run.futures, world=world)
    try:
        with ExitStack() as stack:
            roughly = partial(desk.solving.roughly, run=run, ends=ends, when_lost=lost.set)
            sketched = stack.enter_context(roughly(draft, beside=saved))
            urgency = (lambda _: Urgency.SOON) if sketched else _urgency
            begin = partial(desk.solving.under_way, run=run, ends=ends, when_lost=lost.set, urgency=urgency)
            old, new = (stack.enter_context(begin(each, is_anchored=each is saved)) for each in (saved, draft))
            for stage, end, pieces in _stages(run.futures, sketched=sketched, exact=new):
                some = ends.index(end) + 1
                both = [await asyncio.gather(*each[:some]) for each in (pieces, old)]
                picture, is_rough = picture_of(*both, run=run), pieces is sketched
                off = apart(rough, picture) if stage == "full" and rough else None
                rough = picture if is_rough else rough
                yield _line(
                    stage=stage,
                    futures=end,
                    is_rough=is_rough,
                    rough_was_off=off,
                    html=drawn(picture, stage, is_rough=is_rough, off=off),
                    picture=picture.to_data(),
                    notice=DONE_AGAIN if lost.is_set() else "",
                )
        desk.keep_until_done(desk.solving.anchor(saved, run=run, ends=ends))
    except (FoedusError, RefusedRequest) as error:
        yield _line(stage="failed", error=failure_of(error).remedy)


def _stages(futures: int, *, sketched: list[Any], exact: list[Any]) -> Iterator[tuple[str, int, list[Any]]]:
    """Name the pictures, each with the number of its futures and the pieces that it is drawn from."""
    if sketched:
        if futures > FIRST:
            yield "first", FIRST, sketched
        yield "rough", futures, sketched
    else:
        for end in SHOWN_AT:
            if end < futures:
                yield ("first" if end == FIRST else "more"), end, exact
    yield "full", futures, exact


def _urgency(end: int) -> Urgency:
    return Urgency.NOW if end <= FIRST else Urgency.SOON


def _drawn(
    request: Request,
    picture: WorkbenchPicture,
    stage: str,
    *,
    of: int,
    world: TriedWorld,
    is_rough: bool,
    off: float | None,
) -> str:
    return pages_of(request).text(
        request,
        "explorer/picture.html.j2",
        picture=picture,
        stage=stage,
        is_rough=is_rough,
        off=off,
        whole=of,
        own=world.own,
        is_mine=world.is_mine,
        strip=strip,
        ticks=ticks,
        share_bar=share_bar,
        axis=_axis,
    )


def _axis(picture: WorkbenchPicture, name: str) -> float:
    """Give chances and shares the whole axis, and cost one that holds both texts."""
    if name != "cost":
        return 1.0
    most = max(max(line.draft.high, line.saved.high) for line in picture.lines if line.name == name)
    return next((end for end in (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0) if most <= end), most)


def _line(**content: object) -> str:
    return json.dumps(content, ensure_ascii=False) + "\n"


def _told(request: Request, reading: DraftReading) -> Response:
    pages = pages_of(request)
    pieces = {
        "levers_html": pages.text(request, "explorer/levers.html.j2", reading=reading, groups=_grouped(reading)),
        "findings_html": pages.text(request, "explorer/findings.html.j2", reading=reading),
        "promises_html": pages.text(request, "explorer/promises.html.j2", reading=reading, ladder=ladder),
    }
    return JSONResponse(reading.to_data() | pieces)


def _grouped(reading: DraftReading) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for lever in reading.levers:
        groups.setdefault(lever.group, []).append(lever)
    return groups


@dataclass(frozen=True)
class _Opened:
    """A text with which the bench begins."""

    name: str
    """The same for the same text, by which the browser finds what it left there."""
    text: str
    about: str


async def _opened(request: Request) -> _Opened:
    """Return a text of the library, a draft of this browser, or a design that a search found."""
    desk, query = desk_of(request), request.query_params
    if "draft" in query:
        draft = desk.drafts.find(visitor_of(request), query["draft"])
        if draft is None:
            raise WrongRequest("this browser has no such draft any more; drafts are kept until the server stops")
        return _Opened(draft.name, draft.text, f"{draft.label}, kept by this browser")
    if "found" in query:
        job_name, _, file = query["found"].partition("/")
        job = desk.jobs.find(job_name)
        result = job.result if job is not None else None
        if not isinstance(result, ShownAnswer) or file not in result.question.texts:
            raise WrongRequest("there is no such design any more; search again on the page Futures")
        text = result.question.files[file].decode()
        return _Opened(f"found:{job_name}/{file}", text, f"Found by a search: {result.question.texts[file]}")
    wanted = query.get("from", _BEGIN_WITH)
    glance = await desk.glance_of(wanted)
    if glance is None:
        raise WrongRequest(f"the library has no {wanted}; choose one on the first page")
    about = ", ".join(each for each in (glance.title, glance.year) if each)
    return _Opened(glance.name, write_text(glance.name), about)


async def _read(desk: Desk, text: str) -> DraftReading:
    """Read a text in a worker, once."""
    reading = desk.readings.get(text)
    if reading is None:
        reading = await desk.workers.run(read_draft, text, urgency=Urgency.NOW)
    _keep_reading(desk, reading)
    return reading


def _keep_reading(desk: Desk, reading: DraftReading) -> None:
    desk.readings[reading.text] = reading
    desk.readings.move_to_end(reading.text)
    if len(desk.readings) > _KEPT:
        desk.readings.popitem(last=False)


PART = SitePart(
    "Workbench",
    "/workbench",
    (
        Route("/workbench", show_workbench, methods=["GET"]),
        Route("/api/texts/{name:path}", send_text, methods=["GET"]),
        Route("/api/draft/read", read_text, methods=["POST"]),
        Route("/api/draft/lever", set_lever, methods=["POST"]),
        Route("/api/draft/mend", mend_hole, methods=["POST"]),
        Route("/api/draft/meaning", tell_meaning, methods=["POST"]),
        Route("/api/draft/picture", draw_picture, methods=["POST"]),
        Route("/api/draft/keep", keep_draft, methods=["POST"]),
        Route("/api/draft/forget", forget_draft, methods=["POST"]),
    ),
)
