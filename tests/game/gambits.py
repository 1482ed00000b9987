"""What Gambit answers when it is given a tree that this project wrote, and what follows from the answer."""

import io
import itertools
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray

STRIDE = {"first_step": 0.3, "max_accel": 2.0}
"""Longer steps along the principal branch than Gambit's own: the same answer to 1e-10 in a quarter of the time."""


@dataclass(frozen=True)
class Answer:
    """Gambit's agent logit equilibrium on its principal branch at lambda = 1."""

    chances: Mapping[str, FloatArray]
    """By label of the information set, in the order of the actions."""
    payoffs: Mapping[str, float]
    """By label of the player: the expected payoff."""


def ask(text: str) -> Answer:
    """Let Gambit read the tree and solve it."""
    gambit: Any = pytest.importorskip("pygambit")
    game = gambit.read_efg(io.StringIO(text))
    point: Any = gambit.qre.logit_solve_lambda(game, lam=1.0, **STRIDE)[0]
    flat, first = [float(point[i]) for i in range(len(game.actions))], 0
    chances = {}
    for player in game.players:
        for infoset in player.infosets:
            after = first + len(infoset.actions)
            chances[infoset.label] = np.array(flat[first:after])
            first = after
    profile = game.mixed_behavior_profile()
    for action, chance in zip((a for p in game.players for i in p.infosets for a in i.actions), flat, strict=True):
        profile[action] = chance
    return Answer(chances=chances, payoffs={p.label: float(profile.payoff(p)) for p in game.players})


def executed(answer: Answer, arrangement: CompiledArrangement, *, th: int, n: int) -> FloatArray:
    """Return (e) the chance that each tier is executed on n."""
    tiers = [r for r in range(3) if r == 0 or not arrangement.blocked[r]]
    response = np.array([1.0, 0.0, 0.0])
    if n == 0 or len(tiers) == 1:
        return response
    for r, proposed in zip(tiers, answer.chances[f"proposal {th} {n}"], strict=True):
        if r > 0:
            response[r] = proposed * _carried(answer, arrangement, tier=r, label=("join", f"{th} {n} {r}"))
    response[0] = 1.0 - response[1:].sum()
    return response


def defended(answer: Answer, arrangement: CompiledArrangement, *, th: int, m: int, e: int) -> float:
    """Return chi, the chance of defence in a war that m governs, tier e having been executed before."""
    if arrangement.blocked[3]:
        return 0.0
    state = f"{th} {m} {e}"
    carried = _carried(answer, arrangement, tier=3, label=("fight", state))
    return float(answer.chances[f"defend {state}"][1] * carried)


def _carried(answer: Answer, arrangement: CompiledArrangement, *, tier: int, label: tuple[str, str]) -> float:
    """Return the chance that a proposal is carried: the sum over all coalitions with the framework nation."""
    verb, state = label
    lead = arrangement.proposer
    others = [i for i in range(len(arrangement.weight)) if i != lead]
    total = 0.0
    for joins in itertools.product((0, 1), repeat=len(others)):
        stands = np.zeros(len(arrangement.weight), dtype=bool)
        stands[lead] = True
        stands[others] = np.array(joins, dtype=bool)
        enough = arrangement.weight[stands].sum() >= arrangement.quorum[tier]
        if enough and not np.any(arrangement.must & ~stands):
            chances = (answer.chances[f"{verb} {i} {state}"][j] for i, j in zip(others, joins, strict=True))
            total += math.prod(float(x) for x in chances)
    return total


@dataclass(frozen=True)
class Period:
    """The one period of a tree as Gambit plays it."""

    answer: Answer
    arrangement: CompiledArrangement
    prior: float
    accident: float
    slice_success: FloatArray
    """(e) a seizure's chance."""

    def tally(self) -> dict[str, float]:
        """Return what is to be expected."""
        found: defaultdict[str, float] = defaultdict(float)
        provoked = float(self.answer.chances["conduct"][1])
        grounds = ((1 - provoked) * (1 - self.accident), (1 - provoked) * self.accident, provoked)
        found["provocations"], found["accidents"] = grounds[2], grounds[1]
        for ground, act in itertools.product(range(3), range(4)):
            done = grounds[ground] * float(self.answer.chances[f"threat {min(ground, 1)}"][act])
            if done > 0.0:
                found[("holds", "coercions", "seizures", "invasions")[act]] += done
                self._after(ground, act, done, found)
        del found["holds"]
        return found

    def _after(self, ground: int, act: int, done: float, found: defaultdict[str, float]) -> None:
        if act < 2:
            return
        for n in np.flatnonzero(self.arrangement.confusion[ground, act]).tolist():
            for th, weight in enumerate((1.0 - self.prior, self.prior)):
                response = executed(self.answer, self.arrangement, th=th, n=n)
                for e in np.flatnonzero(response).tolist():
                    chance = done * weight * float(self.arrangement.confusion[ground, act, n] * response[e])
                    self._attacked((ground, act, n, e, th), chance, found)

    def _attacked(self, course: tuple[int, int, int, int, int], chance: float, found: defaultdict[str, float]) -> None:
        ground, act, n, e, th = course
        stays = 1.0 if n == 0 else float(self.answer.chances[f"persist {min(ground, 1)} {act} {n} {e}"][1])
        found["withdrawals"] += chance * (1.0 - stays)
        fights = 1.0 if act == 3 else float(self.answer.chances[f"resist {ground} {n} {e}"][1])
        war = chance * stays * fights
        defence = war * defended(self.answer, self.arrangement, th=th, m=int(self.arrangement.governs[act - 2, n]), e=e)
        found["war"] += war
        found["defend"] += defence
        found["entrap"] += defence * (ground == 2)
        found["accidental"] += war * (ground == 1)
        found["resisted"] += war * (act == 2)
        found["yielded"] += chance * stays - war
        found["captures"] += (chance * stays - war) * float(self.slice_success[e])
