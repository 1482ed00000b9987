"""Draw the figures of the page that derives the model, from the game's own code: `python -m bench.docs.figures`.

Everything is computed at the middle of every range and for the Kyiv Security Compact unless a figure says otherwise,
so that the figures move with the parameters. The functions are those of the plain game, which the theory page cites.
"""

from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes

import foedus
from bench.measuring.page import ROOT
from foedus.arrangement.library import load_from_library
from foedus.futures.compile import balances_of, games_of
from foedus.futures.parameters.load import default_parameters
from foedus.game.future import Future
from foedus.game.plain.consultation import consult_in_crisis
from foedus.game.plain.fighting import protecting_force, winning_chance
from foedus.game.plain.logit import yes_chance
from foedus.game.plain.movement import posterior, reading
from foedus.mechanism.compiled import CompiledArrangement
from foedus.report.charts.style import ACCENT, FAINT, MAIN, MUTED, canvas, place, to_svg
from foedus.values.atomic import write_together

FOLDER = ROOT / "docs" / "explanation" / "figures"
TEXT = "ukraine/kyiv_security_compact_2022"
FUTURES = 200
_HEIGHT, _WIDTH = 2.6, 6.2
_STROKES = (("-", MAIN), ((0, (4, 2)), ACCENT), ((0, (1, 1.5)), MUTED))
_INVASION, _DEPLOY = 2, 2
"""Places in the tables of consultation: of the finding among the breaches, of the tier among all."""


def main() -> None:
    """Write every figure."""
    compiled, future = at_the_middle()
    figures = {
        "winning": winning(compiled, future),
        "choosing": choosing(future),
        "joining": joining(compiled, future),
        "learning": learning(future),
        "years": years(),
        "futures": futures(),
    }
    for path in write_together(FOLDER, {f"{name}.svg": f"{svg}\n".encode() for name, svg in figures.items()}):
        print(path)


def at_the_middle() -> tuple[CompiledArrangement, Future]:
    """Return the compact's arrays and the future at the middle of every range."""
    texts, values = [load_from_library(TEXT)], default_parameters().central
    (game,) = games_of(texts, values, balances=balances_of(texts))
    return game.compiled, game.future


def winning(compiled: CompiledArrangement, future: Future) -> str:
    """Section 3: the chance that the adversary wins, by balance, for each tier executed in the crisis."""
    force = protecting_force(compiled=compiled, future=future)
    balance = np.linspace(-2, 2, 81)
    lines = [
        ("nothing executed", winning_chance(future=future, balance=balance, force=force[0, 0])),
        ("support", winning_chance(future=future, balance=balance, force=force[0, 1])),
        ("support, then defence", winning_chance(future=future, balance=balance, force=force[1, 1])),
    ]
    return _lines(
        "winning",
        balance,
        lines,
        title="Chance that the adversary wins",
        across="log force ratio, adversary to protected state",
        description="The chance rises with the balance and falls with each tier that is executed in time.",
    )


def choosing(future: Future) -> str:
    """Section 2: the chance to choose the better of two actions, by how much it is better."""
    gain = np.linspace(-0.2, 0.2, 81)
    lines = [
        (f"lam = {lam:.3g}", yes_chance(gain, lam=lam)) for lam in (future.lam_A / 2, future.lam_A, 2 * future.lam_A)
    ]
    return _lines(
        "choosing",
        gain,
        lines,
        title="Chance to choose an action",
        across="value of the action less that of the other, in units of the stake",
        description="A logit: the better action is likelier the larger the gain and the smaller the noise lam.",
    )


