"""Work behind the pages: what is urgent first, each piece once, nothing begun that nobody waits for."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest

from foedus.errors import WrongRequest
from foedus.jobs.explorer.pieces import PieceOrder, solve_piece
from foedus.web.security.refusal import RefusedRequest
from foedus.web.work import solving as solving_module
from foedus.web.work import workers as module
from foedus.web.work.apart import Apart
from foedus.web.work.long_jobs import MOST_RUNNING, JobState, LongJobs
from foedus.web.work.solving import Solving
from foedus.web.work.workers import Urgency, Workers


class _ByHand:
    """Stands in for worker processes: does what it is given when it is told to."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.gate = asyncio.Event()
        self.waiting: list[tuple[Any, Callable[[], None]]] = []

    def lose(self, text: Any) -> None:
        """Have those told who wait for work on a text, as if its process had ended."""
        for each, when_lost in self.waiting:
            if each == text:
                when_lost()

    async def run(
        self, work: Callable[..., Any], order: Any, *, urgency: Urgency, when_lost: Callable[[], None]
    ) -> Any:
        self.waiting.append((order.arrangement, when_lost))
        await self.gate.wait()
        assert (work, urgency) == (solve_piece, Urgency.NOW)
        self.begun.append(order.first)
        return (order.first, order.end)


def _run(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(main(), 20))


_SERVER = """
import asyncio, os
from foedus.web.work.workers import Urgency, Workers

async def main():
    workers = Workers(processes=1)
    workers.open()
    print(await workers.run(os.getpid, urgency=Urgency.NOW), flush=True)
    await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


def _with_the_package() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def _runs(process: int) -> bool:
    """Tell whether a process runs; one that nobody has buried yet does not."""
    try:
        return bool(psutil.Process(process).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _negate(number: int) -> int:
    return -number


def _fail() -> None:
    raise WrongRequest("not like this")


def test_work_is_done_elsewhere_and_errors_come_back() -> None:
    """Results and refusals of another process arrive as if it had been done here."""

    async def main() -> None:
        workers = Workers(processes=1)
        workers.open()
        try:
            assert await workers.run(_negate, 3, urgency=Urgency.NOW) == -3
            with pytest.raises(WrongRequest, match="like this"):
                await workers.run(_fail, urgency=Urgency.NOW)
        finally:
            workers.close()

    _run(main)


def test_workers_leave_with_their_server() -> None:
    """Even one that was killed leaves no process behind."""
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVER], stdout=subprocess.PIPE, text=True, env=_with_the_package()
    )
    with server:
        assert server.stdout is not None
        worker = int(server.stdout.readline())
        assert _runs(worker)
        server.kill()
        server.wait(20)
        give_up = time.monotonic() + 20
        while _runs(worker) and time.monotonic() < give_up:
            time.sleep(0.05)
        assert not _runs(worker)


def test_too_much_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """In words, with when to come back."""
    monkeypatch.setattr(module, "MOST_WAITING", 1)

    async def main() -> None:
        workers = Workers(processes=1)
        first = asyncio.ensure_future(workers.run(_negate, 1, urgency=Urgency.LATER))
        await asyncio.sleep(0)
        with pytest.raises(RefusedRequest) as refused:
            await workers.run(_negate, 2, urgency=Urgency.NOW)
        assert refused.value.status == 503
        assert refused.value.wait_seconds > 0
        first.cancel()

    _run(main)


def _orders(arrangement: Any, *, run: Any, ends: Sequence[int]) -> dict[str, PieceOrder]:
    starts = (0, *ends[:-1])
    return {
        f"{arrangement} {first} {end}": PieceOrder(arrangement, run, first, end)
        for first, end in zip(starts, ends, strict=True)
    }


def _solving(monkeypatch: pytest.MonkeyPatch) -> tuple[Solving, _ByHand]:
    monkeypatch.setattr(solving_module, "orders_of", _orders)
    by_hand = _ByHand()
    return Solving(by_hand), by_hand  # type: ignore[arg-type]


def test_two_who_ask_for_the_same_wait_for_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """And who asks later is given what is there."""

    async def main() -> None:
        solving, by_hand = _solving(monkeypatch)
        asked: Any = {"run": None, "ends": (2, 4), "urgency": Urgency.NOW}
        both: Any = asyncio.gather(solving.solve("a", **asked), solving.solve("a", **asked))
        by_hand.gate.set()
        assert await both == [[(0, 2), (2, 4)]] * 2
        assert await solving.solve("a", **asked) == [(0, 2), (2, 4)]
        assert sorted(by_hand.begun) == [0, 2]

    _run(main)


def test_a_piece_that_nobody_waits_for_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless somebody else waits for it too."""

    async def main() -> None:
        solving, by_hand = _solving(monkeypatch)
        asked: Any = {"run": None, "urgency": Urgency.NOW}
        gone = asyncio.ensure_future(solving.solve("a", ends=(2, 4), **asked))
        stays = asyncio.ensure_future(solving.solve("a", ends=(2,), **asked))
        await asyncio.sleep(0.01)
        gone.cancel()
        await asyncio.sleep(0.01)
        by_hand.gate.set()
        assert await stays == [(0, 2)]
        assert by_hand.begun == [0]

    _run(main)


