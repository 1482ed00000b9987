"""What programs may ask for, as OpenAPI: read from the routes, so that the two cannot disagree."""

import inspect
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from foedus import __version__
from foedus.web.pages.site_part import SitePart

API = "/api/"
_TEXT = {"type": "string"}
ASKS: dict[str, dict[str, Any]] = {
    "/api/draft/read": {"text": _TEXT},
    "/api/draft/lever": {"text": _TEXT, "path": _TEXT, "value": _TEXT},
    "/api/draft/mend": {"text": _TEXT, "code": _TEXT, "path": _TEXT},
    "/api/draft/meaning": {"old": _TEXT, "new": _TEXT},
    "/api/draft/picture": {"text": _TEXT, "saved": _TEXT, "path": _TEXT, "value": _TEXT, "ranges": _TEXT},
    "/api/draft/keep": {"text": _TEXT},
    "/api/draft/forget": {"name": _TEXT},
    "/api/determine": {"under": _TEXT, "reports": _TEXT},
    "/api/compare": {
        "texts": {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 8},
        "baseline": _TEXT,
        "view": _TEXT,
        "theatre": _TEXT,
        "ranges": _TEXT,
    },
}
"""[address] what is sent to it as JSON."""
OPTIONAL = {
    "/api/compare": frozenset({"baseline", "view", "theatre", "ranges"}),
    "/api/draft/picture": frozenset({"path", "value", "ranges"}),
}
"""[address] what of that may be left out."""


def describe(routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """Return the OpenAPI description of the routes under `/api/`."""
    found = [route for route in routes if isinstance(route, Route) and route.path.startswith(API)]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "foedus",
            "version": __version__,
            "description": "What the explorer asks its own server. A program on this machine needs no token: it sends "
            "JSON without a cookie. Errors are {error: {status, what, remedy, findings}}.",
        },
        "paths": {route.path.replace(":path}", "}"): _methods(route) for route in found},
    }


def openapi_part(parts: Sequence[SitePart]) -> SitePart:
    """Return the part of the site that describes the others."""
    described = describe([route for part in parts for route in part.routes])

    async def tell(_: Request) -> Response:
        return JSONResponse(described)

    return SitePart("", "/openapi.json", (Route("/openapi.json", tell, methods=["GET"]),))


def _methods(route: Route) -> dict[str, Any]:
    return {method.lower(): _operation(route) for method in sorted(route.methods or ()) if method in ("GET", "POST")}


def _operation(route: Route) -> dict[str, Any]:
    told: dict[str, Any] = {
        "summary": inspect.getdoc(route.endpoint) or "",
        "responses": {
            "200": {"description": "what is described above, as JSON"},
            "422": {"description": "it cannot be done as it was asked; the findings say why and how to mend it"},
        },
    }
    names = sorted(route.param_convertors)
    if names:
        told["parameters"] = [{"name": name, "in": "path", "required": True, "schema": _TEXT} for name in names]
    if route.path in ASKS:
        asks = ASKS[route.path]
        required = [name for name in asks if name not in OPTIONAL.get(route.path, ())]
        schema = {"type": "object", "properties": asks, "required": required}
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return told
