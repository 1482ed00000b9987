"""Compare: two to eight arrangements in the same futures, in one picture; drafts of one's own among them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import MultiDict
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from foedus.errors import WrongRequest
from foedus.jobs.brief import SLIDES
from foedus.jobs.compare import REPORT, RESULTS, CompareRequest
from foedus.jobs.explorer.comparison_view import (
    MONEY,
    ComparisonView,
    brief_files,
    brief_names,
    comparison_files,
    opened,
    view_comparison,
)
from foedus.jobs.explorer.terms import FIRST, ends_of, full_terms
from foedus.web.charts.strip import share_bar, share_strip, strip, ticks
from foedus.web.explorer.answers import show_waiting
from foedus.web.explorer.desk import Desk, desk_of
from foedus.web.explorer.own.keeping import asker_of
from foedus.web.explorer.texts import ChosenText, choice_for, chosen_texts
from foedus.web.explorer.worlds import TriedWorld, world_of, worlds_for
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart
from foedus.web.work.long_jobs import DoneSoFar, JobState, LongJob, TellJob
from foedus.web.work.workers import Urgency, Workers

MOST, MOST_IN_WORDS = 8, "eight"
_FOUR_TO_BEGIN = (
    "ukraine/no_guarantee",
    "ukraine/budapest_memorandum_1994",
    "ukraine/multinational_force_paris_2026",
    "ukraine/nato_membership",
)
"""What the page proposes to who comes without a choice."""
_FILES: Mapping[str, Callable[..., Mapping[str, bytes]]] = {
    REPORT: comparison_files,
    RESULTS: comparison_files,
    **dict.fromkeys(brief_names(), brief_files),
}
"""Files that a finished comparison can be taken away as: who writes them."""


@dataclass(frozen=True)
class _Wanted:
    """A comparison that somebody wants."""

    texts: tuple[ChosenText, ...]
    baseline: str
    """Name of one of them."""
    world: TriedWorld

    @property
    def address(self) -> str:
        """The page that shows it."""
        names = [("with", each.name) for each in self.texts]
        return f"/compare?{urlencode([*names, ('baseline', self.baseline), *self.world.in_address])}"

    @property
    def key(self) -> str:
        """The same for the same question."""
        texts = tuple((each.name, each.id) for each in self.texts)
        return sha256(repr(("compare", texts, self.baseline, self.world)).encode()).hexdigest()

    def asked(self, *, futures: int) -> CompareRequest:
        """Return it as the job is asked."""
        base = next(each for each in self.texts if each.name == self.baseline)
        names = " ".join(each.in_command for each in self.texts)
        words = f"foedus compare {names} --baseline {base.id}{self.world.in_command}"
        return CompareRequest(
            tuple(each.given for each in self.texts),
            full_terms(futures=futures, **self.world.terms),
            baseline=base.id,
            is_across=True,
            theatre=self.world.theatre or None,
            command=words,
        )


async def show_comparison(request: Request) -> Response:
    """Answer with the choice, with how far the comparison is, or with the comparison; begins no work."""
    names = _names(request.query_params)
    if len(names) < 2:
        return await _show_choice(request, names)
    wanted = await _wanted(request, request.query_params)
    job = desk_of(request).jobs.known(wanted.key)
    if job is None:
        return await _show_choice(request, names, wanted=wanted)
    if job.state is JobState.RUNNING:
        return show_waiting(request, job)
    if job.error is not None:
        raise job.error
    return await _show_done(request, job, wanted)


async def begin_comparison(request: Request) -> Response:
    """Begin a comparison, or find it, and lead to its page."""
    async with request.form(max_files=0, max_fields=40) as form:
        if len(_names(form)) < 2:
            raise WrongRequest(f"choose at least two arrangements to compare, and at most {MOST}")
        wanted = await _wanted(request, form)
    _ask(desk_of(request), wanted, asker=asker_of(request))
    return RedirectResponse(wanted.address, status_code=303)


async def ask_comparison(request: Request) -> Response:
    """Begin a comparison for a program; it asks for the job's address until that is done."""
    asked = await request.json()
    texts = asked.get("texts") if isinstance(asked, dict) else None
    if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
        raise WrongRequest('say which texts to compare: {"texts": ["ukraine/no_guarantee", …], "baseline": "…"}')
    fields = [("with", each) for each in texts]
    fields += [(name, str(asked.get(name) or "")) for name in ("baseline", "view", "theatre", "ranges")]
    wanted = await _wanted(request, MultiDict(fields))
    if len(wanted.texts) < 2:
        raise WrongRequest("a comparison needs at least two different texts")
    return JSONResponse(_ask(desk_of(request), wanted, asker=asker_of(request)).to_data(), status_code=202)


