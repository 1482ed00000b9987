"""What the pages of the explorer share while the server runs: workers, pieces, jobs, the library at a glance."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.requests import Request

from foedus.jobs.explorer.arguing.arguments import Argument, list_arguments
from foedus.jobs.explorer.draft import DraftReading
from foedus.jobs.explorer.evidence import show_recorded_evidence
from foedus.jobs.explorer.glance import CheckedGlance, Glance, check_at_a_glance, library_at_a_glance
from foedus.jobs.explorer.terms import warm_up
from foedus.web.explorer.own.drafts import Drafts
from foedus.web.explorer.own.ranges import KeptRanges
from foedus.web.work.apart import Apart
from foedus.web.work.long_jobs import LongJobs
from foedus.web.work.rooms import Rooms
from foedus.web.work.solving import Solving
from foedus.web.work.workers import Urgency, Workers

T = TypeVar("T")


@dataclass(eq=False)
class Desk:
    """Everything that outlives a request."""

    workers: Workers
    solving: Solving
    jobs: LongJobs
    apart: Apart
    rooms: Rooms
    futures: int
    """Futures of every picture."""
    drafts: Drafts = field(default_factory=Drafts)
    ranges: KeptRanges = field(default_factory=KeptRanges)
    checked: dict[str, CheckedGlance] = field(default_factory=dict)
    """[name in the library] what the checks make of it, as they are done."""
    readings: "OrderedDict[str, DraftReading]" = field(default_factory=OrderedDict)
    """[text] of drafts that were read lately."""
    is_all_checked: asyncio.Event = field(default_factory=asyncio.Event)
    _is_checking: bool = False
    _known: dict[str, "asyncio.Task[Any]"] = field(default_factory=dict)
    _background: list["asyncio.Task[Any]"] = field(default_factory=list)

    async def once(self, work: Callable[[], T], *, is_light: bool = False) -> T:
        """Return what never changes while the server runs; worked out once, for however many ask at the same time.

        What is light is done beside the server, for workers may be busy for seconds.
        """
        name = f"{work.__module__}.{work.__qualname__}"
        task = self._known.get(name)
        if task is None or (task.done() and (task.cancelled() or task.exception() is not None)):
            done = asyncio.to_thread(work) if is_light else self.workers.run(work, urgency=Urgency.NOW)
            task = self._known[name] = asyncio.create_task(done)
        result: T = await asyncio.shield(task)
        return result

    async def glances(self) -> tuple[Glance, ...]:
        """Return the library at a glance."""
        return await self.once(library_at_a_glance)

    async def glance_of(self, name: str) -> Glance | None:
        """Return one arrangement of the library; None where there is none of that name."""
        return next((each for each in await self.glances() if each.name == name), None)

    async def arguments(self) -> tuple[Argument, ...]:
        """Return the claims."""
        return await self.once(list_arguments)

    def keep_until_done(self, work: Coroutine[Any, Any, Any]) -> None:
        """Have something done for whoever will ask for it."""
        task = asyncio.create_task(work)
        self._background.append(task)
        task.add_done_callback(self._background.remove)

    def check_library(self) -> None:
        """Begin to check the library, once somebody looks at it; what is done stands in ``checked``.

        The record of history is drawn after it, for whoever turns to that page next.
        """
        if not self._is_checking:
            self._is_checking = True
            self.keep_until_done(self._check_library())

    def begin(self) -> None:
        """Start to prepare what the first pages need."""
        self.workers.open()
        self.keep_until_done(self.glances())

    def end(self) -> None:
        """Let go of everything."""
        for task in list(self._background):
            task.cancel()
        self.jobs.end()
        self.apart.close()
        self.rooms.close()
        self.workers.close()

    async def _check_library(self) -> None:
        for glance in await self.glances():
            self.checked[glance.name] = await self.workers.run(check_at_a_glance, glance.name, urgency=Urgency.LATER)
        self.is_all_checked.set()
        await self.once(show_recorded_evidence)


def new_desk(*, futures: int) -> Desk:
    """Make a desk; it works once it has begun."""
    workers = Workers(prepare=warm_up)
    return Desk(
        workers=workers, solving=Solving(workers), jobs=LongJobs(), apart=Apart(), rooms=Rooms(), futures=futures
    )


def lifespan_of(desk: Callable[[], Desk]) -> Callable[[Starlette], Any]:
    """Return a lifespan that opens a desk with the server and closes it with it."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[Mapping[str, Any]]:
        opened = desk()
        app.state.desk = opened
        opened.begin()
        try:
            yield {}
        finally:
            opened.end()

    return lifespan


def desk_of(request: Request) -> Desk:
    """Return the desk of the app that was asked."""
    desk: Desk = request.app.state.desk
    return desk
