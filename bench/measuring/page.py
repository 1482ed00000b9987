"""Run the benches one after the other, and write what they print to a page, with the command and the machine."""

import os
import platform
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import IO

ROOT = Path(__file__).parents[2]
LIBRARIES = ("foedus", "numpy", "numba", "scipy", "z3-solver", "pygambit")
_LIMIT_SECONDS = 900


@dataclass(frozen=True)
class Command:
    """One bench with its sizes: ``python -m module arguments``."""

    module: str
    arguments: str = ""

    @property
    def words(self) -> str:
        """As it is typed."""
        return f"python -m {self.module} {self.arguments}".rstrip()


@dataclass(frozen=True)
class Part:
    """A heading of the page, what it is about, and the commands that fill it."""

    heading: str
    about: str
    commands: tuple[Command, ...]


@dataclass(frozen=True)
class Printed:
    """What a command printed; ``failure`` says why there is nothing."""

    command: Command
    text: str
    seconds: float
    failure: str = ""


@dataclass(frozen=True)
class Machine:
    """Where and when the benches ran."""

    date: str
    processor: str
    cores: int
    load: float
    """Average number of runnable processes in the minute before the start: above 0 others were at work."""
    system: str
    versions: tuple[tuple[str, str], ...]


def this_machine() -> Machine:
    """Look at the machine, before the first bench."""
    return Machine(
        date=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        load=os.getloadavg()[0],
        system=f"{platform.system()} {platform.machine()}",
        versions=(("Python", platform.python_version()), *((name, _version(name)) for name in LIBRARIES)),
    )


def run(command: Command) -> Printed:
    """Run one command in the root of the repository; print its lines as they come, and keep them."""
    print(f"$ {command.words}\n", flush=True)
    began = perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        lines, code = _watched(command, errors=errors)
        seconds = perf_counter() - began
        errors.seek(0)
        complaints = errors.read().strip()
    failure = ""
    if code:
        print(complaints, file=sys.stderr, flush=True)
        failure = (complaints or f"exit code {code}").splitlines()[-1]
    if code and seconds >= _LIMIT_SECONDS:
        failure = f"stopped after {_LIMIT_SECONDS} s"
    print(f"\n{failure or f'{seconds:.0f} s'}\n", flush=True)
    return Printed(command=command, text="".join(lines).strip("\n"), seconds=seconds, failure=failure)


def _watched(command: Command, *, errors: IO[str]) -> tuple[list[str], int]:
    """Return the lines and the exit code; the bench and what it started do not outlive the limit or this program."""
    process = subprocess.Popen(
        [sys.executable, "-m", command.module, *command.arguments.split()],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=errors,
        encoding="utf-8",
        start_new_session=True,
    )
    limit = threading.Timer(_LIMIT_SECONDS, os.killpg, (process.pid, signal.SIGTERM))
    limit.start()
    lines = []
    try:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
        return lines, process.wait()
    finally:
        limit.cancel()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def page(
    results: Sequence[tuple[Part, Sequence[Printed]]], *, machine: Machine, made_by: str, warning: str = ""
) -> str:
    """Return the page as Markdown; ``warning`` stands in bold at its head."""
    seconds = sum(each.seconds for _, printed in results for each in printed)
    lines = ["# Benchmarks", "", *([f"**{warning}**", ""] if warning else [])]
    lines += _head(machine, made_by=made_by, seconds=seconds)
    for part, printed in results:
        lines += ["", f"## {part.heading}", "", part.about]
        for each in printed:
            lines += ["", f"`{each.command.words}`", "", *_body(each)]
    return "\n".join(lines) + "\n"


def _head(machine: Machine, *, made_by: str, seconds: float) -> Iterator[str]:
    yield f"Written by `{made_by}` in {seconds / 60:.0f} minutes; every figure was printed by the command above it."
    yield "Ratios compare things within one run, the sides taking turns: the median over repeats, and the range."
    yield ""
    yield "| what | |"
    yield "|---|---|"
    yield f"| date | {machine.date} |"
    yield f"| processor | {machine.processor} |"
    yield f"| cores | {machine.cores} |"
    yield f"| load before the start | {machine.load:.1f} |"
    yield f"| load at the end, this program's own included | {os.getloadavg()[0]:.1f} |"
    yield f"| system | {machine.system} |"
    for name, number in machine.versions:
        yield f"| {name} | {number} |"


def _body(printed: Printed) -> Iterator[str]:
    """Leave Markdown tables as they are; fence everything else."""
    if printed.failure:
        yield f"This could not be measured: {printed.failure}"
        yield ""
    if not printed.text:
        return
    if any(line.startswith("|--") for line in printed.text.splitlines()):
        yield printed.text
        return
    yield "```text"
    yield "\n".join(line.rstrip() for line in printed.text.splitlines())
    yield "```"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
