"""Rehearse: a scenario under a text, played alone against bots or led for others, in a room of its own."""

import shlex

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from foedus.errors import WrongRequest
from foedus.jobs.explorer.rehearsals import scenarios
from foedus.jobs.room.opening import RehearseRequest
from foedus.web.explorer.desk import desk_of
from foedus.web.explorer.own.keeping import asker_of
from foedus.web.explorer.texts import ChosenText, choice_for, chosen_texts
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart
from foedus.web.room.beside import serve_led, serve_solo

_SOLO, _LED = "solo", "led"


async def show_rehearsals(request: Request) -> Response:
    """Answer with the scenarios that ship, and with the rooms that this browser opened."""
    desk, choice = desk_of(request), await choice_for(request)
    return pages_of(request).answer(
        request,
        "explorer/rehearse.html.j2",
        scenarios=await desk_of(request).once(scenarios, is_light=True),
        glances=choice.glances,
        drafts=choice.drafts,
        under=request.query_params.get("under", ""),
        rooms=desk.rooms.of(asker_of(request)),
    )


async def open_room(request: Request) -> Response:
    """Open a room, and lead back to the page that has the way into it."""
    async with request.form(max_files=0, max_fields=20) as form:
        fields = {name: str(value) for name, value in form.items()}
    known = await desk_of(request).once(scenarios, is_light=True)
    scenario, how = fields.get("scenario", ""), fields.get("how", _SOLO)
    if scenario not in {each.name for each in known} or how not in (_SOLO, _LED):
        raise WrongRequest("choose one of the scenarios that the page offers, and how to play it")
    under = fields.get("under", "")
    text = (await chosen_texts(request, [under]))[0] if under else None
    asked = RehearseRequest(text.given if text else "", scenario, fields.get("player", "").strip())
    await desk_of(request).rooms.open(
        serve_solo if how == _SOLO else serve_led,
        asked,
        command=_command(asked, text=text, how=how),
        asker=asker_of(request),
    )
    return RedirectResponse("/rehearse#open", status_code=303)


async def end_room(request: Request) -> Response:
    """End a room of this browser."""
    desk_of(request).rooms.end(asker_of(request), request.path_params["room"])
    return RedirectResponse("/rehearse", status_code=303)


def _command(asked: RehearseRequest, *, text: ChosenText | None, how: str) -> str:
    words = ["foedus", "rehearse", *([text.in_command] if text else []), "--scenario", asked.scenario]
    words += ["--solo"] if how == _SOLO else []
    words += ["--as", asked.player] if asked.player else []
    return shlex.join(words)


PART = SitePart(
    "Rehearse",
    "/rehearse",
    (
        Route("/rehearse", show_rehearsals, methods=["GET"]),
        Route("/rehearse", open_room, methods=["POST"]),
        Route("/rehearse/{room}/end", end_room, methods=["POST"]),
    ),
)
