"""The odds that bots play by: the equilibrium of an arrangement in one drawn future, at the start of the game.

One future is drawn, and in it whether the coalition is of the high type. The kernel solves the game there. Read off at
the start state (the prior belief, the balance of the first day, nothing lost) are

    proposes[n][r]    chance that the framework nation proposes tier r on finding n, and, once war is on, defence;
    joins[n:r][i]     chance that guarantor i joins tier r on n: the principal branch of section 6 of docs/theory.md at
                      the gain X that the solution gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import get_ident

import numpy as np

from foedus.arrangement.record import Arrangement
from foedus.exercise.bots.play_odds import PlayOdds
from foedus.futures.compile import balances_of, games_of
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import draw
from foedus.game.future import Future
from foedus.game.grid import Grid
from foedus.game.kernel.batch import memory_of
from foedus.game.kernel.keeping.ready import CodeFor, make_ready
from foedus.game.kernel.search.find import Found, find, marked_alike, terms_of
from foedus.game.kernel.search.iterate import Memory
from foedus.game.kernel.stage.clauses import pack_clauses, pack_future
from foedus.game.kernel.stage.layout import cells_of_slice
from foedus.game.plain.consultation import Proposals, crisis_duty, principal_branch, war_duty
from foedus.game.plain.movement import land
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray
from foedus.values.words import Determination, Tier

TOLERANCE, MAX_SWEEPS, HORIZON = 1e-4, 20_000, 20
BREACHES = (Determination.HYBRID, Determination.INCURSION, Determination.INVASION, Determination.PROVOKED)
CRISIS = (Tier.SUPPORT, Tier.DEPLOY)


@dataclass(frozen=True)
class _StartGains:
    """What the solution holds at the start, of the type that was drawn."""

    gain: FloatArray
    """(n - 1, r - 1) X of support and deployment."""
    propose: FloatArray
    """(n - 1, r - 1) chance that each is proposed."""
    war_gain: float
    """X of defence, support having been executed."""
    war_propose: FloatArray
    """(m) chance that defence is proposed in a war that m governs."""


def odds_for(
    arrangement: Arrangement,
    *,
    parameters: Parameters,
    seed: int,
    grid: Grid = Grid(),  # noqa: B008  a frozen value
) -> PlayOdds:
    """Draw a future and return the odds of its equilibrium."""
    members = arrangement.responders
    sample = draw(parameters, futures=1, seed=seed)
    values = dict(zip(sample.names, sample.values[0].tolist(), strict=True))
    game = games_of([arrangement], values, balances=balances_of([arrangement]))[0]
    compiled, future = game.compiled, game.future
    is_resolved = bool(np.random.default_rng([seed, 1]).random() < future.prior)
    found, fine = _solved(compiled, future, grid)
    start = _at_start(found, fine, future=future, grid=grid, is_resolved=is_resolved)
    is_settled = found.residual < TOLERANCE and found.miss < TOLERANCE
    return PlayOdds(
        seed=seed,
        is_resolved=is_resolved,
        basis=_basis(found, grid, seed),
        is_settled=is_settled,
        proposer=members[compiled.proposer] if members else "",
        proposes=_proposes(start, compiled),
        joins=_joins(start, compiled, future, members),
    )


def _solved(compiled: CompiledArrangement, future: Future, grid: Grid) -> tuple[Found, Memory]:
    f, a = pack_future(future), pack_clauses(compiled)
    terms = terms_of(grid=grid, horizon=HORIZON, tolerance=TOLERANCE, max_sweeps=MAX_SWEEPS)
    a, terms = marked_alike(a, terms)
    # Without it every rehearsal would compile the game anew, for minutes.
    make_ready(CodeFor.LARGE_GAMES if terms.many_chunks else CodeFor.GAMES)
    rough, fine, _ = memory_of(get_ident(), grid, len(a.x_grid))
    return find(f, a, terms=terms, rough=rough, fine=fine), fine


def _at_start(found: Found, fine: Memory, *, future: Future, grid: Grid, is_resolved: bool) -> _StartGains:
    """Average what the last sweep left over the nodes beside the start, slice 0."""
    with np.errstate(divide="ignore"):
        log_odds = np.log(future.prior) - np.log1p(-future.prior)
    belief = land(points=np.array(log_odds), nodes=grid.log_odds).weights(nodes=grid.beliefs)
    balance = land(points=np.array(future.balance_0), nodes=grid.balance).weights(nodes=grid.balances)
    th, shape = int(is_resolved), found.game.shape
    here = cells_of_slice(shape, 0)

    def averaged(of_cells: FloatArray) -> FloatArray:
        by_balance = of_cells[here, th].reshape(grid.balances, shape[3], *of_cells.shape[2:])
        by_belief = np.moveaxis(by_balance, 1, -2).reshape(*by_balance.shape[:1], *of_cells.shape[2:-1], -1)
        mean: FloatArray = np.einsum("k...b,k,b->...", by_belief[..., : grid.beliefs], balance, belief)
        return mean

    columns, e = slice(0, grid.balances), int(Tier.SUPPORT)
    return _StartGains(
        gain=averaged(fine.work.gain),
        propose=averaged(fine.work.propose),
        war_gain=float(balance @ found.lottery.gain[columns, e, th]),
        war_propose=np.asarray(balance @ found.defence.proposed[columns, :, e, th]),
    )


def _proposes(start: _StartGains, compiled: CompiledArrangement) -> Mapping[str, Mapping[str, int]]:
    odds = {}
    for n in BREACHES:
        chances = [0.0 if compiled.blocked[r] else float(start.propose[n - 1, r - 1]) for r in CRISIS]
        odds[_name(n)] = {
            "none": _mille(1.0 - sum(chances)),
            "support": _mille(chances[0]),
            "deploy": _mille(chances[1]),
            "defend": _mille(float(start.war_propose[n])),
        }
    return odds


def _joins(
    start: _StartGains, compiled: CompiledArrangement, future: Future, members: tuple[str, ...]
) -> Mapping[str, Mapping[str, int]]:
    crisis, war = crisis_duty(compiled=compiled, future=future), war_duty(compiled=compiled, future=future)
    asked = [(n, r) for n in BREACHES for r in (*CRISIS, Tier.DEFEND)]
    duties = [war[:, n, 0] if r is Tier.DEFEND else crisis[:, n, r] for n, r in asked]
    gains = [start.war_gain if r is Tier.DEFEND else float(start.gain[n - 1, r - 1]) for n, r in asked]
    tiers = np.array([int(r) for _, r in asked])
    proposals = Proposals(
        gain=np.array(gains),
        tier_cost=np.array(future.tier_cost)[tiers],
        quorum=compiled.quorum[tiers],
        duty=np.column_stack(duties),
    )
    chances = principal_branch(proposals, compiled=compiled, future=future)
    return {
        f"{_name(n)}:{r.name.lower()}": {party: _mille(float(chances[i, column])) for i, party in enumerate(members)}
        for column, (n, r) in enumerate(asked)
    }


def _basis(found: Found, grid: Grid, seed: int) -> str:
    return (
        f"equilibrium of one future, seed {seed}, on {grid.beliefs} beliefs, {grid.balances} balances and "
        f"{grid.slices} "
        f"slices, residual {found.residual:.1e}, at the start of the game"
    )


def _name(finding: Determination) -> str:
    return finding.name.lower()


def _mille(chance: float) -> int:
    return round(1000 * min(max(chance, 0.0), 1.0))
