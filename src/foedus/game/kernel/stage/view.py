"""What a sweep sees: the game, its working memory and the unknown, put together without counting owners."""

from typing import Any

from foedus.game.kernel.machine.jit import inlined, spliced
from foedus.game.kernel.machine.records import by_address
from foedus.game.kernel.machine.rows import entry
from foedus.game.kernel.stage.clauses import Clauses
from foedus.game.kernel.stage.game import Game
from foedus.game.kernel.stage.layout import (
    SweepView,
    Workspace,
    by_2_tier_place,
    by_3_place,
    by_3_spot_place,
    by_entry_place,
    by_finding_tier_6,
    by_party_3_place,
    by_party_place,
    by_place,
    by_spot_2_place,
    by_spot_3_place,
    by_threat,
    by_threat_finding,
    by_threat_place,
    by_tier,
    by_tier_party_place,
    by_type_proposal_place,
    numbers,
)


@spliced
def look(a: Clauses, game: Game, work: Workspace, z: Any, new: Any, noise: float) -> Any:
    """Gather what a sweep from z to ``new`` reads and writes, every lam being ``noise`` times as high."""
    points = len(a.x_grid)
    view = SweepView(
        game.shape,
        game.many_chunks,
        a.long_gains,
        game.band,
        game.move,
        game.governs,
        points,
        a.x_grid[0],
        a.x_grid[points - 1],
        a.interest[a.leader],
        a.cost_weight[a.leader],
        game.rho,
        game.phi,
        game.lam_A * noise,
        game.lam_P * noise,
        game.lam_G * noise,
        work.table,
        work.rise,
        numbers(game.x_grid),
        by_tier(game.duty),
        by_threat_finding(game.confusion),
        numbers(game.open),
        by_place(game.odds),
        by_finding_tier_6(game.war),
        by_tier(game.success),
        numbers(game.coerced),
        numbers(game.taken),
        numbers(game.delta),
        numbers(game.resent),
        by_threat(game.act),
        by_tier_party_place(work.ahead),
        by_tier_party_place(work.slope),
        by_spot_2_place(work.place),
        by_spot_3_place(work.choice),
        by_type_proposal_place(work.gain),
        by_type_proposal_place(work.propose),
        by_threat_place(work.course),
        by_3_place(work.found),
        by_party_3_place(work.value),
        by_2_tier_place(work.worth),
        by_party_3_place(work.result),
        by_3_spot_place(work.keep),
        by_party_place(work.rest),
        by_party_place(work.past),
        work.pace,
        by_entry_place(work.stays),
        by_entry_place(z),
        by_entry_place(new),
    )
    return by_address(view)


@inlined
def is_closed(v: Any, e: int) -> bool:
    """Tell whether tier e can never be executed."""
    return e > 0 and entry(v.open, (e,)) == 0.0


def is_marked(view: Any, name: str) -> bool:
    """Tell from the type of where a `SweepView` lies whether one of its marks is set."""
    return len(view.record.types[view.record.fields.index(name)]) > 0
