"""Long jobs: each with its progress as events, a name that only its asker knows, and an end that can be asked for."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic
from typing import Any

from foedus.errors import FoedusError
from foedus.web.security.refusal import RefusedRequest
from foedus.web.serving.event_stream import Channel

_KEPT = 200
MOST_RUNNING = 4
"""Jobs of all visitors together; each is cut into pieces that share the workers."""


class JobState(StrEnum):
    """How far a job is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(eq=False)
class LongJob:
    """One long job."""

    key: str
    """What it is the answer to: the same question finds the same job."""
    title: str
    name: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    state: JobState = JobState.RUNNING
    address: str = ""
    """The page on which it is shown."""
    askers: set[str] = field(default_factory=set)
    """Visitors who asked for it; it is stopped when none of them wants it any more."""
    doing: str = ""
    """What it is at, in words; empty where it does one thing only."""
    done: int = 0
    total: int = 0
    result: Any = None
    error: Exception | None = None
    channel: Channel = field(default_factory=lambda: Channel(kept=64))
    began: float = field(default_factory=monotonic)
    task: "asyncio.Task[None] | None" = None

    @property
    def seconds_left(self) -> float | None:
        """How long it will take at the pace so far; None where that cannot be told yet."""
        if not self.done or not self.total:
            return None
        return (monotonic() - self.began) * (self.total - self.done) / self.done

    def to_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        left = self.seconds_left
        return {
            "job": self.name,
            "title": self.title,
            "doing": self.doing,
            "state": self.state.value,
            "done": self.done,
            "total": self.total,
            "seconds_left": None if left is None else round(left, 1),
            "error": None if self.error is None else str(self.error),
        }


TellJob = Callable[..., None]
"""Told how much is done, how much there is, and what is being done where that changes."""
Work = Callable[[TellJob], Awaitable[Any]]
"""Does a job; is given somebody to tell."""


AGAIN = " (some of them again: a process that was at work on them ended before its time)"


class DoneSoFar:
    """Tells how many of something are done, and from a loss on that some had to be done again."""

    def __init__(self, total: int, words: str, *, tell: TellJob) -> None:
        self._done, self._total, self._words, self._tell = 0, total, words, tell

    def add(self, number: int) -> None:
        """Tell that so many more are done."""
        self._done += number
        self._tell(self._done, self._total, self._words)

    def lose(self) -> None:
        """Tell that some have to be begun again."""
        if not self._words.endswith(AGAIN):
            self._words += AGAIN
        self.add(0)


class LongJobs:
    """The jobs of a server; those that are done are kept, the oldest forgotten first."""

    def __init__(self) -> None:
        self._by_key: OrderedDict[str, LongJob] = OrderedDict()

    def find(self, name: str) -> LongJob | None:
        """Return the job of a name."""
        return next((job for job in self._by_key.values() if secrets.compare_digest(job.name, name)), None)

    def known(self, key: str) -> LongJob | None:
        """Return the job that answers a question, where one runs or is done; begins nothing."""
        job = self._by_key.get(key)
        return job if job is not None and job.state is not JobState.CANCELLED else None

    def asked_by(self, asker: str) -> tuple[LongJob, ...]:
        """Return the jobs of one visitor, the latest first."""
        return tuple(job for job in reversed(self._by_key.values()) if asker in job.askers)

    def ask(self, key: str, *, title: str, work: Work, asker: str = "", address: str = "") -> LongJob:
        """Return the job that answers a question, and begin it where nobody asked before or it came to nothing.

        Refused where as many jobs run already as the machine should take.
        """
        job = self._by_key.get(key)
        if job is not None and job.state in (JobState.RUNNING, JobState.DONE):
            self._by_key.move_to_end(key)
            job.askers.add(asker)
            return job
        running = sum(1 for each in self._by_key.values() if each.state is JobState.RUNNING)
        if running >= MOST_RUNNING:
            raise RefusedRequest(
                503,
                "Enough is being worked on already",
                f"{running} long jobs are under way. Wait until one is done, or cancel one, and ask again.",
                wait_seconds=10,
            )
        job = LongJob(key, title, address=address, askers={asker})
        job.address = address or f"/jobs/{job.name}"
        job.task = asyncio.create_task(_carry_out(job, work))
        self._by_key[key] = job
        self._forget_oldest()
        return job

    def cancel(self, job: LongJob, *, asker: str = "") -> None:
        """Stop a job for who asked for it; others who wait for it too keep it. Pieces that are finished are kept."""
        job.askers.discard(asker)
        if not job.askers and job.task is not None and job.state is JobState.RUNNING:
            job.task.cancel()

    def end(self) -> None:
        """Stop every job, whoever wants it: the server ends."""
        for job in self._by_key.values():
            if job.task is not None:
                job.task.cancel()

    def _forget_oldest(self) -> None:
        finished = [key for key, job in self._by_key.items() if job.state is not JobState.RUNNING]
        for key in finished[: max(0, len(self._by_key) - _KEPT)]:
            del self._by_key[key]


async def _carry_out(job: LongJob, work: Work) -> None:
    def tell(done: int, total: int, doing: str = "") -> None:
        if doing != job.doing:
            job.doing, job.began = doing, monotonic()
        job.done, job.total = done, total
        job.channel.publish("progress", job.to_data())

    try:
        job.result = await work(tell)
        job.state = JobState.DONE
    except asyncio.CancelledError:
        job.state = JobState.CANCELLED
    except (FoedusError, RefusedRequest) as error:
        job.state, job.error = JobState.FAILED, error
    except Exception as error:
        job.state, job.error = JobState.FAILED, error
        raise
    finally:
        job.channel.publish(job.state.value, job.to_data())
        job.channel.close()
