"""The games that benches solve: arrangements and futures in pairs, as `solve_batch` takes them."""

from typing import TypeAlias

from bench.games.designs import designs, futures
from foedus.arrangement.library import library_files, load_from_library
from foedus.futures.compile import compile_all
from foedus.futures.parameters.load import default_parameters
from foedus.futures.sample import draw, future_of
from foedus.game.future import Future
from foedus.mechanism.compiled import CompiledArrangement

Games: TypeAlias = tuple[list[CompiledArrangement], list[Future]]


def designed(*, count: int) -> Games:
    """Return the ten designs in so many made-up futures."""
    pairs = [(design, future) for future in futures(seed=3, count=count) for design in designs().values()]
    return [design for design, _ in pairs], [future for _, future in pairs]


def ukraine(*, count: int, seed: int = 1) -> Games:
    """Return the Ukraine library in so many futures of `foedus compare`."""
    texts = [load_from_library(name) for name in library_files() if name.startswith("ukraine/")]
    sample = draw(default_parameters(), futures=count, seed=seed)
    rows = [dict(zip(sample.names, row, strict=True)) for row in sample.values.tolist()]
    pairs = [(game, future_of(row)) for row in rows for game in compile_all(texts, row)]
    return [game for game, _ in pairs], [future for _, future in pairs]
