"""On what terms the explorer solves: as every other comparison of foedus does, in the first futures first.

A picture is drawn of few futures and then of more of them, each solved exactly, and nothing is solved twice. Where it
is known where the saved version came to rest, all futures are drawn roughly from there before that. No coarser grid is
used: most of the time of a game goes into the consultation of the guarantors, which no grid makes smaller.
"""

from foedus.futures.parameters.overlay_text import Overlay
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.asking.texts import load_text
from foedus.jobs.explorer.pieces import PieceOrder, solve_piece

FIRST = 24
"""Futures of the first picture."""
PIECE = 10
"""Futures of a piece: few, lest the last one under way keep the other workers idle for long."""
SHOWN_AT = (FIRST, FIRST + 4 * PIECE, FIRST + 10 * PIECE)
"""Numbers of futures at which a picture is drawn anew, before all are there."""
_SMALL_TEXT = "history/locarno_1925"


def full_terms(
    *, views: tuple[str, ...] = (), overlays: tuple[Overlay, ...] = (), futures: int = FUTURES["compare"]
) -> RunSettings:
    """Return the terms of `foedus compare`."""
    return RunSettings(futures, views=views, overlays=overlays)


def ends_of(futures: int, *, size: int = PIECE, first: int = 0) -> tuple[int, ...]:
    """Cut futures into pieces, the first of them in two where the first ones are wanted early."""
    early = [end for end in (first // 2, first) if 0 < end < futures]
    return (*early, *range(max(early, default=0) + size, futures, size), futures)


def warm_up() -> None:
    """Load what every piece of work needs: the compiled game, the futures, the facts."""
    run = full_terms()
    arrangement = load_text(_SMALL_TEXT).arrangement
    solve_piece(PieceOrder(arrangement, run, 0, 1))
