"""Determine: reports of an incident are typed, and the finding moves."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from foedus.jobs.explorer.incident import TypedFinding, determine_typed, report_choices, sample_incidents
from foedus.web.charts.strip import share_strip
from foedus.web.explorer.asking import asked_as_text
from foedus.web.explorer.desk import desk_of
from foedus.web.explorer.texts import choice_for, chosen_texts
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart
from foedus.web.work.workers import Urgency

_BEGIN_WITH = "ukraine/multinational_force_paris_2026"


async def show_incident(request: Request) -> Response:
    """Answer with reports to begin with, and what they carry."""
    desk, incidents = desk_of(request), sample_incidents()
    wanted = request.query_params.get("incident", incidents[0].name)
    incident = next((each for each in incidents if each.name == wanted), incidents[0])
    (under,) = await chosen_texts(request, [request.query_params.get("under", _BEGIN_WITH)])
    found = await desk.workers.run(determine_typed, under.given, incident.text, urgency=Urgency.NOW)
    choice = await choice_for(request)
    return pages_of(request).answer(
        request,
        "explorer/determine.html.j2",
        incidents=incidents,
        incident=incident,
        glances=choice.glances,
        drafts=choice.drafts,
        under=under.name,
        lines=found.lines,
        choices=report_choices(),
        found=found,
        drawn=share_strip,
    )


async def determine_again(request: Request) -> Response:
    """Answer with what reports carry as they are typed."""
    asked = await asked_as_text(request, "under", "reports")
    (under,) = await chosen_texts(request, [asked["under"]])
    run = desk_of(request).workers.run
    found: TypedFinding = await run(determine_typed, under.given, asked["reports"], urgency=Urgency.NOW)
    html = pages_of(request).text(request, "explorer/accounts.html.j2", found=found, drawn=share_strip)
    return JSONResponse({"finding": found.finding, "lines": list(found.lines), "accounts_html": html})


PART = SitePart(
    "Determine",
    "/determine",
    (Route("/determine", show_incident, methods=["GET"]), Route("/api/determine", determine_again, methods=["POST"])),
)
