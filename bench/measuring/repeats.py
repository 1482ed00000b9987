"""Numbers over repeats, and the tables that show them."""

import statistics
from collections.abc import Callable, Sequence
from time import perf_counter


def seconds(work: Callable[[], object]) -> float:
    """Return how long ``work`` takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def in_turns(works: Sequence[Callable[[], object]], *, repeats: int) -> list[list[float]]:
    """Return (work, repeat) seconds; the works take turns, so that what slows the machine slows them all."""
    rounds = [[seconds(work) for work in works] for _ in range(repeats)]
    return [list(times) for times in zip(*rounds, strict=True)]


def ratios(slow: Sequence[float], fast: Sequence[float]) -> str:
    """Say how many times as long the first takes: the median over repeats, and the range."""
    return spread([a / b for a, b in zip(slow, fast, strict=True)])


def spread(values: Sequence[float]) -> str:
    """Write the median and the range."""
    middle, low, high = (short(x) for x in (statistics.median(values), min(values), max(values)))
    return f"{middle} ({low} to {high})"


def short(value: float) -> str:
    """Write a number to three digits, without an exponent."""
    digits = max(0, 2 - len(str(int(abs(value)))) + 1) if abs(value) >= 1 else 3
    return f"{value:,.{digits}f}"


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, title: str) -> None:
    """Print a table in Markdown, its title before it."""
    print(f"{title}\n\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |")
    print(flush=True)
