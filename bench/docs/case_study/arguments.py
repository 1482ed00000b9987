"""What the essays argue, tried: in how many futures each claim holds, and where the model disagrees."""

from collections.abc import Sequence

from matplotlib.ticker import FuncFormatter

from foedus.insight.claims.answer import ClaimAnswer, ClaimRuling
from foedus.report.charts.style import ACCENT, BAND, FAINT, INK, LIGHT, MAIN, MUTED, WIDTH, canvas, place, to_svg
from foedus.report.claims.words import effect_cell, ruling_sentence, told_apart_sentence
from foedus.report.words.labels import wrapped
from foedus.report.words.numbers import tick_percent

DISAGREES = (ClaimRuling.REFUTED, ClaimRuling.MOSTLY_FAILS, ClaimRuling.SELDOM)
LITTLE = (ClaimRuling.NO_DIFFERENCE,)
SILENT = (ClaimRuling.UNTESTED, ClaimRuling.NOTHING_TO_JUDGE)
_SORTS = (
    (DISAGREES, "Here the model disagrees", "In no claim does the model disagree."),
    (LITTLE, "Here it finds little either way", ""),
    (SILENT, "Here it cannot say anything", ""),
)
_LEFT, _ROW, _TOP, _RIGHT = 2.9, 0.3, 0.34, 1.35


def claims_table(answers: Sequence[ClaimAnswer]) -> str:
    """List the claims of an essay with their counts, those that hold most often first."""
    rows = [
        "| claim | holds of 100 | equal | fails | ahead by, on average | by the rule |",
        "|---|---|---|---|---|---|",
    ]
    for answer in _in_order(answers):
        shares = (_hundred(share.value) if share else "–" for share in (answer.holds, answer.level, answer.fails))
        link = f"[{answer.claim.in_short}](../claims.md#{_anchor(answer.claim.in_short)})"
        cells = (link, *shares, effect_cell(answer).replace("\n", "; ") or "–", str(answer.ruling))
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def disagreements(answers: Sequence[ClaimAnswer]) -> str:
    """Tell every claim that the model does not bear out: what it finds, and what it cannot see."""
    parts = []
    for rulings, heading, otherwise in _SORTS:
        chosen = [answer for answer in _in_order(answers) if answer.ruling in rulings]
        if chosen:
            parts += [f"**{heading}.**", "", *(_told(answer) for answer in chosen), ""]
        elif otherwise:
            parts += [otherwise, ""]
    return "\n".join(parts)


def chart_of_claims(answers: Sequence[ClaimAnswer], *, name: str) -> str:
    """Draw of each claim in which share of the futures it is ahead, level and behind."""
    rows = [answer for answer in _in_order(answers) if answer.holds and answer.level and answer.fails]
    with canvas(height=_TOP + _ROW * len(rows) + 0.3) as figure:
        axes = place(figure, left=_LEFT, top=_TOP, width=WIDTH - _LEFT - _RIGHT, height=_ROW * len(rows))
        axes.set(xlim=(0, 1), ylim=(len(rows) - 0.5, -0.5), yticks=[], xticks=[0, 0.25, 0.5, 0.75, 1])
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: tick_percent(x)))
        axes.patch.set_visible(False)
        for row, answer in enumerate(rows):
            if row % 2 == 0:
                axes.axhspan(
                    row - 0.5, row + 0.5, xmin=-0.95, xmax=1.45, color=BAND, linewidth=0, clip_on=False, zorder=0
                )
            left = 0.0
            for width, colour in zip(_thirds(answer), (MAIN, LIGHT, ACCENT), strict=True):
                axes.barh(row, width, left=left, height=0.55, color=colour, linewidth=0)
                left += width
            axes.annotate(
                wrapped(answer.claim.in_short, width=46),
                xy=(0, row),
                xycoords=("axes fraction", "data"),
                xytext=(-(_LEFT - 0.06) * 72, 0),
                textcoords="offset points",
                va="center",
                ha="left",
                color=INK,
            )
            axes.annotate(
                str(answer.ruling),
                xy=(1, row),
                xycoords=("axes fraction", "data"),
                xytext=(6, 0),
                textcoords="offset points",
                va="center",
                ha="left",
                fontsize=6.8,
                color=MUTED,
            )
        axes.axvline(0.5, color=FAINT, linewidth=0.8)
        for x, words, colour in ((0.0, "holds", MAIN), (0.22, "cannot be told apart", MUTED), (0.72, "fails", ACCENT)):
            axes.annotate(
                words,
                xy=(x, 1),
                xycoords="axes fraction",
                xytext=(0, 6),
                textcoords="offset points",
                ha="left",
                va="bottom",
                color=colour,
                fontweight="bold",
            )
        words = "For each claim: the share of futures in which the claimed side is ahead, level, and behind."
        return to_svg(figure, name=name, title="Claims of the essay, by share of futures", description=words)


def _thirds(answer: ClaimAnswer) -> tuple[float, float, float]:
    """Return the shares ahead, neither, behind; one content with a tie counts level futures as holding too."""
    holds, level, fails = (share.value if share else 0.0 for share in (answer.holds, answer.level, answer.fails))
    ahead = holds if answer.claim.is_strict else max(1 - level - fails, 0.0)
    return ahead, 1 - ahead - fails, fails


def _told(answer: ClaimAnswer) -> str:
    claim = answer.claim
    found = " ".join(filter(None, (ruling_sentence(answer), told_apart_sentence(answer))))
    lines = [
        f"- *{claim.in_short}.* {claim.statement.strip()}",
        f"  - The model: {found}",
        f"  - The literature: {claim.reading.strip()}",
    ]
    lines += (
        [f"  - What the model cannot see: {' '.join(limit.strip() for limit in claim.limits)}"] if claim.limits else []
    )
    return "\n".join(lines)


def _in_order(answers: Sequence[ClaimAnswer]) -> list[ClaimAnswer]:
    return sorted(
        answers, key=lambda each: (each.holds is None, -(each.holds.value if each.holds else 0), each.claim.id)
    )


def _hundred(share: float) -> str:
    return f"{100 * share:.0f}"


def _anchor(heading: str) -> str:
    kept = "".join(sign for sign in heading.lower() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")
