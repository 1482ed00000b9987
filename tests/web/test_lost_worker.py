"""A server of which a worker process is killed, as by a system that is short of memory."""

import http.client
import json
import multiprocessing
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from typing import Any

from foedus.arrangement.library import library_files
from foedus.web.explorer.site import explorer_app
from foedus.web.work.workers import DONE_AGAIN
from tests.web.serving import serving

_FUTURES = 80
_PATIENCE_SECONDS = 120
_PARIS = library_files()["ukraine/multinational_force_paris_2026"].read_text(encoding="utf-8")


def _pictures(url: str, *, own_defence: str) -> Iterator[dict[str, Any]]:
    """Ask for the pictures of a moved lever; gives each as it comes."""
    asked = {"text": _PARIS, "saved": _PARIS, "path": "duties.own_defence", "value": own_defence}
    with closing(http.client.HTTPConnection(url.removeprefix("http://"), timeout=_PATIENCE_SECONDS)) as server:
        server.request("POST", "/api/draft/picture", json.dumps(asked), {"content-type": "application/json"})
        with server.getresponse() as lines:
            yield from map(json.loads, lines)


def test_a_killed_worker_costs_some_time_and_nothing_else() -> None:
    """The picture under way is drawn to its end and says what happened; the next knows nothing of it."""
    with serving(partial(explorer_app, futures=_FUTURES)) as url:
        pictures = _pictures(url, own_defence="limited")
        first = next(pictures)
        worker = multiprocessing.active_children()[0]
        worker.kill()
        worker.join()
        *_, last = pictures
        assert (first["stage"], first["notice"]) == ("first", "")
        assert (last["stage"], last["futures"], last["notice"]) == ("full", _FUTURES, DONE_AGAIN)
        *_, again = _pictures(url, own_defence="limited")
        assert (again["picture"], again["notice"]) == (last["picture"], "")
