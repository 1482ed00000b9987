"""What went wrong, as a page for a person and as JSON for a program, each with how to go on."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foedus.errors import Finding, FoedusError, InvalidFile, SeveralErrors
from foedus.web.pages.pages import Pages, pages_of
from foedus.web.security.refusal import RefusedRequest, header_of

LOG = logging.getLogger("foedus.web")
_MISSING = "The address may be mistyped, or from another version. The head of this page leads to everything there is."
_PROGRAM_FAULT = (
    "This is a fault in foedus, not in what you asked. The terminal in which it runs shows where it happened. "
    "Nothing that you saved is lost; go back and try again, or try another text."
)


@dataclass(frozen=True)
class FailedAnswer:
    """Something that was not done."""

    status: int
    what: str
    remedy: str
    findings: tuple[Finding, ...] = ()
    wait_seconds: int = 0


class Failures:
    """Turn what is raised on the way to a page into an answer."""

    def __init__(self, app: ASGIApp, *, pages: Pages) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer for what is raised."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_begun = False

        async def send_noting(message: Message) -> None:
            nonlocal is_begun
            is_begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except Exception as error:
            if is_begun:
                raise
            answer = write_failure(Request(scope), failure_of(error), pages=self._pages)
            await answer(scope, receive, send)


async def answer_failure(request: Request, error: Exception) -> Response:
    """Answer a request that a page could not serve."""
    return write_failure(request, failure_of(error), pages=pages_of(request))


def failure_of(error: Exception) -> FailedAnswer:
    """Say what an error means for who asked."""
    match error:
        case RefusedRequest():
            return FailedAnswer(error.status, error.what, error.remedy, wait_seconds=error.wait_seconds)
        case HTTPException():
            return _http_failure(error)
        case FoedusError():
            return FailedAnswer(
                422, "This cannot be done as it was asked", str(error), findings=tuple(_findings(error))
            )
    LOG.error("a request could not be served", exc_info=error)
    return FailedAnswer(500, "Something went wrong in the program", _PROGRAM_FAULT)


def write_failure(request: Request, failure: FailedAnswer, *, pages: Pages) -> Response:
    """Write a failure as the asker reads: a page for a browser, JSON for a program."""
    headers = {"retry-after": str(failure.wait_seconds)} if failure.wait_seconds else None
    answer: Response
    if "text/html" in header_of(request.scope, "accept"):
        answer = pages.answer(request, "failure.html.j2", status=failure.status, failure=failure)
    else:
        answer = JSONResponse({"error": asdict(failure)}, status_code=failure.status)
    answer.headers.update(headers or {})
    return answer


def _http_failure(error: HTTPException) -> FailedAnswer:
    if error.status_code == 404:
        return FailedAnswer(404, "There is no such page", _MISSING)
    if error.status_code == 405:
        return FailedAnswer(405, "This address cannot be asked in that way", "Go back, and use what the page offers.")
    return FailedAnswer(error.status_code, str(error.detail), "Go back and try again.")


def _findings(error: FoedusError) -> Sequence[Finding]:
    if isinstance(error, SeveralErrors):
        return [finding for each in error.errors for finding in _findings(each)]
    return error.findings if isinstance(error, InvalidFile) else ()
