"""The games that stand for hundreds of states under threat: what of a dyad's facts reaches the game, and how.

| fact | what it is in the game |
|---|---|
| strength of the two states | the balance, by `balance.exponent` and `balance.shift` as for every text |
| strength of the allies beside the state's own | `tier_force`: joint strength adds up, and carries over to the ground |
| strength of the allies beside who threatens | whom a war between them costs more: `defend_cost_A`, `war_cost_G` |
| a treaty of two, or of many | one guarantor to which the state is important, or four to which it is less so |
| another region | the balance: strength does not travel freely (`placed`) |
| nearness, disputes of the ten years before | which futures are likely for this dyad (`learning`) |

What the record knows and the game does not read (the year, the regime, the names) moves no forecast.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import product

from scipy.special import expit

from foedus.arrangement.record import Arrangement, StatedBalance, StatedInterest
from foedus.arrangement.vocabulary import Interest, Kind
from foedus.evidence.calibration.load import load_texts
from foedus.facts.balance import balance_of
from foedus.futures.compile import DrawnGame, games_of
from foedus.game.future import Future

RATIOS = (-3.0, 0.0, 3.0)
"""Log ratios of strengths that are solved; beyond them the last one counts, here and below."""
ALLIED = (0.5, 2.0, 4.5)
"""ln((state + allies) : state)."""
ALLIED_RATIOS = (-2.5, 0.0, 2.5)
"""ln(allies : who threatens)."""
MOST_FORCE = 3.0
"""Log force ratio that allies add at the most: the bound of `tier_force`."""
_TEXTS = {True: "crisis/pact", False: "crisis/no_pact"}
_SOURCE = "National Material Capabilities"
_MANY = ("defender", "second", "third", "fourth")


class Shelter(StrEnum):
    """By what kind of treaty others have promised to defend a state."""

    NONE = "none"
    BILATERAL = "bilateral"
    """At least one treaty of two."""
    MULTILATERAL = "multilateral"


@dataclass(frozen=True)
class Cell:
    """One game in each future, for all dyads whose facts are near to it."""

    shelter: Shelter
    ratio: float
    allied: float = 0.0
    allied_ratio: float = 0.0


def cells_of(shelter: Shelter) -> tuple[Cell, ...]:
    """Return the cells of a kind of treaty: allied strength outermost, the balance innermost."""
    if shelter is Shelter.NONE:
        return tuple(Cell(shelter, ratio) for ratio in RATIOS)
    return tuple(
        Cell(shelter, ratio, allied, against) for allied, against, ratio in product(ALLIED, ALLIED_RATIOS, RATIOS)
    )


_CONCERN = {Shelter.BILATERAL: Interest.IMPORTANT, Shelter.MULTILATERAL: Interest.LIMITED}
_INTEREST = "a treaty of two is made for this very state; to each of many it is one of several"
CELLS = tuple(cell for shelter in Shelter for cell in cells_of(shelter))


def text_of(cell: Cell) -> Arrangement:
    """Return the stylised text of a cell, at its balance."""
    return replace(_stylised(cell.shelter), balance=StatedBalance(_SOURCE, log_ratio=cell.ratio))


@cache
def _stylised(shelter: Shelter) -> Arrangement:
    text = next(iter(load_texts([_TEXTS[shelter is not Shelter.NONE]]).values()))
    if shelter is Shelter.NONE:
        return text
    is_bilateral = shelter is Shelter.BILATERAL
    guarantors = _MANY[:1] if is_bilateral else _MANY
    kind = Kind.BILATERAL if is_bilateral else Kind.JOINT
    return replace(
        text,
        parties=replace(text.parties, guarantor=guarantors),
        commitments=tuple(replace(each, by=guarantors, kind=kind) for each in text.commitments),
        interest=(StatedInterest(by=guarantors, level=_CONCERN[shelter], source=_INTEREST),),
    )


def games_of_cells(cells: Sequence[Cell], texts: Sequence[Arrangement], values: Mapping[str, float]) -> list[DrawnGame]:
    """Return the game of each cell in one draw."""
    balances = [balance_of(text, exponent=1.0, shift=0.0) for text in texts]
    games = games_of(texts, values, balances=balances)
    return [
        replace(game, future=with_allies(game.future, cell, exponent=values["balance.exponent"]))
        for cell, game in zip(cells, games, strict=True)
    ]


def with_allies(future: Future, cell: Cell, *, exponent: float) -> Future:
    """Return the future with what the allies are worth in it: what they add, and whom a war with them costs how much.

    Forces that fight together add up, so ``tier_force`` of defence is ``exponent ln((state + allies) : state)`` and the
    other tiers keep their proportion to it; who has no ally is alone. Each side does to the other what its strength
    allows (as for ``war_cost_A.lost``): with s the allies' share of their strength and that of who threatens,
    ``defend_cost_A`` is 2 s and ``war_cost_G`` 2 (1 - s) of what is drawn, which holds where they are equal.
    """
    scale = min(MOST_FORCE, exponent * cell.allied) / future.tier_force[-1]
    share = 0.0 if cell.shelter is Shelter.NONE else float(expit(cell.allied_ratio))
    none, support, deploy, defend = (scale * force for force in future.tier_force)
    return replace(
        future,
        tier_force=(none, support, deploy, defend),
        defend_cost_A=2 * share * future.defend_cost_A,
        war_cost_G=2 * (1 - share) * future.war_cost_G,
    )
