"""Pages of long jobs: how far one is, what came of it, its files, the button that stops it."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from foedus.jobs.explorer.own_ranges import OwnRanges
from foedus.jobs.explorer.questions import AnsweredQuestion
from foedus.web.charts.on_paper import without_inline_styles
from foedus.web.explorer.desk import desk_of
from foedus.web.explorer.own.keeping import asker_of
from foedus.web.explorer.worlds import is_mine
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart
from foedus.web.serving.event_stream import answer_events
from foedus.web.work.long_jobs import JobState, LongJob
from foedus.web.work.workers import Workers

_MEDIA_TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".yaml": "application/yaml; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".parquet": "application/vnd.apache.parquet",
}


class HasFiles(Protocol):
    """What came of a job that can be taken away as files."""

    async def file(self, name: str, *, workers: Workers) -> bytes | None:
        """Return a file, which workers may have to write first; None where there is none of that name."""


class ShownAnswer:
    """An answered question, as the result of a job."""

    def __init__(self, question: AnsweredQuestion, *, own: OwnRanges | None = None) -> None:
        self.question = question
        self.own = own
        self.html = without_inline_styles(question.html)

    async def file(self, name: str, *, workers: Workers) -> bytes | None:  # noqa: ARG002 (all is written already)
        """Return a file of the answer."""
        return self.question.files.get(name)


async def show_job(request: Request) -> Response:
    """Answer with how far a job is, or with what came of it."""
    job = job_of(request)
    if job.address != f"/jobs/{job.name}":
        return RedirectResponse(job.address, status_code=303)
    if job.error is not None:
        raise job.error
    if job.state is not JobState.DONE:
        return show_waiting(request, job)
    answer: ShownAnswer = job.result
    return pages_of(request).answer(
        request, "explorer/answer.html.j2", answer=answer, job=job.to_data(), is_mine=is_mine(request, answer.own)
    )


def show_waiting(request: Request, job: LongJob) -> Response:
    """Answer with how far a job is."""
    return pages_of(request).answer(request, "explorer/waiting.html.j2", job=job.to_data())


async def tell_progress(request: Request) -> Response:
    """Answer with how far a job is, as it goes on."""
    return answer_events(request, job_of(request).channel)


async def tell_job(request: Request) -> Response:
    """Answer with how far a job is."""
    return JSONResponse(job_of(request).to_data())


async def stop_job(request: Request) -> Response:
    """Stop a job for who asks, and go back to where one asks."""
    job = job_of(request)
    desk_of(request).jobs.cancel(job, asker=asker_of(request))
    return RedirectResponse("/futures" if job.address.startswith("/jobs/") else job.address, status_code=303)


async def send_file(request: Request) -> Response:
    """Answer with a file of what came of a job, to be kept."""
    job, name = job_of(request), request.path_params["file"]
    if job.state is not JobState.DONE:
        raise HTTPException(404)
    result: HasFiles = job.result
    content = await result.file(name, workers=desk_of(request).workers)
    if content is None:
        raise HTTPException(404)
    media_type = _MEDIA_TYPES.get(PurePath(name).suffix, "application/octet-stream")
    return Response(content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})


def job_of(request: Request) -> LongJob:
    """Return the job of an address."""
    job = desk_of(request).jobs.find(request.path_params["job"])
    if job is None:
        raise HTTPException(404)
    return job


PART = SitePart(
    "",
    "/jobs",
    (
        Route("/jobs/{job}", show_job, methods=["GET"]),
        Route("/jobs/{job}/events", tell_progress, methods=["GET"]),
        Route("/jobs/{job}/stop", stop_job, methods=["POST"]),
        Route("/jobs/{job}/{file}", send_file, methods=["GET"]),
        Route("/api/jobs/{job}", tell_job, methods=["GET"]),
    ),
)
