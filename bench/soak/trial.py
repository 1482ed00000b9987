"""Try one input after the other against the clock, and count how each ended."""

import signal
import statistics
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from time import perf_counter, time

from foedus.errors import FoedusError, InvalidFile

LONGEST_SECONDS = 30
"""What takes longer counts as a hang."""


class NotRight(Exception):
    """An answer that is not right; the message says why."""


class _Hangs(BaseException):
    """Not an ``Exception``, so that nothing on the way takes it for a mistake of the input."""


@dataclass(frozen=True)
class Kind:
    """A kind of input: how one is made, and what is done with it."""

    name: str
    make: Callable[[Random], str]
    use: Callable[[str], None]
    """Raises a `FoedusError` where the input is refused, `NotRight` where the answer is wrong."""


@dataclass
class Tally:
    """How the inputs of a kind ended."""

    kind: str
    ends: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    worst: list[str] = field(default_factory=list)
    """Seeds that ended as none should, with what happened."""

    @property
    def tried(self) -> int:
        """How many inputs were tried."""
        return sum(self.ends.values())

    def __add__(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(self.kind, self.ends + other.ends, [*self.seconds, *other.seconds], [*self.worst, *other.worst])

    @property
    def is_sound(self) -> bool:
        """Whether every input ended as it should."""
        return not (self.ends["traceback"] or self.ends["hang"] or self.ends["not right"])

    def row(self) -> tuple[object, ...]:
        """Return a line of the table."""
        middle = statistics.median(self.seconds) * 1000 if self.seconds else 0.0
        slowest = max(self.seconds, default=0.0)
        counts = [self.ends[end] for end in ("answered", "refused", "not right", "traceback", "hang")]
        return (self.kind, f"{self.tried:,}", *(f"{count:,}" for count in counts), f"{middle:.1f}", f"{slowest:.2f}")


COLUMNS = (
    *("input", "tried", "answered", "refused with a finding", "answered wrongly"),
    *("tracebacks", "hangs", "median, ms", "slowest, s"),
)


def soak(kind: Kind, *, numbers: range, seed: int, until: float) -> Tally:
    """Try the inputs of these numbers, or as many as there is time for; the same seed makes the same inputs."""
    tally = Tally(kind.name)
    for number in numbers:
        if time() > until:
            break
        name = f"{kind.name} {seed} {number}"
        text = kind.make(Random(name))  # noqa: S311  a seeded trial
        began = perf_counter()
        end, why = _end_of(kind, text)
        tally.seconds.append(perf_counter() - began)
        tally.ends[end] += 1
        if why:
            tally.worst.append(f"{name}: {why}")
    return tally


def _end_of(kind: Kind, text: str) -> tuple[str, str]:
    try:
        with _limited(LONGEST_SECONDS):
            kind.use(text)
    except InvalidFile as error:
        nameless = [each for each in error.findings if not each.message or not each.mend]
        return ("not right", f"a finding without words: {nameless[0]}") if nameless else ("refused", "")
    except FoedusError as error:
        return ("refused", "") if str(error) else ("not right", "an error without words")
    except NotRight as error:
        return "not right", str(error)
    except _Hangs:
        return "hang", f"over {LONGEST_SECONDS} s"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return "traceback", "".join(traceback.format_exception_only(error)).strip()[:300]
    return "answered", ""


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _Hangs

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