async def _show_choice(request: Request, names: Sequence[str], *, wanted: _Wanted | None = None) -> Response:
    return pages_of(request).answer(
        request, "explorer/choose.html.j2", wanted=wanted, **await _around(request, names, world=None)
    )


async def _show_done(request: Request, job: LongJob, wanted: _Wanted) -> Response:
    view: ComparisonView = job.result.view
    return pages_of(request).answer(
        request,
        "explorer/comparison.html.j2",
        view=view,
        job=job.to_data(),
        has_slides=SLIDES in _FILES,
        strip=_strip,
        signing_strip=_signing_strip,
        ticks=ticks,
        share_bar=share_bar,
        axis_label=_axis_label,
        percent=_percent,
        **await _around(request, [each.name for each in wanted.texts], world=wanted.world),
    )


async def _around(request: Request, names: Sequence[str], *, world: TriedWorld | None) -> dict[str, Any]:
    choice = await choice_for(request)
    return {
        "glances": choice.glances,
        "drafts": choice.drafts,
        "chosen": names,
        "most_in_words": MOST_IN_WORDS,
        "futures": desk_of(request).futures,
        "proposed": _FOUR_TO_BEGIN,
        "baseline": request.query_params.get("baseline", ""),
        "worlds": await worlds_for(request),
        "world": world or await world_of(request, request.query_params),
    }


class _Compared:
    """A finished comparison: what is shown of it, and its files once somebody asks."""

    def __init__(self, request: CompareRequest, pieces: dict[str, list[Any]], view: ComparisonView) -> None:
        self.view = view
        self._request = request
        self._pieces = pieces
        self._files: dict[str, bytes] = {}

    async def file(self, name: str, *, workers: Workers) -> bytes | None:
        """Return a file of the comparison; those that are made together are made once."""
        if name not in _FILES:
            return None
        if name not in self._files:
            made = await workers.run(_FILES[name], self._request, self._pieces, urgency=Urgency.SOON)
            self._files.update(made)
        return self._files[name]


async def _wanted(request: Request, fields: Any) -> _Wanted:
    texts = await chosen_texts(request, _names(fields))
    baseline = str(fields.get("baseline", ""))
    names = [each.name for each in texts]
    return _Wanted(texts, baseline if baseline in names else names[0] if names else "", await world_of(request, fields))


def _ask(desk: Desk, wanted: _Wanted, *, asker: str) -> LongJob:
    asked = wanted.asked(futures=desk.futures)
    return desk.jobs.ask(
        wanted.key,
        title=f"Comparing {len(wanted.texts)} arrangements",
        work=partial(_compare, desk, asked),
        asker=asker,
        address=wanted.address,
    )


async def _compare(desk: Desk, asked: CompareRequest, tell: TellJob) -> _Compared:
    asked, texts = await desk.workers.run(opened, asked, urgency=Urgency.NOW)
    count = DoneSoFar(asked.run.futures * len(texts), "games", tell=tell)
    solve = partial(desk.solving.solve, run=asked.run, ends=ends_of(asked.run.futures, first=FIRST))
    pieces = {
        name: await solve(arrangement, urgency=Urgency.LATER, tell=count.add, when_lost=count.lose)
        for name, arrangement in texts.items()
    }
    view = await desk.workers.run(view_comparison, asked, pieces, urgency=Urgency.NOW)
    return _Compared(asked, pieces, view)


def _names(fields: Any) -> list[str]:
    return list(dict.fromkeys(str(each) for each in fields.getlist("with")))[:MOST]


def _strip(view: ComparisonView, row: Any, outcome: str) -> Any:
    seen = row.outcomes[outcome]
    base = next(each for each in view.rows if each.is_baseline)
    said = f"{view.words[outcome]} under {row.label}: {seen.said} on average, {seen.said_range} in nine futures of ten"
    other = None if row.is_baseline else vars(base.outcomes[outcome].spread)
    return strip(vars(seen.spread), most=view.most[outcome], said=said, other=other)


def _signing_strip(row: Any) -> Any:
    seen = row.acceptance.everyone
    said = f"All would sign {row.label} in {row.signing.said} of 100 futures ({row.signing.said_range})"
    return share_strip(seen.value, low=seen.low, high=seen.high, said=said)


def _axis_label(outcome: str) -> Callable[[float], str]:
    is_share = outcome not in ("cost", MONEY)
    return lambda value: f"{100 * value:g} %" if is_share else f"{value:g}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


PART = SitePart(
    "Compare",
    "/compare",
    (
        Route("/compare", show_comparison, methods=["GET"]),
        Route("/compare", begin_comparison, methods=["POST"]),
        Route("/api/compare", ask_comparison, methods=["POST"]),
    ),
)
