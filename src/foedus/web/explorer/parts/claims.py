"""Claims: arguments as tests in an order to be read, each tried when somebody asks, or all in the same futures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.claims import ClaimsRequest
from foedus.jobs.explorer.arguing.arguments import Argument
from foedus.jobs.explorer.arguing.tried import ClaimInBrief, TriedClaims, answer_claims
from foedus.jobs.explorer.terms import full_terms
from foedus.web.charts.strip import share_bar
from foedus.web.explorer.answers import ShownAnswer, show_waiting
from foedus.web.explorer.desk import Desk, desk_of
from foedus.web.explorer.own.keeping import asker_of
from foedus.web.explorer.worlds import TriedWorld, world_of, worlds_for
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart
from foedus.web.work.long_jobs import JobState, LongJob, TellJob
from foedus.web.work.workers import Workers

_ALL = ""
"""In the place of a claim, for all of them."""


class _Tried:
    """Claims that were tried, as the result of a job."""

    def __init__(self, tried: TriedClaims) -> None:
        self.brief = tried.brief
        self.around = ShownAnswer(tried.question)
        self.in_full = {claim: ShownAnswer(question) for claim, question in tried.in_full.items()}

    async def file(self, name: str, *, workers: Workers) -> bytes | None:
        """Return a file of the answers."""
        return await self.around.file(name, workers=workers)


async def show_claims(request: Request) -> Response:
    """Answer with every claim in the order of reading, and with what came of those that were tried."""
    desk, world = desk_of(request), await world_of(request, request.query_params)
    job = desk.jobs.known(_key(_ALL, world))
    if job is not None and job.state is JobState.RUNNING and asker_of(request) in job.askers:
        return show_waiting(request, job)
    if job is not None and job.error is not None:
        raise job.error
    found = await desk.arguments()
    return pages_of(request).answer(
        request,
        "explorer/claims.html.j2",
        origins=[(origin, list(members)) for origin, members in groupby(found, key=lambda each: each.origin)],
        brief=_brief(desk, found, world),
        tried=_done(job),
        job=job.name if job is not None else "",
        share_bar=share_bar,
        **await _around(request, world),
    )


async def show_claim(request: Request) -> Response:
    """Answer with one claim, and with how it came out where it was tried; begins no work."""
    desk, claim = desk_of(request), await _claim(request)
    world = await world_of(request, request.query_params)
    job = desk.jobs.known(_key(claim.id, world))
    if job is not None and job.error is not None:
        raise job.error
    if job is not None and job.state is JobState.RUNNING:
        return show_waiting(request, job)
    done = _done(job) or _done(desk.jobs.known(_key(_ALL, world)))
    return pages_of(request).answer(
        request,
        "explorer/claim.html.j2",
        claim=claim,
        answer=done.in_full[claim.id] if done else None,
        on_path=[each for each in await desk.arguments() if each.origin == claim.origin and each.step],
        **await _around(request, world),
    )


async def try_claim(request: Request) -> Response:
    """Begin to try a claim, or find how it came out, and lead to its page."""
    claim = await _claim(request)
    return await _begun(request, claim.id, title=claim.in_short)


async def try_all_claims(request: Request) -> Response:
    """Begin to try every claim in the same futures, or find how they came out, and lead to the page of all."""
    return await _begun(request, _ALL, title="Every claim, tried in the same futures")


async def _begun(request: Request, claim: str, *, title: str) -> Response:
    desk = desk_of(request)
    async with request.form(max_files=0, max_fields=10) as form:
        world = await world_of(request, form)
    asked = _asked(claim, world, futures=min(desk.futures, FUTURES["claims"]))
    job = desk.jobs.ask(
        _key(claim, world),
        title=title,
        work=partial(_try, desk, asked),
        asker=asker_of(request),
        address=_address(claim, world),
    )
    return RedirectResponse(job.address, status_code=303)


def _asked(claim: str, world: TriedWorld, *, futures: int) -> ClaimsRequest:
    run = replace(full_terms(futures=futures, **world.terms), workers=1)
    words = f"foedus claims {claim} --verbose" if claim else "foedus claims"
    counted = "" if futures == FUTURES["claims"] else f" --futures {futures}"
    return ClaimsRequest(run, (claim,) if claim else (), command=f"{words}{counted}{world.in_command}")


async def _try(desk: Desk, asked: ClaimsRequest, tell: TellJob) -> _Tried:
    return _Tried(await desk.apart.run(answer_claims, asked, tell=tell))


async def _claim(request: Request) -> Argument:
    name = request.path_params["claim"]
    claim = next((each for each in await desk_of(request).arguments() if each.id == name), None)
    if claim is None:
        raise HTTPException(404)
    return claim


async def _around(request: Request, world: TriedWorld) -> dict[str, Any]:
    return {"world": world, "worlds": await worlds_for(request), "under": _under(world)}


def _brief(desk: Desk, claims: Sequence[Argument], world: TriedWorld) -> Mapping[str, ClaimInBrief]:
    """Return what came of every claim that was tried in a world, by itself or with all."""
    told: dict[str, ClaimInBrief] = {}
    for name in (_ALL, *(each.id for each in claims)):
        done = _done(desk.jobs.known(_key(name, world)))
        told |= done.brief if done else {}
    return told


def _done(job: LongJob | None) -> _Tried | None:
    return job.result if job is not None and job.state is JobState.DONE else None


def _key(claim: str, world: TriedWorld) -> str:
    return f"claim {claim} in {world.view} {world.own.overlay.text if world.own else ''}"


def _address(claim: str, world: TriedWorld) -> str:
    return (f"/claims/{claim}" if claim else "/claims") + _under(world)


def _under(world: TriedWorld) -> str:
    """Return what an address of claims says of a world: each claim has a theatre of its own."""
    query = urlencode([(name, value) for name, value in world.in_address if name != "theatre"])
    return f"?{query}" if query else ""


PART = SitePart(
    "Claims",
    "/claims",
    (
        Route("/claims", show_claims, methods=["GET"]),
        Route("/claims", try_all_claims, methods=["POST"]),
        Route("/claims/{claim}", show_claim, methods=["GET"]),
        Route("/claims/{claim}", try_claim, methods=["POST"]),
    ),
)
