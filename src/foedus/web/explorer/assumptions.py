"""Assumptions: everything uncertain as a range with its source, and the views of the world that argue about them."""

from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from foedus.jobs.parameters import ParametersRequest, list_parameters, list_views
from foedus.web.explorer.desk import desk_of
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart
from foedus.web.work.workers import Urgency


async def show_assumptions(request: Request) -> Response:
    """Answer with every assumption, or with those that a view changes."""
    desk = desk_of(request)
    view = request.query_params.get("view", "")
    words = tuple(request.query_params.get("words", "").split())
    rows = await desk.workers.run(_rows, words, view, urgency=Urgency.NOW)
    groups = [(name, list(members)) for name, members in groupby(rows, key=lambda row: row["group"])]
    return pages_of(request).answer(
        request,
        "explorer/assumptions.html.j2",
        groups=groups,
        count=len(rows),
        views=await desk.workers.run(_views, urgency=Urgency.NOW),
        view=view,
        words=" ".join(words),
    )


async def tell_assumptions(request: Request) -> Response:
    """Answer with what `foedus params --json` prints."""
    view = request.query_params.get("view", "")
    return JSONResponse(await desk_of(request).workers.run(_all, view, urgency=Urgency.NOW))


def _rows(words: tuple[str, ...], view: str) -> list[dict[str, Any]]:
    asked = ParametersRequest(words, views=(view,) if view else (), is_changed=bool(view))
    return list(list_parameters(asked).to_data())


def _all(view: str) -> list[dict[str, Any]]:
    return list(list_parameters(ParametersRequest(views=(view,) if view else ())).to_data())


def _views() -> list[dict[str, str]]:
    return list_views().to_data()


PART = SitePart(
    "Assumptions",
    "/assumptions",
    (
        Route("/assumptions", show_assumptions, methods=["GET"]),
        Route("/api/assumptions", tell_assumptions, methods=["GET"]),
    ),
)
