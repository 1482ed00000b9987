"""On what terms the explorer solves: first roughly, then as every other comparison of foedus does.

The rough terms are a coarser grid and a looser tolerance. Average differences between two texts in the same futures
come out on them within a few tenths of a percentage point of the exact ones (`python -m bench.web.rough`).
"""

from dataclasses import replace

from foedus.game.grid import Grid
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import load_text
from foedus.jobs.explorer.pieces import PieceOrder, solve_piece

_ROUGH = Grid(beliefs=7, balances=9, slices=2)
_ROUGH_TOLERANCE = 1e-3
FIRST = 24
"""Futures of the first picture."""
PIECE = 20
"""Futures of a piece."""
_SMALL_TEXT = "history/locarno_1925"


def full_terms(*, views: tuple[str, ...] = (), futures: int = FUTURES["compare"]) -> RunSettings:
    """Return the terms of `foedus compare`."""
    return RunSettings(futures, views=views)


def rough_terms(run: RunSettings) -> RunSettings:
    """Return rough terms, in the same futures."""
    return replace(run, grid=_ROUGH, tolerance=_ROUGH_TOLERANCE)


def ends_of(futures: int, *, size: int = PIECE, first: int = 0) -> tuple[int, ...]:
    """Cut futures into pieces, the first of them in two where the first ones are wanted early."""
    early = [end for end in (first // 2, first) if 0 < end < futures]
    return (*early, *range(max(early, default=0) + size, futures, size), futures)


def warm_up() -> None:
    """Load what every piece of work needs: the compiled game, the futures, the facts."""
    run = full_terms()
    arrangement = load_text(_SMALL_TEXT).arrangement
    for terms in (rough_terms(run), run):
        solve_piece(PieceOrder(arrangement, terms, 0, 1))
