"""The gallery: what the library holds."""

from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from foedus.jobs.show import show_library
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart


def show_gallery(request: Request) -> Response:
    """Answer with the library, by theatre."""
    rows = show_library().to_data()
    theatres = [(folder, list(members)) for folder, members in groupby(rows, key=lambda row: row["folder"])]
    return pages_of(request).answer(request, "explorer/gallery.html.j2", theatres=theatres)


PART = SitePart("Gallery", "/", (Route("/", show_gallery, methods=["GET"]),))
