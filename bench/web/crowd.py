"""Fifty people at one server at once, some of them hostile: `python -m bench.web.crowd`.

Each opens pages, types a text of its own with a remark that nobody else has, moves a lever, draws a picture or leaves
before it is drawn, keeps a draft, asks for a comparison and stops it; some send loops, bombs, tags, noise and bodies
that are too large, and ask for the drafts of others. Every answer is held against what the library gives by itself.
Ends with an error where an answer was wrong, where somebody saw what is another's, or where memory was not bounded.
"""

import argparse
import asyncio
import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

import httpx2 as httpx
import psutil

from bench.measuring.repeats import print_table
from foedus.arrangement.library import library_files
from foedus.jobs.explorer.draft import read_draft
from foedus.jobs.explorer.levers import pull_lever

_TEXT = "ukraine/multinational_force_paris_2026"
_LEVERS = (("duties.own_defence", "build_up"), ("duties.own_defence", "limited"), ("preparation", "none"))
_HOSTILE = (
    "&a [*a, *a]",
    "x: !!python/object/apply:os.system ['true']",
    "\0",
    "- " * 5000,
    "a: &b [1]\n" + "c: *b\n" * 99,
    "{" * 20_000,
)
_TOO_LARGE = "x" * 2_000_000
_MOST_GROWTH_MB = 400
"""By which the server and its workers may grow from after the first answers to the end."""
_REFUSALS = (429, 503)


@dataclass
class Crowd:
    """What came of it."""

    waits: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    """[user] name of the draft that it kept."""


class Person:
    """One browser with its cookie and its token."""

    def __init__(self, number: int, url: str, crowd: Crowd) -> None:
        self.number = number
        self.remark = f"remark-of-{number}-{random.Random(number).getrandbits(64):x}"  # noqa: S311 (to be found again)
        self.crowd = crowd
        # A connection that lay idle may be closed by the server just as it is used again, which is nobody's mistake.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.AsyncClient(base_url=url, timeout=900, follow_redirects=True, limits=limits)
        self._token = ""

    async def close(self) -> None:
        """Leave."""
        await self._client.aclose()

    async def open(self, path: str) -> str:
        """Open a page."""
        answer = await self._ask("GET", path, headers={"accept": "text/html"})
        if found := re.search(r'name="csrf-token" content="([^"]+)"', answer.text):
            self._token = found[1]
        return str(answer.text)

    async def send(self, path: str, content: object) -> Any:
        """Send JSON as the scripts of a page do."""
        headers = {"x-csrf-token": self._token, "accept": "application/json"}
        return await self._ask("POST", path, headers=headers, json=content)

    async def submit(self, path: str, fields: dict[str, Any]) -> Any:
        """Send a form."""
        headers = {"accept": "text/html"}
        return await self._ask("POST", path, headers=headers, data={**fields, "csrf_token": self._token})

    async def first_pictures(self, path: str, content: object, *, most: int) -> list[dict[str, Any]]:
        """Read so many pictures, and leave."""
        headers = {"x-csrf-token": self._token}
        found: list[dict[str, Any]] = []
        async with self._client.stream("POST", path, json=content, headers=headers) as answer:
            self.crowd.answers[str(answer.status_code)] += 1
            if answer.status_code != 200:
                return []
            async for line in answer.aiter_lines():
                found.append(json.loads(line))
                if len(found) >= most:
                    break
        return found

    async def _ask(self, method: str, path: str, **sent: Any) -> Any:
        for _ in range(60):
            began = time.perf_counter()
            answer = await self._client.request(method, path, **sent)
            self.crowd.answers[str(answer.status_code)] += 1
            if answer.status_code not in _REFUSALS:
                self.crowd.waits.append(time.perf_counter() - began)
                return answer
            if "retry-after" not in answer.headers:
                self.crowd.wrong.append(f"{path}: refused without a word on when to come back")
            await asyncio.sleep(float(answer.headers.get("retry-after", 1)) * (1 + random.random()))  # noqa: S311
        raise TimeoutError(f"{path} was refused sixty times")


