"""Write the pages and the picture that the program itself makes: `python -m bench.docs`.

docs/language.md, docs/checks.md, docs/architecture.md, four pages of docs/reference and docs/comparison.svg. The
figures of docs/benchmarks.md come from `python -m bench`. `python -m bench.docs.everything` writes the rest too:
figures and the case study of the explanation, the notebook, what the tutorials show.
"""

import argparse
import os
import re
import subprocess
import sys
from html import escape
from pathlib import Path

from bench.docs.architecture import architecture
from bench.docs.pages.commands import commands_page
from bench.docs.pages.functions import functions_page, outcomes_page
from bench.docs.pages.parameters import parameters_page
from bench.docs.where_to_add import ADDITIONS
from bench.measuring.page import ROOT
from foedus.arrangement.library import library_files, load_from_library
from foedus.futures.ensemble import Settings
from foedus.futures.parameters.load import default_parameters
from foedus.futures.solve import run_ensemble
from foedus.game import Grid
from foedus.game.outcomes import OUTCOMES
from foedus.insight.comparison.compare import compare
from foedus.insight.comparison.record import Comparison
from foedus.report.charts.rows import Mark, Panel, draw_rows
from foedus.report.charts.style import FONTS, MUTED
from foedus.report.words.labels import arrangement_labels
from foedus.report.words.numbers import percent, tick_percent, years
from foedus.values.atomic import write_together

DOCS = ROOT / "docs"
REFERENCES = {"language.md": ("schema", "--reference"), "checks.md": ("check", "--reference")}
PICTURE = "comparison.svg"
ARCHITECTURE = "architecture.md"
READ_OFF = {
    "reference/commands.md": commands_page,
    "reference/functions.md": functions_page,
    "reference/outcomes.md": outcomes_page,
    "reference/parameters.md": parameters_page,
}
MADE = (*REFERENCES, *READ_OFF, ARCHITECTURE, PICTURE)
THEATRE = "ukraine"
BASELINE = "no_guarantee"
_START = "from foedus.cli.main import main; main()"
_FOOT = 20.0
_EDGE = 6.0


def main() -> None:
    """Write what is asked for; everything when nothing is."""
    parser = argparse.ArgumentParser(prog="python -m bench.docs", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MADE))
    parser.add_argument("--futures", type=int, default=200, help="of the picture; 200 is the default of the command")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wanted = options.names or list(MADE)
    if unknown := set(wanted) - set(MADE):
        parser.error(f"not made by this command: {', '.join(sorted(unknown))}")
    made = {name: _reference(*REFERENCES[name]) for name in wanted if name in REFERENCES}
    made |= {name: write() for name, write in READ_OFF.items() if name in wanted}
    if ARCHITECTURE in wanted:
        made[ARCHITECTURE] = architecture(ADDITIONS)
    if PICTURE in wanted:
        made[PICTURE] = picture(_compare(futures=options.futures, seed=options.seed))
    for folder in dict.fromkeys((DOCS / name).parent for name in made):
        files = {Path(name).name: text.encode() for name, text in made.items() if (DOCS / name).parent == folder}
        for path in write_together(folder, files):
            print(path)


def picture(comparison: Comparison) -> str:
    """Draw the chance of war under each arrangement, on paper of its own so that it reads on a dark page too."""
    labels = arrangement_labels({name: load_from_library(f"{THEATRE}/{name}") for name in comparison.order})
    heading = f"{OUTCOMES['war'].words} within {years(comparison.horizon_years)}"
    panel = Panel(
        title=heading,
        unit="chance",
        marks=tuple(_mark(comparison, name) for name in comparison.order),
        tick=tick_percent,
    )
    svg = draw_rows(
        [panel],
        rows=[labels[name] for name in comparison.order],
        name="comparison",
        title=f"{heading}: {len(comparison.order)} arrangements for Ukraine",
        description=_description(comparison, labels=labels),
        baseline=comparison.order.index(comparison.baseline),
    )
    return _on_paper(svg, caption=_caption(comparison))


def _reference(*words: str) -> str:
    """Return what a command of foedus prints."""
    command = [sys.executable, "-c", _START, *words]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def _compare(*, futures: int, seed: int) -> Comparison:
    """Run what `foedus compare ukraine --baseline no_guarantee` runs."""
    arrangements = [load_from_library(name) for name in library_files() if name.startswith(f"{THEATRE}/")]
    grid = Grid()
    settings = Settings(
        futures=futures,
        seed=seed,
        horizon_periods=20,
        beliefs=grid.beliefs,
        balances=grid.balances,
        slices=grid.slices,
        tolerance=1e-4,
        max_sweeps=2000,
        method="kernel",
    )
    ensemble = run_ensemble(arrangements, default_parameters(), settings=settings, workers=os.cpu_count())
    return compare(ensemble, baseline=BASELINE)


def _mark(comparison: Comparison, name: str) -> Mark:
    war = comparison.spreads[name]["war"]
    middle = (war.lower_quarter, war.median, war.upper_quarter)
    return Mark(value=war.mean, low=war.low, high=war.high, text=percent(war.mean), middle=middle)


def _description(comparison: Comparison, *, labels: dict[str, str]) -> str:
    rows = "; ".join(f"{labels[name]}: {percent(comparison.spreads[name]['war'].mean)}" for name in comparison.order)
    return f"Average chance of renewed major war over sampled futures, from least to most. {rows}."


def _caption(comparison: Comparison) -> tuple[str, str]:
    used, drawn = comparison.convergence.used, comparison.convergence.futures
    futures = f"{drawn} sampled futures" if used == drawn else f"{used} of {drawn} sampled futures (the rest: no "
    futures += "" if used == drawn else "solution found)"
    return (
        "Dot and figure: average. Stroke: median. Thick bar: middle half of the futures; thin: 5 to 95 %. "
        "Hollow diamond: baseline.",
        f"The Ukraine library in {futures}, seed {comparison.settings.seed}. Conditional on the assumptions; "
        "not a forecast.",
    )


def _on_paper(svg: str, *, caption: tuple[str, str]) -> str:
    """Lay white paper under the drawing, with a margin, and write the caption at its foot."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if found is None:
        raise ValueError("the chart has no viewBox that begins at 0 0")
    width, height = (float(x) for x in found.groups())
    left, whole_width, whole_height = -_EDGE, width + 2 * _EDGE, height + 2 * _EDGE + _FOOT
    size = f'viewBox="{left:g} {left:g} {whole_width:g} {whole_height:g}" width="800"'
    paper = f'<rect x="{left:g}" y="{left:g}" width="{whole_width:g}" height="{whole_height:g}" rx="6" fill="#ffffff"/>'
    family = FONTS.replace('"', "'")
    lines = "".join(
        f'\n<text x="4" y="{height + 4 + 12 * n:g}" font-size="7.5" font-family="{family}" fill="{MUTED}">'
        f"{escape(line)}</text>"
        for n, line in enumerate(caption)
    )
    svg = svg.replace(found[0], size, 1).replace("</desc>", f"</desc>\n{paper}", 1)
    return f"{svg.removesuffix('</svg>')}{lines.lstrip()}\n</svg>\n"


if __name__ == "__main__":
    main()
