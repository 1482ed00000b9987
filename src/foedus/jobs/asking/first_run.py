"""What the first work on a machine waits for: the game is compiled there, once."""

from foedus.game.grid import Grid
from foedus.jobs.asking.progress import Tell, counting

COMPILING = "compiling the game for this machine, once, which takes about a minute of a core"


def await_solver(tell: Tell, *, grid: Grid, for_records: bool = False, place: str | None = None) -> None:
    """Have the compiled game at hand, and tell how far that is; nothing is told where it is there.

    ``place`` says who solves: machines of a cluster compile for themselves, processes on this one find what is made.
    """
    if place is not None and not place.startswith("local:"):
        return
    # not before a game is solved: the compiler alone takes longer to load than most commands take
    from foedus.game.kernel.keeping.ready import kind_of, make_ready

    make_ready(kind_of(grid, for_records=for_records), progress=counting(tell, COMPILING))
