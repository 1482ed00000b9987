"""Section 9 of the theory page: push the distribution over states forward and add up, exactly."""

from dataclasses import dataclass

import numpy as np

from foedus.game.outcome import Outcome
from foedus.game.plain.accounts import costs, obligations, wars_of
from foedus.game.plain.board import ADVERSARY, HIGH, LOW, PROTECTED, Board
from foedus.game.plain.fighting import fighting_on
from foedus.game.plain.movement import after_turnover
from foedus.game.plain.rates import Rates, rates_of
from foedus.game.plain.stage import SEIZURE, Play
from foedus.values.arrays import FloatArray
from foedus.values.words import Ground, Threat


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
    war_by_t = np.einsum("htbks,tcanebks->h", presence, rates.war)
    wars = wars_of(rates, visits=visits, board=board)
    seen = np.einsum("tbks,tclnebks->clne", visits, rates.event)
    honoured, breached = obligations(seen.sum(axis=(0, 1)), wars=wars, board=board)
    value = np.einsum("pbks,bks->p", play.position.value, board.start())
    fight_A, fight_P, fight_G = fighting_on(board.future)
    return Outcome(
        war=float(war_by_t.sum()),
        defend=float(wars.defended.sum()),
        entrap=float(wars.defended[Ground.PROVOCATION].sum()),
        accidental=float(wars.begun[Ground.ACCIDENT].sum()),
        conquest=_conquest(rates, visits=visits, board=board),
        lost=float(board.future.slice * _count(visits, rates.capture)),
        seizures=float(seen[:, Threat.SEIZE].sum()),
        invasions=float(seen[:, Threat.INVADE].sum()),
        coercions=float(seen[:, Threat.COERCE].sum()),
        provocations=float(seen[Ground.PROVOCATION].sum()),
        accidents=float(seen[Ground.ACCIDENT].sum()),
        withdrawals=_count(visits, rates.withdrawal),
        resisted=float(wars.begun[:, SEIZURE].sum()),
        yielded=_count(visits, rates.yielded),
        honoured=honoured,
        breached=breached,
        cost_guarantors=costs(play, rates=rates, visits=visits, war_by_t=war_by_t, board=board),
        value_A=float(value[ADVERSARY]),
        value_P=float(value[PROTECTED]),
        value_G=(float(value[LOW]), float(value[HIGH])),
        fight_A=fight_A,
        fight_P=fight_P,
        fight_G=fight_G,
        war_by_t=tuple(float(x) for x in war_by_t),
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


def _conquest(rates: Rates, *, visits: FloatArray, board: Board) -> float:
    """Return the expected number of wars that the adversary wins, each at the force that was fought with."""
    alone, together = board.war.win[:, None, None, None, :, None, :, None]
    won = (1.0 - board.defended[:, :, :, :, None]) * alone + board.defended[:, :, :, :, None] * together
    return float(np.einsum("tbks,tcanebks,tanebks->", visits, rates.war, np.broadcast_to(won, rates.war[:, 0].shape)))


def _count(visits: FloatArray, rate: FloatArray) -> float:
    """Return the expected number of periods in which something happens at ``rate`` (type, n, e, b, k, s)."""
    return float(np.einsum("tbks,tnebks->", visits, rate))
