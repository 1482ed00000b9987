"""The command `export`: one or two periods of the game as a tree for Gambit."""

from pathlib import Path
from typing import Any

import click

from foedus.cli.leaving import Guarded
from foedus.cli.options.names import TEXT
from foedus.cli.options.run import overlays_option
from foedus.jobs.export import MOST_GUARANTORS, ExportRequest, export_tree
from foedus.jobs.telling.files import write_file

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("export", cls=Guarded)
@click.argument("file", type=TEXT)
@click.option(
    "--gambit",
    "target",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    required=True,
    help="The .efg file to write.",
)
@click.option("--periods", type=click.IntRange(1, 2), default=1, show_default=True, help="Periods of half a year.")
@click.option(
    "--guarantors",
    type=click.IntRange(0, MOST_GUARANTORS),
    help="Keep so many: the framework nation and the heaviest others.",
)
@click.option(
    "--balances",
    type=click.IntRange(1, 3),
    default=1,
    show_default=True,
    help="Values that the balance of forces may take in the second period.",
)
@click.option("--sure", "is_sure", is_flag=True, help="Let the mechanism find what was done: a much smaller tree.")
@click.option("--future", "future_file", type=_FILE, help="JSON as `foedus solve` reads it; the middle of every range.")
@overlays_option
def export_command(file: str, target: Path, **asked: Any) -> None:
    """Write one or two periods of the game as an extensive form that Gambit reads.

    Payoffs are divided by each player's lam: Gambit's agent logit equilibrium at lambda = 1 is the equilibrium of the
    theory page. What the tree leaves out is printed and stands in the file.
    """
    result = export_tree(ExportRequest(file, **asked))
    write_file(result.tree.encode(), file=target)
    click.echo(f"written: {target} ({result.size})")
    for line in result.said:
        click.echo(f"  {line}")
    click.echo(f'In Python: pygambit.qre.logit_solve_lambda(pygambit.read_efg("{target}"), lam=1.0)')


commands: tuple[click.Command, ...] = (export_command,)
