"""The face, on the record of history."""

from collections.abc import Sequence
from pathlib import Path

from foedus.face.options import call, several
from foedus.jobs.asking.progress import Tell, silent
from foedus.jobs.record.calibrate import FUTURES, SEED, CalibrateRequest, CalibrateResult, hold_against_history


def calibrate(
    *,
    futures: int = FUTURES,
    seed: int = SEED,
    data: Path | str | None = None,
    observations: str | Path | Sequence[str | Path] = (),
    workers: int | None = None,
    progress: Tell = silent,
) -> CalibrateResult:
    """Weigh futures by history, and try the model on cases whose end is known; the command is `foedus evidence`.

    ``data`` is a folder with the data sets of others, without which the targets are those that ship. Takes less than
    half a second of one core for each future.

    >>> import foedus
    >>> said = foedus.calibrate(futures=2)
    >>> "evidence.html" in said.contents
    True
    """
    command = call("calibrate", futures=futures, seed=seed, data=data, observations=observations)
    request = CalibrateRequest(
        futures=futures,
        seed=seed,
        data=None if data is None else Path(data),
        observations=tuple(Path(each) for each in several(observations)),
        workers=workers,
        command=command,
    )
    return hold_against_history(request, tell=progress)
