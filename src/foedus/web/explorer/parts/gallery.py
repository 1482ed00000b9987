"""The gallery: what the library holds, and what each arrangement promises at a glance."""

from itertools import groupby

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from foedus.jobs.show import show_library
from foedus.web.charts.strip import ladder
from foedus.web.explorer.desk import desk_of
from foedus.web.pages.pages import pages_of
from foedus.web.pages.site_part import SitePart


async def show_gallery(request: Request) -> Response:
    """Answer with the library, by theatre."""
    desk = desk_of(request)
    glances = await desk.glances()
    desk.check_library()
    theatres = [(folder, list(members)) for folder, members in groupby(glances, key=lambda each: each.folder)]
    return pages_of(request).answer(
        request, "explorer/gallery.html.j2", theatres=theatres, checked=desk.checked, ladder=ladder
    )


async def tell_checked(request: Request) -> Response:
    """Answer with what the checks make of the library, once all of it is checked."""
    desk = desk_of(request)
    desk.check_library()
    await desk.is_all_checked.wait()
    row = pages_of(request)
    return JSONResponse(
        {
            name: row.text(request, "explorer/checked.html.j2", checked=checked, name=name)
            for name, checked in desk.checked.items()
        }
    )


async def tell_library(_: Request) -> Response:
    """Answer with the listing that `foedus library --json` prints."""
    return JSONResponse(show_library().to_data())


PART = SitePart(
    "Arrangements",
    "/",
    (
        Route("/", show_gallery, methods=["GET"]),
        Route("/gallery/checked", tell_checked, methods=["GET"]),
        Route("/api/library", tell_library, methods=["GET"]),
    ),
)
