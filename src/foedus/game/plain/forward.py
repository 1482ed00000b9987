"""Section 9 of the theory page: push the distribution over states forward and add up, exactly."""

from dataclasses import dataclass

import numpy as np

from foedus.game.outcome import Outcome
from foedus.game.plain.board import Board
from foedus.game.plain.fighting import fighting_on
from foedus.game.plain.movement import after_turnover
from foedus.game.plain.rates import Rates, rates_of
from foedus.game.plain.stage import Play
from foedus.values.arrays import FloatArray
from foedus.values.words import Conduct, Threat, Tier


@dataclass(frozen=True, eq=False)
class Course:
    """Where the game is, period by period, as long as there is no war."""

    presence: FloatArray
    """(period, type, b, k, s) chance of being in each state when the period begins."""
    left: FloatArray
    """(type, b, k, s) the same after the last period."""


def outcome_of(play: Play, *, board: Board, horizon: int) -> Outcome:
    """Return exact outcomes of ``play`` over ``horizon`` periods from the start state."""
    rates = rates_of(play, board=board)
    presence = forward(rates, play=play, board=board, horizon=horizon).presence
    visits = presence.sum(axis=0)
    war = np.einsum("htbks,tgebks->hge", presence, rates.war)
    seen = np.einsum("tbks,tglnebks->glne", visits, rates.event)
    honoured, breached = _obligations(seen.sum(axis=(0, 1)), board=board)
    defend = float(war[:, :, Tier.DEFEND].sum())
    value = np.einsum("pbks,bks->p", play.position.value, board.start())
    fight_A, fight_P, fight_G = fighting_on(board.future)
    return Outcome(
        war=float(war.sum()),
        defend=defend,
        entrap=float(war[:, Conduct.PROVOKE, Tier.DEFEND].sum()),
        conquest=float(np.einsum("tbks,tgebks,ek->", visits, rates.war, board.war.win)),
        lost=float(board.future.slice * np.einsum("tbks,tnebks->", visits, rates.capture)),
        seizures=float(seen[:, Threat.SEIZE].sum()),
        coercions=float(seen[:, Threat.COERCE].sum()),
        provocations=float(seen[Conduct.PROVOKE].sum()),
        withdrawals=float(np.einsum("tbks,tnebks->", visits, rates.withdrawal)),
        honoured=honoured,
        breached=breached,
        cost_guarantors=_costs(play, rates=rates, visits=visits, defend=defend, board=board),
        value_A=float(value[0]),
        value_P=float(value[1]),
        value_G=(float(value[2]), float(value[3])),
        fight_A=fight_A,
        fight_P=fight_P,
        fight_G=fight_G,
        war_by_t=tuple(float(x) for x in war.sum(axis=(1, 2))),
    )


def forward(rates: Rates, *, play: Play, board: Board, horizon: int) -> Course:
    """Return the chance of each true type and state at the start of every period, from (prior, balance_0, s = 0)."""
    prior = board.future.prior
    here = np.array([1.0 - prior, prior])[:, None, None, None] * board.start()
    presence = np.empty((horizon, *here.shape))
    for t in range(horizon):
        presence[t] = here
        here = _next(here, rates=rates, play=play, board=board)
    return Course(presence=presence, left=here)


def _next(here: FloatArray, *, rates: Rates, play: Play, board: Board) -> FloatArray:
    """Move the mass that stays at peace: belief by the landing, slices by captures, balance, then governments."""
    stay = here[:, None, None] * rates.quiet
    lose = here[:, None, None] * rates.capture
    toward = play.landing.weights(nodes=board.grid.beliefs)
    landed = np.einsum("tnebks,nebksc->tecks", stay, toward)
    landed[..., 1:] += np.einsum("tnebks,nebksc->tecks", lose, toward)[..., :-1]
    moved = np.einsum("tecks,ekj->tcjs", landed, board.transition)
    new_type = after_turnover(by_type=np.eye(2), future=board.future)
    return np.asarray(np.einsum("tbks,tu->ubks", moved, new_type))


def _obligations(seen: FloatArray, *, board: Board) -> tuple[float, float]:
    """Return expected numbers honoured and breached, from (n, e) the expected number of determinations and tiers.

    An obligation falls due on n if anybody promised anything; the tier required is the largest that somebody promised
    with strength 0.5 or more, or support if none was.
    """
    strongest = board.compiled.oblige.max(axis=0)
    honoured = breached = 0.0
    for n in np.flatnonzero(strongest[:, Tier.SUPPORT] > 0):
        required = max((r for r in (1, 2, 3) if strongest[n, r] >= 0.5), default=1)
        honoured += float(seen[n, required:].sum())
        breached += float(seen[n, :required].sum())
    return honoured, breached


def _costs(play: Play, *, rates: Rates, visits: FloatArray, defend: float, board: Board) -> tuple[float, ...]:
    """Return (i) expected undiscounted cost: tiers executed in which i joined, and its share of wars of defence."""
    compiled, future = board.compiled, board.future
    proposed = visits[:, None, None] * rates.found[:, None] * play.proposal
    costs = []
    for i, multiplier in enumerate(compiled.cost_weight.tolist()):
        joined = np.einsum("tnrbks,tnrbks->r", proposed, board.table.chance_joined(member=i, gain=play.gain))
        costs.append(multiplier * (float(joined @ np.array(future.tier_cost)) + future.war_cost_G * defend))
    return tuple(costs)
