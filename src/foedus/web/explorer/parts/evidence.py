"""Evidence: how the model's forecasts did on cases whose end is known, beside rivals."""

from asyncio import to_thread
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from foedus.jobs.explorer.evidence import show_recorded_evidence
from foedus.jobs.record.recorded import recorded_evidence
from foedus.web.charts.on_paper import without_inline_styles
from foedus.web.explorer.desk import desk_of
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart


async def show_evidence(request: Request) -> Response:
    """Answer with charts of every trial, a table under each."""
    shown = await desk_of(request).once(show_recorded_evidence)
    return pages_of(request).answer(
        request, "explorer/evidence.html.j2", shown=shown, html=without_inline_styles(shown.html)
    )


async def tell_evidence(_: Request) -> Response:
    """Answer with the record that `foedus evidence` writes, without forecasts case by case."""
    record: Mapping[str, Any] = (await to_thread(recorded_evidence)).record
    return JSONResponse(record)


PART = SitePart(
    "Evidence",
    "/evidence",
    (Route("/evidence", show_evidence, methods=["GET"]), Route("/api/evidence", tell_evidence, methods=["GET"])),
)
