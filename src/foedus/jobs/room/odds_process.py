"""Work out what bots play by in a process of its own, which ends with the room."""

from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from foedus.arrangement.record import Arrangement
from foedus.exercise.bots.play_odds import PlayOdds

_FUTURES_TRIED = 20
_STEP = 1000
"""Between the seeds of futures that are tried one after the other."""


class OddsProcess:
    """The search for an equilibrium, under way; the first on a machine compiles for some minutes."""

    def __init__(self, arrangement: Arrangement, *, seed: int) -> None:
        """Begin."""
        context = get_context("spawn")
        self._answer, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_find, args=(theirs, arrangement, seed), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def is_over(self) -> bool:
        """Whether it has an answer, or has ended without one."""
        return self._answer.poll() or not self._process.is_alive()

    def take(self) -> PlayOdds | None:
        """Return the odds; None where no equilibrium was found."""
        try:
            found: PlayOdds | None = self._answer.recv() if self._answer.poll() else None
        except EOFError:
            found = None
        self.stop()
        return found

    def stop(self) -> None:
        """End it, whether or not it has found anything."""
        self._process.kill()
        self._process.join()
        self._answer.close()


def _find(answer: Connection, arrangement: Arrangement, seed: int) -> None:
    """Send the odds of the first future whose equilibrium settles, to whoever still waits for them."""
    # In this process alone: the game takes longer to load than a room to open.
    from foedus.exercise.bots.equilibrium import odds_for
    from foedus.futures.parameters.load import default_parameters

    tried = (
        odds_for(arrangement, parameters=default_parameters(), seed=seed + _STEP * further)
        for further in range(_FUTURES_TRIED)
    )
    # A room that ended meanwhile has closed its end.
    with suppress(BrokenPipeError):
        answer.send(next((each for each in tried if each.is_settled), None))
