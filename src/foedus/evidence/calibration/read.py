"""Which parameters the texts behind the targets read at all."""

from collections.abc import Iterator, Mapping, Sequence

from foedus.arrangement.record import Arrangement
from foedus.futures.sample import GAME_PARAMETERS
from foedus.mechanism.from_arrangement import compile_arrangement


class _Watched(Mapping[str, float]):
    """Yardsticks that remember which of them were asked for."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = values
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> float:
        self.asked.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def parameters_read(texts: Sequence[Arrangement], values: Mapping[str, float]) -> frozenset[str]:
    """Return the parameters of the game and the yardsticks that turn these texts into numbers."""
    watched = _Watched(values)
    for text in texts:
        compile_arrangement(text, watched)
    return frozenset(GAME_PARAMETERS) | watched.asked
