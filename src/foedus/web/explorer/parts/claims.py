"""Claims: arguments as tests, each tried in the same futures when somebody asks."""

from dataclasses import replace
from functools import partial
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.claims import ClaimsRequest
from foedus.jobs.explorer.arguments import Argument
from foedus.jobs.explorer.questions import answer_claim
from foedus.jobs.explorer.terms import full_terms
from foedus.web.explorer.answers import ShownAnswer, show_waiting
from foedus.web.explorer.desk import Desk, desk_of
from foedus.web.explorer.own.keeping import asker_of
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart
from foedus.web.work.long_jobs import JobState, TellJob


async def show_claims(request: Request) -> Response:
    """Answer with every claim, by where it was found."""
    found = await desk_of(request).arguments()
    origins = [(origin, list(members)) for origin, members in groupby(found, key=lambda each: each.origin)]
    return pages_of(request).answer(request, "explorer/claims.html.j2", origins=origins)


async def show_claim(request: Request) -> Response:
    """Answer with one claim, and with how it came out where it was tried; begins no work."""
    claim = await _claim(request)
    job = desk_of(request).jobs.known(_key(claim))
    if job is not None and job.error is not None:
        raise job.error
    if job is not None and job.state is JobState.RUNNING:
        return show_waiting(request, job)
    answer: ShownAnswer | None = job.result if job is not None else None
    return pages_of(request).answer(request, "explorer/claim.html.j2", claim=claim, answer=answer)


async def try_claim(request: Request) -> Response:
    """Begin to try a claim, or find how it came out, and lead to its page."""
    claim, desk = await _claim(request), desk_of(request)
    run = replace(full_terms(futures=min(desk.futures, FUTURES["claims"])), workers=1)
    asked = ClaimsRequest(run, (claim.id,), command=f"foedus claims {claim.id} --verbose")
    job = desk.jobs.ask(
        _key(claim),
        title=claim.in_short,
        work=partial(_try, desk, asked),
        asker=asker_of(request),
        address=f"/claims/{claim.id}",
    )
    return RedirectResponse(job.address, status_code=303)


async def _try(desk: Desk, asked: ClaimsRequest, tell: TellJob) -> ShownAnswer:
    return ShownAnswer(await desk.apart.run(answer_claim, asked, tell=tell))


async def _claim(request: Request) -> Argument:
    name = request.path_params["claim"]
    claim = next((each for each in await desk_of(request).arguments() if each.id == name), None)
    if claim is None:
        raise HTTPException(404)
    return claim


def _key(claim: Argument) -> str:
    return f"claim {claim.id}"


PART = SitePart(
    "Claims",
    "/claims",
    (
        Route("/claims", show_claims, methods=["GET"]),
        Route("/claims/{claim}", show_claim, methods=["GET"]),
        Route("/claims/{claim}", try_claim, methods=["POST"]),
    ),
)
