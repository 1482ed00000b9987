"""What the game reads: which yardsticks, which entries of the texts, and whether two texts are one game to it."""

from collections.abc import Iterator, Mapping, Sequence

from foedus.arrangement.record import Arrangement
from foedus.futures.compile import balances_of
from foedus.futures.ensemble import Sample
from foedus.futures.sample import GAME_PARAMETERS
from foedus.mechanism.from_arrangement import compile_arrangement
from foedus.mechanism.unread import same_game, unread

_DRAWS = 3
"""Draws tried, should what is read hang on what was read before."""
_OF_THE_GAME = frozenset(GAME_PARAMETERS)


def unread_by(arrangements: Sequence[Arrangement], sample: Sample) -> tuple[str, ...]:
    """Return the yardsticks that the compiler reads for none of the arrangements, in the order of the sample.

    What is not read cannot change an array of the game. The game's own parameters always count as read. Nothing counts
    as unread where the sample lacks a yardstick that a text asks for, as then nobody can tell.
    """
    yardsticks = [name for name in sample.names if name not in _OF_THE_GAME]
    read: set[str] = set()
    for row in sample.values[:_DRAWS].tolist():
        values = _Noted(dict(zip(sample.names, row, strict=True)), read)
        for arrangement in arrangements:
            try:
                compile_arrangement(arrangement, values)
            except KeyError:
                return ()
    return tuple(name for name in yardsticks if name not in read)


def same_games(arrangements: Sequence[Arrangement], sample: Sample) -> tuple[tuple[str, ...], ...]:
    """Return the ids of texts that are one game, by group: one balance of forces, and equal arrays in the draws tried.

    None are told where the sample lacks a yardstick that a text asks for, as then nobody can tell.
    """
    groups: list[list[int]] = []
    rows = [dict(zip(sample.names, row, strict=True)) for row in sample.values[:_DRAWS].tolist()]
    try:
        compiled = [[compile_arrangement(text, row) for row in rows] for text in arrangements]
    except KeyError:
        return ()
    begins = [(each.log_ratio, each.give_or_take) for each in balances_of(arrangements)]
    for index, draws in enumerate(compiled):
        alike = (g for g in groups if begins[g[0]] == begins[index] and all(map(same_game, compiled[g[0]], draws)))
        group = next(alike, None)
        if group is None:
            groups.append([index])
        else:
            group.append(index)
    return tuple(tuple(arrangements[i].id for i in group) for group in groups if len(group) > 1)


def unread_entries(arrangements: Sequence[Arrangement], sample: Sample) -> dict[str, tuple[str, ...]]:
    """Return by id the places of what each text states and the game does not read; empty where nobody can tell."""
    values = dict(zip(sample.names, sample.values[0].tolist(), strict=True))
    try:
        return {text.id: tuple(entry.path for entry in unread(text, values)) for text in arrangements}
    except KeyError:
        return {}


class _Noted(Mapping[str, float]):
    """Yardsticks that note which of them were read."""

    def __init__(self, values: Mapping[str, float], read: set[str]) -> None:
        self._values, self._read = values, read

    def __getitem__(self, name: str) -> float:
        self._read.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
