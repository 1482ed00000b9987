"""The workers of a cluster: who is there, who answers, who was lost, who cannot do the work."""

import time
from collections.abc import Callable
from typing import Any

from foedus.errors import ClusterUnavailable

SILENT_SECONDS = 12.0
"""Seconds without a heartbeat after which a worker counts as silent; Dask's own patience is minutes."""
_ASK_SECONDS = 10.0


class Crew:
    """What is known of the workers; each change is told in a sentence."""

    def __init__(self, client: Any, *, where: str, tell: Callable[[str], None]) -> None:
        self._client, self._where, self._tell = client, where, tell
        self._heard: dict[str, tuple[float, float]] = {}
        """[worker] its last heartbeat by the scheduler's clock, and when we first saw that one by ours."""
        self.silent: set[str] = set()
        self.foreign: set[str] = set()
        """Workers that cannot load foedus."""
        self.threads = 0
        """Threads of all workers together."""
        self._is_waiting = False
        self.look()

    @property
    def able(self) -> list[str]:
        """Workers that answer and can do the work."""
        return sorted(set(self._heard) - self.silent - self.foreign)

    @property
    def chosen(self) -> list[str] | None:
        """Whom to give work: those who can do it and answer, before those who do not; None where that is everybody."""
        willing = self.able or sorted(set(self._heard) - self.foreign)
        return None if not willing or willing == sorted(self._heard) else willing

    def look(self) -> None:
        """Ask the scheduler who is there; raise `ClusterUnavailable` where it does not answer."""
        now = time.monotonic()
        workers = self._workers()
        self.threads = sum(int(each["nthreads"]) for each in workers.values())
        seen = {str(name): float(each["last_seen"]) for name, each in workers.items()}
        for lost in sorted(set(self._heard) - set(seen)):
            self._tell(f"worker {lost} was lost; others compute what it had not finished")
        self._heard = {
            name: self._heard[name] if self._heard.get(name, (None,))[0] == beat else (beat, now)
            for name, beat in seen.items()
        }
        silent = {name for name, (_, since) in self._heard.items() if now - since > SILENT_SECONDS}
        for name in sorted(silent - self.silent):
            self._tell(f"worker {name} does not answer; what it had not finished is given to others")
        for name in sorted((self.silent - silent) & set(seen)):
            self._tell(f"worker {name} answers again")
        self.silent = silent
        self.foreign &= set(seen)
        self._tell_of_waiting()

    def is_foreign(self, worker: str, reason: str, /) -> None:
        """Note that a worker cannot load foedus, and tell it once; raise where no other is there."""
        if worker not in self.foreign:
            self.foreign.add(worker)
            self._tell(f"worker {worker} cannot load foedus ({reason}); its work is given to others")
        if self._heard and set(self._heard) <= self.foreign:
            raise ClusterUnavailable(
                f"no worker at {self._where} can load foedus ({reason}); install the same version in their environment"
            )

    def keys_of(self, worker: str, /) -> set[str]:
        """Return the tasks that a worker was given and has not finished."""

        async def ask() -> Any:
            return await self._client.scheduler.processing(workers=[worker])

        return {str(key) for keys in self._asked(ask).values() for key in keys}

    def _tell_of_waiting(self) -> None:
        is_waiting = not self.able
        if is_waiting and not self._is_waiting:
            which = "a worker" if not self._heard else "a worker that answers and can load foedus"
            self._tell(f"waiting for {which} at {self._where}; Ctrl-C stops, and what is done is kept")
        self._is_waiting = is_waiting

    def _workers(self) -> dict[str, Any]:
        async def ask() -> Any:
            return await self._client.scheduler.identity(n_workers=-1)

        workers: dict[str, Any] = self._asked(ask)["workers"]
        return workers

    def _asked(self, ask: Callable[[], Any]) -> Any:
        try:
            return self._client.sync(ask, callback_timeout=_ASK_SECONDS)
        except (OSError, TimeoutError) as error:
            raise ClusterUnavailable(f"the cluster was lost: the scheduler at {self._where} does not answer") from error
