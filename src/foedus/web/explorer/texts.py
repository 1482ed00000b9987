"""The texts that a page lets somebody choose: the library's, and the visitor's own drafts."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from foedus.errors import WrongRequest
from foedus.jobs.asking.texts import Given
from foedus.jobs.explorer.glance import Glance
from foedus.jobs.explorer.kept_draft import PREFIX, Draft
from foedus.web.explorer.desk import Desk, desk_of
from foedus.web.explorer.own.keeping import visitor_of


@dataclass(frozen=True)
class ChosenText:
    """A text that somebody chose."""

    name: str
    """As an address carries it."""
    label: str
    given: Given
    """What a job is asked with."""
    in_command: str
    """How a command names it."""
    id: str


@dataclass(frozen=True)
class TextChoice:
    """What can be chosen on a page."""

    glances: tuple[Glance, ...]
    drafts: tuple[Draft, ...]


async def choice_for(request: Request) -> TextChoice:
    """Return what a visitor can choose among."""
    desk = desk_of(request)
    return TextChoice(await desk.glances(), desk.drafts.of(visitor_of(request)))


async def chosen_texts(request: Request, names: Sequence[str]) -> tuple[ChosenText, ...]:
    """Return the texts of some names; `WrongRequest` for one that is neither in the library nor the visitor's own."""
    desk = desk_of(request)
    return tuple([await _chosen(desk, visitor_of(request), name) for name in names])


async def _chosen(desk: Desk, visitor: str, name: str) -> ChosenText:
    if name.startswith(PREFIX):
        draft = desk.drafts.find(visitor, name)
        if draft is None:
            raise WrongRequest(
                "this browser has no such draft: drafts are kept until the server stops, and seen by the browser that "
                "made them alone; open it on the workbench and choose Compare there again"
            )
        return ChosenText(name, draft.label, draft.arrangement, draft.file, draft.id)
    glance = await desk.glance_of(name)
    if glance is None:
        raise WrongRequest(f"the library has no {name}; choose among what the page offers")
    return ChosenText(name, glance.label, name, name, name.split("/")[-1])