def joining(compiled: CompiledArrangement, future: Future) -> str:
    """Section 6: the chance that a proposal to deploy is executed, by what it would gain, for three promises.

    The example asks for half of the members' weight, so that it is not the framework nation alone that decides.
    """
    quorum = compiled.quorum.copy()
    quorum[_DEPLOY] = -(-int(compiled.weight.sum()) // 2)
    gain = np.linspace(-0.2, 0.6, 81)
    lines = []
    for words, strength in (("nothing promised", 0.0), ("half bound", 0.5), ("fully bound", 1.0)):
        oblige = np.zeros_like(compiled.oblige)
        oblige[:, 1:, 1 : _DEPLOY + 1] = strength
        table = consult_in_crisis(compiled=replace(compiled, oblige=oblige, quorum=quorum), future=future)
        lines.append((words, table.chance_executed((_INVASION, _DEPLOY), gain=gain)))
    return _lines(
        "joining",
        gain,
        lines,
        title="Chance that a deployment is executed once proposed",
        across="what it would gain the coalition, per unit of interest",
        description="The chance rises with the gain, and with what was promised.",
    )


def learning(future: Future) -> str:
    """Section 5: belief in a resolute coalition after it deployed, by belief before, for three degrees of vagueness."""
    before = np.linspace(0.02, 0.98, 81)
    lines = []
    low, high = np.array(0.2), np.array(0.6)  # chances to deploy of an irresolute and a resolute coalition: an example
    for words, opacity in (("clear words", 0.0), ("half vague", 0.5), ("as vague as can be", 1.0)):
        read = [reading(response=chance, future=future, opacity=opacity) for chance in (low, high)]
        after = posterior(log_odds=np.log(before / (1 - before)), read_low=read[0], read_high=read[1])
        lines.append((words, after))
    return _lines(
        "learning",
        before,
        lines,
        title="Belief that the coalition is resolute, after it deployed",
        across="belief before",
        description="A response under clear words moves belief; under vague words it says less.",
    )


def years() -> str:
    """Section 9: the chance that war has broken out, by year, under three texts at the middle of every range."""
    texts = ("ukraine/no_guarantee", TEXT, "ukraine/nato_membership")
    ensemble = foedus.solve(list(texts)).ensemble
    when = np.arange(0, ensemble.war_by_period.shape[-1] + 1) / 2
    lines = [
        (name, np.concatenate([[0.0], np.cumsum(ensemble.war_by_period[0, n])]))
        for n, name in enumerate(("no guarantee", "the Compact of 2022", "NATO membership"))
    ]
    return _lines(
        "years",
        when,
        lines,
        top=min(1.0, 1.2 * max(chances[-1] for _, chances in lines)),
        title="Chance that major war has broken out, in one future",
        across="years",
        description="The chance builds up over the years, at another pace under each text.",
    )


def futures() -> str:
    """Section 10b: the chance of war under two texts, one dot for each future."""
    outcomes = foedus.compare([TEXT, "ukraine/no_guarantee"], futures=FUTURES).to_pandas()
    war = outcomes["war"].unstack("arrangement")
    with canvas(height=3.6, width=_WIDTH) as figure:
        axes = place(figure, left=0.6, top=0.35, width=3.0, height=2.7)
        axes.plot([0, 1], [0, 1], color=MUTED, linewidth=0.7)
        axes.scatter(war.iloc[:, 1], war.iloc[:, 0], s=9, color=MAIN, alpha=0.6, linewidths=0)
        _finish(axes, across="chance of war with no guarantee", title=f"The same {len(war)} futures under two texts")
        axes.set_ylabel("chance of war under the compact")
        axes.set_xlim(0, 1)
        words = "Each dot is a future. Below the line the compact leaves less war than no guarantee does."
        return to_svg(figure, name="futures", title="The same futures under two texts", description=words)


def _lines(
    name: str,
    across_values: np.ndarray,
    lines: list[tuple[str, np.ndarray]],
    *,
    title: str,
    across: str,
    description: str,
    top: float = 1.0,
) -> str:
    with canvas(height=_HEIGHT, width=_WIDTH) as figure:
        axes = place(figure, left=0.45, top=0.35, width=3.4, height=1.75)
        for (words, values), (dashes, colour) in zip(lines, _STROKES, strict=False):
            axes.plot(across_values, values, linestyle=dashes, color=colour, linewidth=1.5, label=words)
        _finish(axes, across=across, title=title, top=top)
        axes.set_xlim(across_values[0], across_values[-1])
        axes.legend(loc="center left", bbox_to_anchor=(1.02, 0.5), frameon=False)
        return to_svg(figure, name=name, title=title, description=description)


def _finish(axes: Axes, *, across: str, title: str, top: float = 1.0) -> None:
    axes.set_ylim(0, top)
    axes.set_xlabel(across)
    axes.grid(color=FAINT, linewidth=0.4)
    axes.set_title(title, loc="left", fontsize=8.5)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(True)


if __name__ == "__main__":
    main()
