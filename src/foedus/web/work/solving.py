"""Ensembles from pieces that are solved once: whoever asks for a piece that is under way waits for that one."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.explorer.pieces import PieceOrder, solve_piece
from foedus.web.work.workers import Urgency, Workers

_KEPT = 6000
"""Pieces kept, of some ten kilobytes each."""


class Solving:
    """Pieces of ensembles, each under its digest."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._pieces: OrderedDict[str, asyncio.Task[Any]] = OrderedDict()
        self._waiting: dict[str, int] = {}

    async def solve(
        self,
        arrangement: Any,
        *,
        run: RunSettings,
        ends: Sequence[int],
        urgency: Urgency,
        tell: Callable[[int], None] = lambda _: None,
    ) -> list[Any]:
        """Solve a text in the futures up to the last of ``ends``, cut there; ``tell`` hears of futures done.

        A piece that nobody waits for any more is not begun.
        """
        starts = (0, *ends[:-1])
        orders = [PieceOrder(arrangement, run, first, end) for first, end in zip(starts, ends, strict=True)]

        async def one(order: PieceOrder) -> Any:
            piece = await self._piece(order, urgency)
            tell(order.end - order.first)
            return piece

        return await _all_or_none([one(order) for order in orders])

    async def _piece(self, order: PieceOrder, urgency: Urgency) -> Any:
        name = order.digest
        task = self._pieces.get(name)
        if task is None or task.cancelled() or (task.done() and task.exception() is not None):
            task = asyncio.create_task(self._workers.run(solve_piece, order, urgency=urgency))
            self._pieces[name] = task
            self._forget_oldest()
        self._pieces.move_to_end(name)
        self._waiting[name] = self._waiting.get(name, 0) + 1
        try:
            return await asyncio.shield(task)
        finally:
            self._leave(name, task)

    def _leave(self, name: str, task: "asyncio.Task[Any]") -> None:
        self._waiting[name] -= 1
        if not self._waiting[name]:
            del self._waiting[name]
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


async def _all_or_none(waiting: Sequence[Any]) -> list[Any]:
    """Wait for all; where one fails or the asker leaves, none of the others is waited for."""
    tasks = [asyncio.ensure_future(each) for each in waiting]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
