"""The texts that the essays speak of: what the checks find in them, and what the futures say."""

from collections.abc import Mapping, Sequence

import foedus
from foedus.arrangement.vocabulary import TierWord
from foedus.futures.parameters.load import default_parameters
from foedus.game.outcomes import OUTCOMES
from foedus.insight.claims.load import load_claim, packaged_claims
from foedus.insight.claims.record import ArgumentOrigin
from foedus.jobs.compare import CompareResult
from foedus.report.charts.rows import Mark, Panel, draw_rows
from foedus.report.words.numbers import percent, points, points_range, tick_percent, years

_SHOWN = ("war", "lost")


def spoken_of(origin: ArgumentOrigin) -> list[str]:
    """Name the texts that the claims of an essay compare, each once, in the order of the claims."""
    parameters = default_parameters()
    claims = [load_claim(file, parameters=parameters) for file in packaged_claims().values()]
    sides = [side.base for claim in claims if claim.origin is origin for side in claim.sides]
    return list(dict.fromkeys(name for name in sides if name.startswith("ukraine/")))


def checks_table(compared: CompareResult, *, names: Mapping[str, Sequence[str]]) -> str:
    """Say of each text which essay speaks of it, how much it covers, and which grave faults the checks find."""
    rows = [
        "| text | spoken of in | somebody must help in | with forces in | grave faults | left open |",
        "|---|---|---|---|---|---|",
    ]
    for name in compared.comparison.order:
        text = compared.texts[name]
        (examination,) = foedus.check(text.arrangement).examinations
        coverage = compared.coverage[name]
        essays = " and ".join(essay for essay, said in names.items() if f"ukraine/{name}" in said) or "neither"
        faults = ", ".join(dict.fromkeys(f"{each.id} {each.title}" for each in examination.faults)) or "none"
        gaps = ", ".join(dict.fromkeys(each.id for each in examination.gaps)) or "–"
        with_forces = coverage.owed[TierWord.DEPLOY] / coverage.incidents
        rows.append(
            f"| {text.label} | {essays} | {percent(coverage.share)} | {percent(with_forces)} | {faults} | {gaps} |"
        )
    return "\n".join(rows)


def outcomes_table(compared: CompareResult) -> str:
    """Say what the futures say of each text, and of its difference from none."""
    said = compared.comparison
    rows = [
        "| text | major war | less the baseline's, points (95 %) | less war in, of 100 | territory lost | "
        "guarantors at war | adversary would sign, of 100 |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in said.order:
        spread = said.spreads[name]
        cells = [compared.texts[name].label, *(percent(spread[outcome].mean) for outcome in ("war",))]
        if name == said.baseline:
            cells += ["baseline", "–"]
        else:
            war = said.differences[name]["war"]
            interval = points_range(war.mean.low, war.mean.high)
            cells += [f"{points(war.mean.value)} ({interval})", f"{100 * war.lower.value:.0f}"]
        signs = compared.ensemble.outcomes[:, list(compared.ensemble.arrangements).index(name), _column("gain_A")]
        clear = signs[compared.ensemble.converged.all(axis=1)] > 10 * compared.run.tolerance
        cells += [percent(spread["lost"].mean), percent(spread["defend"].mean), f"{100 * clear.mean():.0f}"]
        rows.append(f"| {' | '.join(cells)} |")
    used = said.convergence.used
    return "\n".join(
        [*rows, "", f"Over the {used} of {said.convergence.futures} futures in which every game was solved."]
    )


def chart_of_outcomes(compared: CompareResult) -> str:
    """Draw war and territory lost under each text, over the futures."""
    said = compared.comparison
    panels = [
        Panel(
            title=OUTCOMES[outcome].words if outcome == "lost" else f"Major war in {years(said.horizon_years)}",
            unit=OUTCOMES[outcome].unit,
            marks=tuple(_mark(said.spreads[name][outcome]) for name in said.order),
            tick=tick_percent,
        )
        for outcome in _SHOWN
    ]
    return draw_rows(
        panels,
        rows=[compared.texts[name].label for name in said.order],
        name="case-outcomes",
        title="The texts of the two essays in the same futures",
        description="Dot and figure: average; thick bar: middle half of the futures; thin bar: 5 to 95 %.",
        baseline=said.order.index(said.baseline),
    )


def _mark(spread: object) -> Mark:
    middle = (spread.lower_quarter, spread.median, spread.upper_quarter)  # type: ignore[attr-defined]
    value, low, high = spread.mean, spread.low, spread.high  # type: ignore[attr-defined]
    return Mark(value=value, low=low, high=high, text=percent(value), middle=middle)


def _column(outcome: str) -> int:
    return list(OUTCOMES).index(outcome)
