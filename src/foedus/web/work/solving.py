"""Ensembles from pieces that are solved once: whoever asks for a piece that is under way waits for that one."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.explorer.pieces import PieceOrder, orders_of, solve_piece
from foedus.web.work.workers import Urgency, Workers

_KEPT = 6000
"""Pieces kept, of some ten kilobytes each."""


class Solving:
    """Pieces of ensembles, each under its digest."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._pieces: OrderedDict[str, asyncio.Task[Any]] = OrderedDict()
        self._waiting: dict[str, int] = {}
        self._when_lost: dict[str, list[Callable[[], None]]] = {}

    async def solve(
        self,
        arrangement: Any,
        *,
        run: RunSettings,
        ends: Sequence[int],
        urgency: Urgency,
        tell: Callable[[int], None] = lambda _: None,
        when_lost: Callable[[], None] = lambda: None,
    ) -> list[Any]:
        """Solve a text in the futures up to the last of ``ends``, cut there; ``tell`` hears of futures done.

        A piece that nobody waits for any more is not begun. ``when_lost`` is called where one has to be begun again.
        """
        with self.under_way(arrangement, run=run, ends=ends, urgency=lambda _: urgency, when_lost=when_lost) as pieces:
            for piece, first, end in zip(pieces, (0, *ends[:-1]), ends, strict=True):
                piece.add_done_callback(_teller(tell, end - first))
            return list(await asyncio.gather(*pieces))

    @contextmanager
    def under_way(
        self,
        arrangement: Any,
        *,
        run: RunSettings,
        ends: Sequence[int],
        urgency: Callable[[int], Urgency],
        when_lost: Callable[[], None] = lambda: None,
    ) -> "Iterator[list[asyncio.Task[Any]]]":
        """Begin to solve a text in all futures up to the last of ``ends``; who leaves waits for none of the pieces.

        ``urgency`` is asked by the last future of a piece.
        """
        orders = orders_of(arrangement, run=run, ends=ends)
        tasks = [
            asyncio.create_task(self._piece(name, order, urgency(order.end), when_lost))
            for name, order in orders.items()
        ]
        try:
            yield tasks
        finally:
            for task in tasks:
                task.add_done_callback(_have_seen)
                task.cancel()

    async def _piece(self, name: str, order: PieceOrder, urgency: Urgency, when_lost: Callable[[], None]) -> Any:
        task = self._pieces.get(name)
        if task is None or task.cancelled() or (task.done() and task.exception() is not None):
            task = asyncio.create_task(
                self._workers.run(solve_piece, order, urgency=urgency, when_lost=partial(self._lose, name))
            )
            self._pieces[name] = task
            self._forget_oldest()
        self._pieces.move_to_end(name)
        self._waiting[name] = self._waiting.get(name, 0) + 1
        self._when_lost.setdefault(name, []).append(when_lost)
        try:
            return await asyncio.shield(task)
        finally:
            self._when_lost[name].remove(when_lost)
            self._leave(name, task)

    def _lose(self, name: str) -> None:
        """Tell all who wait for a piece that it is begun again."""
        for told in self._when_lost.get(name, ()):
            told()

    def _leave(self, name: str, task: "asyncio.Task[Any]") -> None:
        self._waiting[name] -= 1
        if not self._waiting[name]:
            del self._waiting[name], self._when_lost[name]
            if not task.done():
                task.cancel()
                # Whoever asks before it has ended must not wait for what will never come.
                if self._pieces.get(name) is task:
                    del self._pieces[name]

    def _forget_oldest(self) -> None:
        while len(self._pieces) > _KEPT:
            name, task = self._pieces.popitem(last=False)
            if not task.done():
                self._pieces[name] = task
                return


def _have_seen(piece: "asyncio.Task[Any]") -> None:
    """Take note of a fault that nobody waited for: the first one was told."""
    if not piece.cancelled():
        piece.exception()


def _teller(tell: Callable[[int], None], futures: int) -> "Callable[[asyncio.Task[Any]], None]":
    """Return what tells of so many futures once their piece is solved."""

    def told(piece: "asyncio.Task[Any]") -> None:
        if not piece.cancelled() and piece.exception() is None:
            tell(futures)

    return told
