"""Compare: two to eight arrangements in the same futures, in one picture."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from foedus.errors import WrongRequest
from foedus.jobs.compare import REPORT, RESULTS, CompareRequest, texts_to_compare
from foedus.jobs.explorer.comparison_view import ComparisonView, brief_files, comparison_files, view_comparison
from foedus.jobs.explorer.terms import ends_of, full_terms
from foedus.web.charts.strip import share_bar, strip, ticks
from foedus.web.explorer.desk import Desk, desk_of
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart
from foedus.web.serving.event_stream import answer_events
from foedus.web.work.long_jobs import JobState, LongJob
from foedus.web.work.workers import Urgency

MOST = 8
_FOUR_TO_BEGIN = (
    "ukraine/no_guarantee",
    "ukraine/budapest_memorandum_1994",
    "ukraine/multinational_force_paris_2026",
    "ukraine/nato_membership",
)
"""What the page proposes to who comes without a choice."""
_FILES: Mapping[str, tuple[str, Callable[..., Mapping[str, bytes]]]] = {
    REPORT: ("text/html; charset=utf-8", comparison_files),
    RESULTS: ("application/json", comparison_files),
    "brief.html": ("text/html; charset=utf-8", brief_files),
    "brief.pdf": ("application/pdf", brief_files),
    "brief.docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", brief_files),
}
"""Files that a finished comparison can be taken away as: media type, and who writes it."""


async def show_comparison(request: Request) -> Response:
    """Answer with the choice, with how far the comparison is, or with the comparison."""
    desk = desk_of(request)
    chosen = _chosen(request)
    around: dict[str, Any] = {
        "glances": await desk.glances(),
        "chosen": chosen,
        "most": MOST,
        "futures": desk.futures,
        "proposed": _FOUR_TO_BEGIN,
    }
    if len(chosen) < 2:
        return pages_of(request).answer(request, "explorer/choose.html.j2", **around)
    job = await _ask(desk, chosen, baseline=request.query_params.get("baseline", ""))
    if job.state is JobState.RUNNING:
        return pages_of(request).answer(request, "explorer/comparing.html.j2", job=job.to_data(), **around)
    if job.error is not None:
        raise job.error
    view: ComparisonView = job.result.view
    return pages_of(request).answer(
        request,
        "explorer/comparison.html.j2",
        view=view,
        job=job.to_data(),
        strip=_strip,
        ticks=ticks,
        share_bar=share_bar,
        axis_label=_axis_label,
        percent=_percent,
        **around,
    )


async def tell_progress(request: Request) -> Response:
    """Answer with how far a job is, as it goes on."""
    return answer_events(request, _job(request).channel)


async def tell_job(request: Request) -> Response:
    """Answer with how far a job is, and with its comparison once it is done."""
    job = _job(request)
    return JSONResponse(job.to_data())


async def stop_job(request: Request) -> Response:
    """Stop a job, and go back to the choice."""
    desk_of(request).jobs.cancel(_job(request))
    return RedirectResponse("/compare", status_code=303)


async def send_file(request: Request) -> Response:
    """Answer with a file of a comparison, to be kept."""
    job, name = _job(request), request.path_params["file"]
    if job.state is not JobState.DONE or name not in _FILES:
        raise HTTPException(404)
    compared: _Compared = job.result
    media_type, made_by = _FILES[name]
    files = await compared.files(desk_of(request), made_by=made_by)
    return Response(
        files[name], media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


async def ask_comparison(request: Request) -> Response:
    """Begin a comparison for a program; it asks for the job's address until that is done."""
    asked = await request.json()
    texts = asked.get("texts") if isinstance(asked, dict) else None
    if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
        raise WrongRequest('say which texts to compare: {"texts": ["ukraine/no_guarantee", …], "baseline": "…"}')
    job = await _ask(desk_of(request), texts[:MOST], baseline=str(asked.get("baseline") or ""))
    return JSONResponse(job.to_data(), status_code=202)


