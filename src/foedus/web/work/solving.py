"""Ensembles from pieces that are solved once: whoever asks for a piece that is under way waits for that one."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.explorer.pieces import (
    PieceOrder,
    RoughOrder,
    orders_of,
    solve_piece,
    solve_piece_anchored,
    solve_piece_roughly,
)
from foedus.web.work.workers import Urgency, Workers

_KEPT = 6000
"""Pieces kept, of some ten kilobytes each."""
_KEPT_ANCHORS = 150
"""Pieces of which it is kept where their games came to rest, some 350 kilobytes each: six texts or so."""


class Solving:
    """Pieces of ensembles, each under its digest."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._pieces: OrderedDict[str, asyncio.Task[Any]] = OrderedDict()
        self._anchors: OrderedDict[str, Any] = OrderedDict()
        self._is_anchoring = False
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
        is_anchored: bool = False,
    ) -> "Iterator[list[asyncio.Task[Any]]]":
        """Begin to solve a text in all futures up to the last of ``ends``; who leaves waits for none of the pieces.

        ``urgency`` is asked by the last future of a piece. What is solved and ``is_anchored`` is kept for `roughly`.
        """
        orders = orders_of(arrangement, run=run, ends=ends)
        tasks = [
            asyncio.create_task(self._piece(name, order, urgency(order.end), when_lost, is_anchored))
            for name, order in orders.items()
        ]
        with _until_left(tasks):
            yield tasks

    @contextmanager
    def roughly(
        self,
        arrangement: Any,
        *,
        beside: Any,
        run: RunSettings,
        ends: Sequence[int],
        when_lost: Callable[[], None] = lambda: None,
    ) -> "Iterator[list[asyncio.Task[Any]]]":
        """Begin to solve a text roughly, from where another text ``beside`` it came to rest in the same futures.

        Gives no pieces where that is not known, and none where the text is solved exactly already.
        """
        orders = orders_of(arrangement, run=run, ends=ends)
        beside_it = orders_of(beside, run=run, ends=ends)
        anchors = [self._anchors[name] for name in beside_it if name in self._anchors]
        tasks: list[asyncio.Task[Any]] = []
        if len(anchors) == len(orders) and not all(self._is_solved(name) for name in orders):
            solve = partial(self._workers.run, solve_piece_roughly, urgency=Urgency.NOW, when_lost=when_lost)
            roughs = (RoughOrder(order, start) for order, start in zip(orders.values(), anchors, strict=True))
            tasks = [asyncio.create_task(solve(each)) for each in roughs]
        with _until_left(tasks):
            yield tasks

    async def anchor(self, arrangement: Any, *, run: RunSettings, ends: Sequence[int]) -> None:
        """Find out where the games of a text come to rest, as far as that is not known; one text at a time."""
        missing = {}
        for name, order in orders_of(arrangement, run=run, ends=ends).items():
            if name in self._anchors:
                self._anchors.move_to_end(name)
            else:
                missing[name] = order
        if not missing or self._is_anchoring:
            return
        self._is_anchoring = True
        try:
            await asyncio.gather(
                *(self._solve_anchored(*each, Urgency.LATER, lambda: None) for each in missing.items())
            )
        finally:
            self._is_anchoring = False

    async def _solve_anchored(
        self, name: str, order: PieceOrder, urgency: Urgency, when_lost: Callable[[], None]
    ) -> Any:
        piece = await self._workers.run(solve_piece_anchored, order, urgency=urgency, when_lost=when_lost)
        self._anchors[name] = piece.anchors
        while len(self._anchors) > _KEPT_ANCHORS:
            self._anchors.popitem(last=False)
        return piece.ensemble

    def _is_solved(self, name: str) -> bool:
        task = self._pieces.get(name)
        return task is not None and task.done() and not task.cancelled() and task.exception() is None

    async def _piece(
        self, name: str, order: PieceOrder, urgency: Urgency, when_lost: Callable[[], None], is_anchored: bool
    ) -> Any:
        task = self._pieces.get(name)
        if task is None or task.cancelled() or (task.done() and task.exception() is not None):
            lose = partial(self._lose, name)
            task = asyncio.create_task(
                self._solve_anchored(name, order, urgency, lose)
                if is_anchored
                else self._workers.run(solve_piece, order, urgency=urgency, when_lost=lose)
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


@contextmanager
def _until_left(tasks: "Sequence[asyncio.Task[Any]]") -> Iterator[None]:
    """Wait for none of them any more when the context is left."""
    try:
        yield
    finally:
        for task in tasks:
            task.add_done_callback(_have_seen)
            task.cancel()


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