def main() -> None:
    """Print a table; end with an error where something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.web.crowd", description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--futures", type=int, default=40)
    options = parser.parse_args()
    crowd = Crowd()
    with _server(futures=options.futures) as (url, process):
        asyncio.run(_warm(url, crowd))
        before = _memory(process)
        crowd = Crowd()
        began = time.monotonic()
        most = asyncio.run(_let_in(url, crowd, people=options.people, process=process))
        seconds = time.monotonic() - began
        after = _memory(process)
    _print(crowd, people=options.people, seconds=seconds, memory=(before, most, after))
    grown = (after - before) / 1e6
    if grown > _MOST_GROWTH_MB:
        crowd.wrong.append(f"the server grew by {grown:.0f} MB")
    if crowd.wrong:
        sys.exit("\n".join(dict.fromkeys(crowd.wrong)))


@contextmanager
def _server(*, futures: int) -> Iterator[tuple[str, psutil.Process]]:
    program = "from foedus.cli.main import main\nif __name__ == '__main__': main()"
    command = [sys.executable, "-c", program, "serve", "--port", "0", "--no-browser", "--futures", str(futures)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101
        try:
            said = server.stdout.readline()
            yield said.split()[3].rstrip("/"), psutil.Process(server.pid)
        finally:
            server.terminate()


async def _warm(url: str, crowd: Crowd) -> None:
    """Have the first answers given, so that what is loaded once does not count as growth."""
    person = Person(0, url, crowd)
    await person.open("/workbench")
    text = _text()
    await person.first_pictures("/api/draft/picture", {"text": text, "saved": text}, most=99)
    await person.close()


async def _let_in(url: str, crowd: Crowd, *, people: int, process: psutil.Process) -> float:
    most, is_over = 0.0, False

    async def watch() -> None:
        nonlocal most
        while not is_over:
            most = max(most, await asyncio.to_thread(_memory, process))
            await asyncio.sleep(1)

    watching = asyncio.create_task(watch())
    everyone = [Person(number, url, crowd) for number in range(1, people + 1)]
    await asyncio.gather(*(_visit(person) for person in everyone))
    # Once all have kept a draft, each looks for those of the others.
    await asyncio.gather(*(_pry(person, everyone) for person in everyone))
    is_over = True
    await watching
    await asyncio.gather(*(person.close() for person in everyone))
    return most


async def _visit(person: Person) -> None:
    crowd, chance = person.crowd, random.Random(person.number)  # noqa: S311 (the same crowd every time)
    await person.open(chance.choice(["/", "/compare", "/futures", "/claims", "/evidence", "/rehearse", "/determine"]))
    await person.open("/workbench")
    text = f"{_text()}# {person.remark}\n"
    read = (await person.send("/api/draft/read", {"text": text})).json()
    expected = await asyncio.to_thread(read_draft, text)
    if (read["digest"], read["covered"]) != (expected.digest, expected.covered) or read["text"] != text:
        crowd.wrong.append(f"a text was read otherwise than the library reads it ({person.number})")
    path, value = chance.choice(_LEVERS)
    moved = (await person.send("/api/draft/lever", {"text": text, "path": path, "value": value})).json()["text"]
    if moved != await asyncio.to_thread(pull_lever, text, path=path, value=value):
        crowd.wrong.append(f"a lever moved another text ({person.number})")
    leaves_early = person.number % 3 == 0
    asked = {"text": moved, "saved": text}
    pictures = await person.first_pictures("/api/draft/picture", asked, most=1 if leaves_early else 99)
    if pictures and not leaves_early:
        _judge(pictures[-1], crowd, lever=f"{path}: {value}")
    if person.number % 2:
        hostile = _HOSTILE[person.number % len(_HOSTILE)]
        told = (await person.send("/api/draft/read", {"text": hostile})).json()
        if told["is_readable"] or not told["findings"]:
            crowd.wrong.append(f"a hostile text was taken for one ({hostile[:20]!r})")
        if (await person.send("/api/draft/read", {"text": _TOO_LARGE})).status_code != 413:
            crowd.wrong.append("a body that is too large was not refused")
    crowd.names[person.number] = (await person.send("/api/draft/keep", {"text": moved})).json()["name"]
    if person.number % 5 == 0:
        await _ask_and_stop(person)


async def _ask_and_stop(person: Person) -> None:
    own = person.crowd.names[person.number]
    page = await person.submit("/compare", {"with": [own, "history/locarno_1925"]})
    if found := re.search(r'data-job="([^"]+)"', page.text):
        await person.submit(f"/jobs/{found[1]}/stop", {})


_FIGURES: dict[str, str] = {}
"""[lever] what the first full picture of it said: every other must say the same."""


def _judge(picture: dict[str, Any], crowd: Crowd, *, lever: str) -> None:
    if picture["stage"] == "failed":
        crowd.wrong.append(f"no picture: {picture['error']}")
        return
    figures = json.dumps([line["difference"] for line in picture["picture"]["lines"]], sort_keys=True)
    if _FIGURES.setdefault(lever, figures) != figures:
        crowd.wrong.append(f"two people were told different figures of {lever}")


async def _pry(person: Person, everyone: list[Person]) -> None:
    chance = random.Random(1000 + person.number)  # noqa: S311 (the same crowd every time)
    other = chance.choice([each for each in everyone if each is not person])
    seen = await person.open("/compare")
    mine = person.crowd.names[person.number]
    if mine not in seen:
        person.crowd.wrong.append(f"somebody was not offered the draft that it kept ({person.number})")
    theirs = person.crowd.names[other.number]
    page = await person.open(f"/workbench?draft={theirs}")
    if other.remark in seen + page:
        person.crowd.wrong.append("somebody saw a text of another")
    if theirs != mine and theirs in seen:
        person.crowd.wrong.append("somebody was offered a draft of another")


def _text() -> str:
    return library_files()[_TEXT].read_text(encoding="utf-8")


def _memory(process: psutil.Process) -> float:
    total = 0.0
    for each in (process, *process.children(recursive=True)):
        try:
            total += each.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def _print(crowd: Crowd, *, people: int, seconds: float, memory: tuple[float, float, float]) -> None:
    answered = sum(count for status, count in crowd.answers.items() if int(status) not in _REFUSALS)
    refused = sum(crowd.answers[str(status)] for status in _REFUSALS)
    late = quantiles(crowd.waits, n=20)[-1]
    rows = [
        ("people at once", str(people)),
        ("seconds until all were served", f"{seconds:.0f}"),
        ("requests answered", str(answered)),
        ("refused with a word on when to come back", str(refused)),
        ("wait for an answer, median and 95 %", f"{median(crowd.waits):.2f} s, {late:.2f} s"),
        ("wrong answers, or texts of another seen", str(len(crowd.wrong))),
        ("memory of the server and its workers before, at most, after", ", ".join(f"{m / 1e6:.0f} MB" for m in memory)),
    ]
    print_table(("", "figure"), rows, title=f"{people} people at one server")


if __name__ == "__main__":
    main()
