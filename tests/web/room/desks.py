"""Desks to test with: a rehearsal on a log in a folder, whose bots play by odds that are made for the test."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from foedus.exercise.room import happenings as h
from foedus.jobs.room.desk import RoomDesk
from foedus.jobs.room.opening import RehearseRequest, open_rehearsal
from foedus.web.room.site import room_app
from foedus.web.security.policy import AccessPolicy

SURE = {"france": 1000, "united_states": 1000, "germany": 0}
_TOKEN = re.compile(r'name="csrf[_-]token" (?:value|content)="([0-9a-f]+)"')


def desk_at(
    log: Path, *, scenario: str = "incursion_in_an_election", player: str = "", needs_two: bool = False
) -> RoomDesk:
    """Open a rehearsal on a log, or take it up; what the bots play by is there from the start."""
    opened = open_rehearsal(RehearseRequest(scenario=scenario, player=player, log=log, needs_two=needs_two))
    room = opened.keeper.room
    if room.odds is None:
        odds = h.OddsDrawn(
            room.opened.at,
            "control",
            room.opened.wall,
            seed=1,
            is_resolved=True,
            basis="odds made for a test",
            proposer="united_states",
            proposes={"incursion": {"none": 0, "support": 1000, "deploy": 0, "defend": 0}},
            joins={f"{finding}:{tier}": SURE for finding in ("incursion", "hybrid") for tier in ("support", "deploy")},
        )
        opened.keeper.put([odds])
    return RoomDesk(opened)


class Visitor:
    """A browser without scripts: it follows links and sends forms."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.page = ""
        self.status = 0

    def get(self, path: str) -> str:
        """Open a page."""
        answer = self.client.get(path, headers={"accept": "text/html"})
        self.page, self.status = answer.text, answer.status_code
        return self.page

    def send(self, path: str, **fields: str) -> str:
        """Send a form with the token of the page that is open."""
        token = _TOKEN.search(self.page)
        sent = {"csrf_token": token[1] if token else "", **fields}
        answer = self.client.post(path, data=sent, headers={"accept": "text/html"})
        self.page, self.status = answer.text, answer.status_code
        return self.page

    def join(self, token: str) -> str:
        """Take the seat of a link."""
        self.get(f"/room/join/{token}")
        return self.send(f"/room/join/{token}")


@contextmanager
def visited(desk: RoomDesk) -> Iterator[TestClient]:
    """Serve a desk to visitors, on this thread."""
    app = room_app(desk)(AccessPolicy(hosts=("testserver",)))
    with TestClient(app) as client:
        yield client


def another(client: TestClient) -> Visitor:
    """Return another browser at the same server."""
    return Visitor(TestClient(client.app))
