"""Pages from templates: text is escaped, what a template asks for and nobody gave is an error."""

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foedus import __version__
from foedus.web.pages.site_part import SitePart
from foedus.web.pages.static_files import StaticFiles
from foedus.web.security.same_origin import TOKEN, TOKEN_FIELD


class Pages:
    """The templates of the site with what stands on every page."""

    def __init__(self, parts: Sequence[SitePart], *, static: StaticFiles) -> None:
        self._environment = Environment(
            loader=PackageLoader("foedus.web", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "static": static.address,
            "parts": [part for part in parts if part.title],
            "version": __version__,
            "token_field": TOKEN_FIELD,
            "vars": vars,
        }

    def answer(self, request: Request, template: str, /, *, status: int = 200, **shown: object) -> HTMLResponse:
        """Write a page as the answer to a request."""
        return HTMLResponse(self.text(request, template, **shown), status_code=status)

    def text(self, request: Request, template: str, /, **shown: object) -> str:
        """Write a page, or a piece of one."""
        around = {"csrf_token": request.scope.get(TOKEN, ""), "path": request.url.path}
        return self._environment.get_template(template).render(**around, **shown)


def pages_of(request: Request) -> Pages:
    """Return the pages of the app that was asked."""
    pages: Pages = request.app.state.pages
    return pages
