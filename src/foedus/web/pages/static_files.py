"""Styles, scripts and fonts, under an address with the digest of all of them: kept for good, never stale."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).parents[1] / "static"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
"""What is served, whatever types this machine's own table knows."""


class StaticFiles:
    """The files of a folder, read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files = _read(folder)
        self._digest = _digest_of(self._files)

    @property
    def route(self) -> Route:
        """Where the files are served."""
        return Route("/static/{digest}/{path:path}", self._answer, methods=["GET"])

    def address(self, path: str) -> str:
        """Return the address of a file; one digest stands for all, so that files find each other by their names."""
        if path not in self._files:
            raise KeyError(f"there is no file {path!r} among: {', '.join(self._files)}")
        return f"/static/{self._digest}/{path}"

    async def _answer(self, request: Request) -> Response:
        path, digest = request.path_params["path"], request.path_params["digest"]
        if path not in self._files:
            raise HTTPException(404)
        # A page of an earlier version may still ask under its digest: it is given what there is, to be asked for again.
        kept = "public, max-age=31536000, immutable" if digest == self._digest else "no-cache"
        return Response(self._files[path], media_type=_TYPES[Path(path).suffix], headers={"cache-control": kept})


def _read(folder: Path) -> Mapping[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in _TYPES)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _digest_of(files: Mapping[str, bytes]) -> str:
    whole = sha256()
    for name, content in files.items():
        whole.update(f"{name}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()[:12]
