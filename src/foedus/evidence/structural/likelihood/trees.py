r"""The game trees whose utilities can be estimated, and the chance of each of their ends.

A tree is a chain of binary choices. Utilities are called u<player><end>, after Signorino; a utility that is missing
is the zero against which the player's others are measured.

    egame12                 egame122                     egame123

        1                       ___1___                      1
       / \                     /       \                    / \
      /   2                   2         2                  /   2
    u11  / \                 / \       / \               u11  / \
        /   \              u11 u12   u13 u14                 /   3
      u13   u14             0  u22    0  u24               u13  / \
       0    u24                                            u23 /   \
                                                             u15   u16
                                                             u25   u26
                                                              0    u36

Reference: Signorino 2003, Structure and uncertainty in discrete choice models, Political Analysis 11:316-344.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from types import MappingProxyType

import numpy as np

from foedus.evidence.structural.likelihood.jets import Index, Jet, square_root
from foedus.evidence.structural.likelihood.links import ROOT_TWO, Errors, LinkFunction, probability, weighted_log
from foedus.values.arrays import FloatArray


@dataclass(frozen=True)
class End:
    """An end of the game."""

    utilities: Mapping[int, str] = field(default_factory=dict)
    """The name of the utility of each player who has one there; 0 for the others."""


@dataclass(frozen=True)
class Move:
    """A choice between left and right. No player moves twice on one path."""

    player: int
    left: "Move | End"
    right: "Move | End"


@dataclass(frozen=True)
class GameTree:
    """A game tree with its ends and moves in order, from left to right and from the top down."""

    name: str
    root: Move

    @cached_property
    def ends(self) -> tuple[End, ...]:
        """The ends, from left to right."""
        return tuple(_ends(self.root))

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The moves, each before those below it."""
        return tuple(_moves(self.root))

    @cached_property
    def utilities(self) -> tuple[str, ...]:
        """The names of the utilities, in the order in which a formula gives them."""
        return tuple(sorted(name for end in self.ends for name in end.utilities.values()))

    @cached_property
    def paths(self) -> tuple[tuple[tuple[int, bool], ...], ...]:
        """For each end the moves on the way there, by number, each with whether it goes right."""
        return tuple(_paths(self.root, self.moves))

    @cached_property
    def below(self) -> Mapping[tuple[int, bool], tuple[int, ...]]:
        """The ends that can follow when the move of this number goes right, or left."""
        sides = [(move, right) for move in range(len(self.moves)) for right in (False, True)]
        return {side: tuple(end for end, path in enumerate(self.paths) if side in path) for side in sides}


EGAME12 = GameTree("egame12", Move(1, End({1: "u11"}), Move(2, End({1: "u13"}), End({1: "u14", 2: "u24"}))))
EGAME122 = GameTree(
    "egame122",
    Move(1, Move(2, End({1: "u11"}), End({1: "u12", 2: "u22"})), Move(2, End({1: "u13"}), End({1: "u14", 2: "u24"}))),
)
EGAME123 = GameTree(
    "egame123",
    Move(
        1,
        End({1: "u11"}),
        Move(2, End({1: "u13", 2: "u23"}), Move(3, End({1: "u15", 2: "u25"}), End({1: "u16", 2: "u26", 3: "u36"}))),
    ),
)
TREES: Mapping[str, GameTree] = MappingProxyType({tree.name: tree for tree in (EGAME12, EGAME122, EGAME123)})


def gains(tree: GameTree, utilities: Mapping[str, Index], *, link: LinkFunction, errors: Errors) -> tuple[Index, ...]:
    """Return, for each move of the tree, what its player gains by going right, in units of the error.

    With v(d) the chance-weighted utility of the mover below side d, z = (v(right) - v(left)) / s, where s is the
    square root of 2 for agent error, and of the sum of squares of the chances of all ends below, counted from each
    of the two sides, for private information. The chance of going right is F(z). From the last moves upwards.
    """
    found: dict[int, Index] = {}
    chances: dict[int, Index] = {}
    for number in reversed(range(len(tree.moves))):
        weights = weights_of(tree, number, chances)
        names = {end: tree.ends[end].utilities.get(tree.moves[number].player, "") for end in weights}
        gain: Index = sum(weight * utilities[names[end]] for end, weight in weights.items() if names[end])
        found[number] = gain / scale_of(weights, errors=errors)
        chances[number] = probability(found[number], link=link)
    return tuple(found[number] for number in range(len(tree.moves)))


def weights_of(tree: GameTree, move: int, chances: Mapping[int, Index]) -> dict[int, Index]:
    """Return the weight of each end below a move: its chance on its side, negative on the left side."""
    weights: dict[int, Index] = {}
    for right in (False, True):
        for end in tree.below[move, right]:
            later = [(below, goes_right) for below, goes_right in tree.paths[end] if below > move]
            steps = [chances[below] if goes_right else 1.0 - chances[below] for below, goes_right in later]
            weights[end] = prod(steps, start=1.0 if right else -1.0)
    return weights


def scale_of(weights: Mapping[int, Index], *, errors: Errors) -> Index:
    """Return the standard deviation of the error in the difference between the two sides of a move."""
    if errors is Errors.AGENT:
        return ROOT_TWO
    total: Index = sum(weight * weight for weight in weights.values())
    return square_root(total)


def log_likelihood(tree: GameTree, z: Sequence[Index], counts: FloatArray, *, link: LinkFunction) -> Jet:
    """Return the log-likelihood of each row; ``counts`` is (end, n), ``z`` comes from ``gains``."""
    parts = []
    for number, gain in enumerate(z):
        right, left = (counts[list(tree.below[number, side])].sum(axis=0) for side in (True, False))
        parts.append(weighted_log(_as_jet(gain), right=right, left=left, link=link))
    return sum(parts[1:], start=parts[0])


def log_probabilities(tree: GameTree, z: Sequence[Index], *, link: LinkFunction) -> tuple[Jet, ...]:
    """Return the log-probability of each end, from the gains of the moves."""
    steps = [
        (
            weighted_log(_as_jet(gain), right=0.0, left=1.0, link=link),
            weighted_log(_as_jet(gain), right=1.0, left=0.0, link=link),
        )
        for gain in z
    ]
    found = []
    for end in range(len(tree.ends)):
        first, *rest = (steps[move][goes_right] for move, goes_right in tree.paths[end])
        found.append(sum(rest, start=first))
    return tuple(found)


def _as_jet(gain: Index) -> Jet:
    """Return a gain as a jet; it is a plain number where a player has nothing to choose by."""
    if isinstance(gain, Jet):
        return gain
    value = np.atleast_1d(np.asarray(gain, dtype=np.float64))
    return Jet(value, np.zeros((1, 1)), np.zeros((1, 1, 1)))


def _ends(node: Move | End) -> Iterator[End]:
    if isinstance(node, End):
        yield node
    else:
        yield from _ends(node.left)
        yield from _ends(node.right)


def _moves(node: Move | End) -> Iterator[Move]:
    if isinstance(node, Move):
        yield node
        yield from _moves(node.left)
        yield from _moves(node.right)


def _paths(node: Move | End, moves: Sequence[Move]) -> Iterator[tuple[tuple[int, bool], ...]]:
    if isinstance(node, End):
        yield ()
        return
    number = next(n for n, move in enumerate(moves) if move is node)
    for right, child in ((False, node.left), (True, node.right)):
        yield from (((number, right), *path) for path in _paths(child, moves))
