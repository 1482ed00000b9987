"""What Gambit answers when it is given a tree that this project wrote, and what follows from the answer."""

import io
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
    """Return (e) the chance that each tier is executed on n, for at most one guarantor beside the framework nation."""
    tiers = [r for r in range(4) if r == 0 or not arrangement.blocked[r]]
    response = np.array([1.0, 0.0, 0.0, 0.0])
    if n == 0 or len(tiers) == 1:
        return response
    for r, proposed in zip(tiers, answer.chances[f"proposal {th} {n}"], strict=True):
        if r > 0:
            response[r] = proposed * _carried(answer, arrangement, th=th, n=n, r=r)
    response[0] = 1.0 - response[1:].sum()
    return response


def _carried(answer: Answer, arrangement: CompiledArrangement, *, th: int, n: int, r: int) -> float:
    leader = arrangement.proposer
    others = [i for i in range(len(arrangement.weight)) if i != leader]
    if len(others) > 1:
        raise ValueError("counts at most one guarantor beside the framework nation")
    enough = float(arrangement.weight[leader] >= arrangement.quorum[r])
    if not others:
        return enough
    (other,) = others
    joins = float(answer.chances[f"join {other} {th} {n} {r}"][1])
    together = float(arrangement.weight.sum() >= arrangement.quorum[r])
    return joins * together + (1.0 - joins) * enough * (not arrangement.must[other])


def tally(
    answer: Answer, arrangement: CompiledArrangement, *, prior: float, slice_success: FloatArray
) -> dict[str, float]:
    """Return what is to be expected in the one period of a tree; ``slice_success`` (e) is a seizure's chance."""
    found = dict.fromkeys(
        ("war", "defend", "entrap", "captures", "seizures", "coercions", "provocations", "withdrawals"), 0.0
    )
    conduct = answer.chances["conduct"]
    for g in range(2):
        found["provocations"] += conduct[g] * g
        for act in range(4):
            done = conduct[g] * answer.chances[f"threat {g}"][act]
            found["coercions"] += done * (act == 1)
            found["seizures"] += done * (act == 2)
            for n in np.flatnonzero(arrangement.confusion[g, act]).tolist():
                low, high = (executed(answer, arrangement, th=th, n=n) for th in range(2))
                response = (1.0 - prior) * low + prior * high
                for e in np.flatnonzero(response).tolist():
                    chance = done * float(arrangement.confusion[g, act, n] * response[e])
                    stays = 1.0
                    if act >= 2 and e >= 2:
                        stays = float(answer.chances[f"persist {g} {act} {n} {e}"][1])
                        found["withdrawals"] += chance * (1.0 - stays)
                    if act == 3 or (act == 2 and e == 3):
                        found["war"] += chance * stays
                        found["defend"] += chance * stays * (e == 3)
                        found["entrap"] += chance * stays * (e == 3) * g
                    elif act == 2:
                        found["captures"] += chance * stays * float(slice_success[e])
    return found
