"""Claims: arguments as tests, each tried in the same futures when somebody asks."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.explorer.arguments import try_argument
from foedus.jobs.explorer.terms import full_terms
from foedus.web.charts.on_paper import without_inline_styles
from foedus.web.explorer.desk import Desk, desk_of
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart
from foedus.web.work.long_jobs import JobState
from foedus.web.work.workers import Urgency


async def show_claims(request: Request) -> Response:
    """Answer with every claim, by where it was found."""
    found = await desk_of(request).arguments()
    origins = [(origin, list(members)) for origin, members in groupby(found, key=lambda each: each.origin)]
    return pages_of(request).answer(request, "explorer/claims.html.j2", origins=origins)


async def show_claim(request: Request) -> Response:
    """Answer with one claim, how far its trial is, or how it came out."""
    desk, name = desk_of(request), request.path_params["claim"]
    claim = next((each for each in await desk.arguments() if each.id == name), None)
    if claim is None:
        raise HTTPException(404)
    futures = min(desk.futures, FUTURES["claims"])
    job = desk.jobs.ask(f"claim {name}", title=claim.in_short, work=partial(_try, desk, name, futures))
    if job.state is JobState.RUNNING:
        return pages_of(request).answer(request, "explorer/claim.html.j2", claim=claim, job=job.to_data(), html="")
    if job.error is not None:
        raise job.error
    return pages_of(request).answer(request, "explorer/claim.html.j2", claim=claim, job=job.to_data(), html=job.result)


async def _try(desk: Desk, name: str, futures: int, tell: Callable[[int, int], None]) -> str:
    run = replace(full_terms(futures=futures), workers=1)
    html = await desk.workers.run(try_argument, name, run=run, urgency=Urgency.LATER)
    tell(1, 1)
    return without_inline_styles(html)


PART = SitePart(
    "Claims",
    "/claims",
    (Route("/claims", show_claims, methods=["GET"]), Route("/claims/{claim}", show_claim, methods=["GET"])),
)