def _count(most: int, *, tell: Callable[[str, int, int], None]) -> int:
    for number in range(most):
        tell("counting", number, most)
        time.sleep(0.01)
    return os.getpid()


def test_work_apart_tells_how_far_it_is_and_ends_when_it_is_left() -> None:
    """In a process of its own; who leaves it leaves no process behind, and the next has its turn."""

    async def main() -> None:
        apart, told = Apart(most=1), []
        process = await apart.run(_count, 3, tell=lambda done, total, doing: told.append((doing, done, total)))
        assert process != os.getpid()
        assert told[:2] == [("waiting for its turn", 0, 0), ("starting", 0, 0)]
        assert told[2] == ("counting", 0, 3)
        before = set(psutil.Process().children())
        left = asyncio.ensure_future(apart.run(_count, 100_000, tell=lambda *_: None))
        while not (begun := set(psutil.Process().children()) - before):
            await asyncio.sleep(0.02)
        left.cancel()
        with suppress(asyncio.CancelledError):
            await left
        assert not any(_runs(each.pid) for each in begun if "spawn_main" in _words(each))
        apart.close()

    asyncio.run(asyncio.wait_for(main(), 100))


def _words(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def test_a_long_job_is_told_cancelled_and_asked_for_once() -> None:
    """The same question finds the same job; one that was cancelled is begun anew."""

    async def main() -> None:
        jobs, gate = LongJobs(), asyncio.Event()

        async def work(tell: Callable[[int, int], None]) -> str:
            tell(1, 4)
            await gate.wait()
            return "done"

        job = jobs.ask("question", title="A question", work=work)
        assert jobs.ask("question", title="A question", work=work) is job
        await asyncio.sleep(0)
        assert (job.done, job.total) == (1, 4)
        assert job.seconds_left is not None
        jobs.cancel(job)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert job.state is JobState.CANCELLED
        assert [event.kind async for event in job.channel.after(0)] == ["progress", "cancelled"]
        gate.set()
        again = jobs.ask("question", title="A question", work=work)
        assert again is not job
        assert [event.kind async for event in again.channel.after(0)] == ["progress", "done"]
        assert again.result == "done"
        assert jobs.find(again.name) is again
        assert jobs.find("guessed") is None

    _run(main)


def test_more_long_jobs_than_the_machine_takes_are_refused() -> None:
    """Those under way are not harmed by it."""

    async def main() -> None:
        jobs = LongJobs()

        async def forever(_: Callable[[int, int], None]) -> None:
            await asyncio.Event().wait()

        running = [jobs.ask(str(number), title="", work=forever) for number in range(MOST_RUNNING)]
        with pytest.raises(RefusedRequest, match="already"):
            jobs.ask("one more", title="", work=forever)
        assert all(job.state is JobState.RUNNING for job in running)
        for job in running:
            jobs.cancel(job)
        await asyncio.sleep(0)

    _run(main)


def _end_this_process_once(note: str) -> str:
    """Be killed in the midst of the work, as by a system that is short of memory; but not the second time."""
    file = Path(note)
    if not file.exists():
        file.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def _end_this_process() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_server_that_ends_waits_for_no_work() -> None:
    """What its workers have in hand is for nobody any more, and they leave it."""

    async def main() -> None:
        workers = Workers(processes=1)
        workers.open()
        worker = await workers.run(os.getpid, urgency=Urgency.NOW)
        for_nobody = asyncio.ensure_future(workers.run(time.sleep, 600, urgency=Urgency.NOW))
        await asyncio.sleep(0.1)
        workers.close()
        while _runs(worker):
            await asyncio.sleep(0.02)
        for_nobody.cancel()

    _run(main)


def test_work_of_a_process_that_is_killed_is_done_again(tmp_path: Path) -> None:
    """Whoever waits for it is told, and the server goes on taking work; work that always ends so is given up."""

    async def main() -> None:
        workers, lost = Workers(processes=1), []
        workers.open()
        try:
            again = workers.run(
                _end_this_process_once, str(tmp_path / "note"), urgency=Urgency.NOW, when_lost=lambda: lost.append(1)
            )
            assert await again == "done"
            assert lost == [1]
            with pytest.raises(RefusedRequest, match="not finished") as refused:
                await workers.run(_end_this_process, urgency=Urgency.NOW)
            assert refused.value.wait_seconds > 0
            assert await workers.run(_negate, 3, urgency=Urgency.NOW) == -3
        finally:
            workers.close()

    _run(main)


def test_those_who_wait_for_a_lost_piece_are_told_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them once, for each time that it is begun again."""

    async def main() -> None:
        solving, by_hand = _solving(monkeypatch)
        told: list[str] = []
        asked: Any = {"run": None, "urgency": Urgency.NOW}
        waiting = [
            asyncio.ensure_future(solving.solve(text, ends=(2,), when_lost=partial(told.append, who), **asked))
            for who, text in (("one", "a"), ("another", "a"), ("somebody else", "b"))
        ]
        while len(by_hand.waiting) < 2:
            await asyncio.sleep(0)
        by_hand.lose("a")
        by_hand.gate.set()
        assert await asyncio.gather(*waiting) == [[(0, 2)]] * 3
        assert told == ["one", "another"]

    _run(main)
