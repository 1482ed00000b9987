"""Read what a person writes: a grid, a horizon, an outcome, thresholds, balances. Wrong words raise ``ValueError``."""

import math
import re
from typing import TYPE_CHECKING

from foedus.errors import UnknownName
from foedus.game.grid import Grid
from foedus.game.outcomes import OUTCOMES, unknown_outcome
from foedus.values.duration import Duration

if TYPE_CHECKING:
    from foedus.insight.ranking.satisficing import Requirement

MOST_PERIODS = 200
"""A hundred years."""
_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?"


def read_grid(text: str) -> Grid:
    """Read belief points, balance points and slices of territory, as ``11,7,3``."""
    parts = text.split(",")
    if len(parts) != 3 or not all(part.strip().isdecimal() for part in parts):
        raise ValueError(
            f"{text!r} is not a grid: write belief points, balance points and slices of territory, as 11,7,3"
        )
    try:
        return Grid(*(int(part) for part in parts))
    except ValueError as error:
        raise ValueError(f"{text!r} is too coarse: {error}") from error


def write_grid(grid: Grid) -> str:
    """Write what `read_grid` reads."""
    return f"{grid.beliefs},{grid.balances},{grid.slices}"


def read_horizon(text: str) -> int:
    """Read a horizon such as ``10y`` as periods of half a year."""
    periods = round(Duration.parse(text).years * 2)
    if not 1 <= periods <= MOST_PERIODS:
        raise ValueError(f"{text!r} is not between half a year and a hundred years")
    return periods


def write_horizon(periods: int) -> str:
    """Write what `read_horizon` reads."""
    return f"{periods / 2:g}y"


def read_outcome(text: str) -> str:
    """Accept what result files call an outcome; raise `UnknownName` with the nearest."""
    if text not in OUTCOMES:
        raise UnknownName(unknown_outcome(text))
    return text


def read_requirements(text: str) -> "tuple[Requirement, ...]":
    """Read what is good enough, as ``war<=0.2,defend<=10%``."""
    from foedus.insight.ranking.satisficing import parse_requirements  # loads statistics that most commands do without

    return parse_requirements(text)


def write_requirements(requirements: "tuple[Requirement, ...]") -> str:
    """Write what `read_requirements` reads; none as the default of an option is written."""
    return ",".join(f"{each.outcome}{each.operator}{each.threshold!r}" for each in requirements) or "()"


def read_balance(text: str) -> tuple[float, float]:
    """Read one balance of forces, or a range of it, as ``-0.5..0.5``: log force ratio, adversary to protected state."""
    match = re.fullmatch(rf"({_NUMBER})(?:\.\.({_NUMBER}))?", text.strip())
    if match is None:
        raise ValueError(f"{text!r} is no balance: write a log force ratio or a range of it, as -0.5..0.5")
    low, high = float(match[1]), float(match[2] or match[1])
    if low > high or not -2 <= low <= high <= 2:
        raise ValueError(f"{text!r}: balances lie between -2 and 2, the smaller one first")
    return low, high


def write_balance(balance: tuple[float, float]) -> str:
    """Write what `read_balance` reads."""
    low, high = balance
    return f"{low}..{high}" if low < high else f"{low}"


def read_number(text: str) -> float:
    """Read a finite number as a person types it, with a hyphen or a minus sign."""
    written = text.strip().replace("\N{MINUS SIGN}", "-")
    if not re.fullmatch(_NUMBER, written) or not math.isfinite(float(written)):
        raise ValueError(f"{text.strip()[:40]!r} is no number")
    return float(written)


def read_base(text: str) -> int:
    """Read a number of base points, a power of two from 8 on."""
    base = int(text) if text.isdecimal() else 0
    if base < 8 or base & (base - 1):
        raise ValueError(f"{text!r} is no power of two from 8 on; take 16, 32, 64, 128 or more")
    return base


def read_place(text: str) -> str:
    """Read where to compute: ``dask://HOST:PORT``, ``tls://HOST:PORT`` or ``local:N``."""
    if not re.fullmatch(r"local:[1-9]\d{0,3}|(dask|tls)://[^\s/:]+:\d+", text):
        raise ValueError(
            f"{text!r} is no place to compute: write dask://HOST:PORT for a Dask scheduler (tls:// where it asks for "
            "certificates), or local:N for N "
            "processes on this machine"
        )
    return text
