"""The web app: parts of a site behind the guards that every request passes."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from foedus.errors import FoedusError
from foedus.web.pages.failures import Failures, answer_failure
from foedus.web.pages.pages import Pages
from foedus.web.pages.site_part import SitePart
from foedus.web.pages.static_files import StaticFiles
from foedus.web.security.headers import SafeHeaders
from foedus.web.security.hosts import KnownHosts
from foedus.web.security.limits import BodyLimit, RateLimit
from foedus.web.security.policy import AccessPolicy
from foedus.web.security.same_origin import SameOrigin


def create_app(
    parts: Sequence[SitePart],
    *,
    policy: AccessPolicy | None = None,
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[Any]] | None = None,
) -> Starlette:
    """Make the app of a site; ``lifespan`` holds open what its pages need, such as worker processes."""
    stated = policy or AccessPolicy()
    static = StaticFiles()
    pages = Pages(parts, static=static)
    app = Starlette(
        routes=[static.route, *(route for part in parts for route in part.routes)],
        middleware=[
            Middleware(SafeHeaders, policy=stated),
            Middleware(Failures, pages=pages),
            Middleware(KnownHosts, policy=stated),
            Middleware(RateLimit, policy=stated),
            Middleware(BodyLimit, policy=stated),
            Middleware(SameOrigin, policy=stated),
        ],
        exception_handlers={HTTPException: answer_failure, FoedusError: answer_failure},
        lifespan=lifespan,
    )
    app.state.pages = pages
    return app
