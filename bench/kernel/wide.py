"""Many games side by side on a device, in turns with the kernel: `python -m bench.kernel.wide [--device gpu]`.

Both solve the same games, the kernel on all cores. JAX compiles before any clock runs. Where both converge their
outcomes are put beside each other; a game may have several equilibria, and the two need not find the same one. What
consultation takes on the processor is counted too: however fast the device, games cannot come faster than that.
"""

import argparse
import os
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from time import thread_time
from typing import Any
from unittest.mock import patch

import numpy as np

from bench.games.pairs import designed, ukraine
from bench.measuring.repeats import in_turns, ratios, spread
from foedus.errors import DeviceUnavailable
from foedus.game import Grid, Solution
from foedus.game.kernel import solve_batch
from foedus.game.wide import batch, desk, require_device, sheet, solve_wide

CLOSE = 1e-2
"""Difference in an outcome beyond which two solutions are counted as different equilibria or loose ends."""


def main() -> None:
    """Print games per second of both, their ratio, and how far their outcomes are apart."""
    parser = argparse.ArgumentParser(prog="python -m bench.kernel.wide", description=__doc__)
    parser.add_argument("--device", choices=["cpu", "gpu"], default="cpu", help="JAX's device")
    parser.add_argument("--futures", type=int, default=4)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--together", type=int, help="games side by side; what suits the device when not given")
    parser.add_argument("--grid", type=lambda text: Grid(*map(int, text.split(","))), default=Grid())
    parser.add_argument("--tolerance", type=float, default=1e-4)
    parser.add_argument("--library", action="store_true", help="the Ukraine library in the futures of `foedus compare`")
    options = parser.parse_args()
    try:
        device = require_device(options.device)
    except DeviceUnavailable as error:
        parser.exit(2, f"{error}\n")
    games = ukraine(count=options.futures) if options.library else designed(count=options.futures)
    terms: dict[str, Any] = {"grid": options.grid, "horizon": 20, "tolerance": options.tolerance, "max_sweeps": 2000}
    works: list[Callable[[], list[Solution]]] = [
        lambda: solve_batch(*games, **terms),
        lambda: solve_wide(*games, device=options.device, together=options.together, **terms),
    ]
    found, beside = (work() for work in works)
    with _consultation_counted() as spent:
        kernel, on_device = in_turns(works, repeats=options.repeats)
    number, grid = len(games[0]), options.grid
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {device.device_kind} ({device.platform}), {os.cpu_count()} cores "
        f"({platform.machine()}), jax {version('jax')}; {number} games, "
        f"grid {grid.beliefs},{grid.balances},{grid.slices}, "
        f"residual below {options.tolerance:.0e}, {options.repeats} repeats",
        flush=True,
    )
    for name, times in (("kernel", kernel), ("wide", on_device)):
        print(f"{name}: {spread([number / seconds for seconds in times])} games/s")
    each = sum(spent) / number / options.repeats
    most = (os.cpu_count() or 1) / each
    print(f"consultation: {1000 * each:.1f} ms of a core a game, so at most {most:.0f} games/s here")
    print(f"wide is as fast as the kernel by a factor of {ratios(kernel, on_device)}")
    _print_apart(found, beside)


def _print_apart(kernel: list[Solution], wide: list[Solution]) -> None:
    both = [pair for pair in zip(kernel, wide, strict=True) if all(each.is_converged for each in pair)]
    print(f"converged: kernel {sum(each.is_converged for each in kernel)}, ", end="")
    print(f"wide {sum(each.is_converged for each in wide)}, both {len(both)} of {len(kernel)}")
    gaps = np.array([_apart(*pair) for pair in both])
    if len(gaps):
        print(
            f"largest difference of any outcome: {gaps.max():.1e}, median over games {np.median(gaps):.1e}, "
            f"{np.count_nonzero(gaps > CLOSE)} games above {CLOSE}"
        )


def _apart(left: Solution, right: Solution) -> float:
    pairs = zip(left.outcome.to_mapping().values(), right.outcome.to_mapping().values(), strict=True)
    return max(float(np.max(np.abs(np.subtract(a, b)))) for a, b in pairs)


@contextmanager
def _consultation_counted() -> Iterator[list[float]]:
    """Count the seconds that threads spend on consultation for the device."""
    spent: list[float] = []

    def counted(work: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            began = thread_time()
            done = work(*arguments, **named)
            spent.append(thread_time() - began)
            return done

        return call

    with (
        patch.object(batch, "write_sheet", counted(sheet.write_sheet)),
        patch.object(desk, "answer", counted(sheet.answer)),
    ):
        yield spent


if __name__ == "__main__":
    main()
