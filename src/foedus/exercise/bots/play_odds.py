"""The odds that bots play by, as a room knows them; apart from what works them out, which loads the whole game."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PlayOdds:
    """The odds of choices in one drawn future, in thousandths."""

    seed: int
    is_resolved: bool
    """Whether the coalition is of the high type."""
    basis: str
    is_settled: bool
    """Whether the equilibrium was found; where not, nobody plays by it."""
    proposer: str
    """The party that moves the response."""
    proposes: Mapping[str, Mapping[str, int]]
    joins: Mapping[str, Mapping[str, int]]