class _Compared:
    """A finished comparison: what is shown of it, and its files once somebody asks."""

    def __init__(self, request: CompareRequest, pieces: dict[str, list[Any]], view: ComparisonView) -> None:
        self.view = view
        self._request = request
        self._pieces = pieces
        self._files: dict[str, Mapping[str, bytes]] = {}

    async def files(self, desk: Desk, *, made_by: Callable[..., Mapping[str, bytes]]) -> Mapping[str, bytes]:
        """Return files of the comparison, made once."""
        name = made_by.__name__
        if name not in self._files:
            self._files[name] = await desk.workers.run(made_by, self._request, self._pieces, urgency=Urgency.SOON)
        return self._files[name]


async def _ask(desk: Desk, names: Sequence[str], *, baseline: str) -> LongJob:
    known = {each.name for each in await desk.glances()}
    if unknown := [name for name in names if name not in known]:
        raise WrongRequest(f"the library has no {', '.join(unknown)}; choose among what the page offers")
    run = full_terms(futures=desk.futures)
    base = baseline if baseline in names else names[0]
    words = f"foedus compare {' '.join(names)} --baseline {base.split('/')[-1]}"
    asked = CompareRequest(tuple(names), run, baseline=base.split("/")[-1], is_across=True, command=words)
    key = sha256(repr(("compare", tuple(names), base)).encode()).hexdigest()
    return desk.jobs.ask(key, title=f"Comparing {len(names)} arrangements", work=partial(_compare, desk, asked))


async def _compare(desk: Desk, asked: CompareRequest, tell: Callable[[int, int], None]) -> _Compared:
    texts = await desk.workers.run(_arrangements, asked, urgency=Urgency.NOW)
    total, done = asked.run.futures * len(texts), 0

    def count(futures: int) -> None:
        nonlocal done
        done += futures
        tell(done, total)

    pieces = {}
    for name, arrangement in texts.items():
        pieces[name] = await desk.solving.solve(
            arrangement, run=asked.run, ends=ends_of(asked.run.futures), urgency=Urgency.LATER, tell=count
        )
    view = await desk.workers.run(view_comparison, asked, pieces, urgency=Urgency.NOW)
    return _Compared(asked, pieces, view)


def _arrangements(asked: CompareRequest) -> dict[str, Any]:
    return {name: text.arrangement for name, text in texts_to_compare(asked).items()}


def _chosen(request: Request) -> list[str]:
    return list(dict.fromkeys(request.query_params.getlist("with")))[:MOST]


def _job(request: Request) -> LongJob:
    job = desk_of(request).jobs.find(request.path_params["job"])
    if job is None:
        raise HTTPException(404)
    return job


def _strip(view: ComparisonView, row: Any, outcome: str) -> Any:
    seen = row.outcomes[outcome]
    base = next(each for each in view.rows if each.is_baseline)
    said = f"{view.words[outcome]} under {row.label}: {seen.said} on average, {seen.said_range} in nine futures of ten"
    other = None if row.is_baseline else vars(base.outcomes[outcome].spread)
    return strip(vars(seen.spread), most=view.most[outcome], said=said, other=other)


def _axis_label(outcome: str) -> Callable[[float], str]:
    is_share = outcome != "cost"
    return lambda value: f"{100 * value:g} %" if is_share else f"{value:g}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


PART = SitePart(
    "Compare",
    "/compare",
    (
        Route("/compare", show_comparison, methods=["GET"]),
        Route("/jobs/{job}/events", tell_progress, methods=["GET"]),
        Route("/jobs/{job}/stop", stop_job, methods=["POST"]),
        Route("/jobs/{job}/{file}", send_file, methods=["GET"]),
        Route("/api/jobs/{job}", tell_job, methods=["GET"]),
        Route("/api/compare", ask_comparison, methods=["POST"]),
    ),
)
