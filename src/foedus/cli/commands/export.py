"""The command `export`: one or two periods of the game as a tree for Gambit."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from foedus.cli.commands.arrangement import load_or_exit
from foedus.cli.leaving import exit_with
from foedus.cli.options import parameters_or_exit
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import future_of
from foedus.game import Future, Grid
from foedus.game.gambit import TooLarge, around_start, finding_for_sure, keep_heaviest, left_out, periods_efg
from foedus.game.plain import Board
from foedus.mechanism.compiled import CompiledArrangement
from foedus.mechanism.from_arrangement import compile_arrangement

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_MOST_GUARANTORS = 2


@dataclass(frozen=True)
class _Cast:
    """Who plays, in arrays, and what was changed to make the tree small enough."""

    compiled: CompiledArrangement
    names: tuple[str, ...]
    changes: list[str] = field(default_factory=list)


@click.command("export")
@click.argument("file")
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
    type=click.IntRange(0, _MOST_GUARANTORS),
    help="Keep so many: the framework nation and the heaviest others.",
)
@click.option(
    "--balances",
    type=click.IntRange(1, 3),
    default=1,
    show_default=True,
    help="Values that the balance of forces may take in the second period.",
)
@click.option("--sure", is_flag=True, help="Let the mechanism find what was done: a much smaller tree.")
@click.option("--future", "future_file", type=_FILE, help="JSON as `foedus solve` reads it; the middle of every range.")
@click.option("--parameters", "overlays", type=_FILE, multiple=True, help="Parameter files laid over the default.")
def export_command(
    file: str,
    target: Path,
    periods: int,
    guarantors: int | None,
    balances: int,
    sure: bool,
    future_file: Path | None,
    overlays: tuple[Path, ...],
) -> None:
    """Write one or two periods of the game as an extensive form that Gambit reads.

    Payoffs are divided by each player's lam: Gambit's agent logit equilibrium at lambda = 1 is the equilibrium of the
    theory page. What the tree leaves out is printed and stands in the file.
    """
    parameters = parameters_or_exit(overlays)
    cast = _cast(file, parameters, guarantors=guarantors, sure=sure)
    future = _future(future_file, parameters)
    try:
        grid, state = around_start(future, balances=balances, slices=Grid().slices)
        board = Board.lay_out(compiled=cast.compiled, future=future, grid=grid)
        text = periods_efg(board, state=state, periods=periods, remarks=[*_who(cast.names), *cast.changes])
    except TooLarge as error:
        exit_with(f"{file}: {error}; {_smaller(periods, balances, sure, cast.names)}.")
    except ValueError as error:
        exit_with(f"{file}: {error}")
    target.write_text(text, encoding="utf-8")
    said = [*_who(cast.names), *cast.changes, *left_out(board, periods=periods, state=state)]
    _report(target, text, said)


def _cast(file: str, parameters: Parameters, *, guarantors: int | None, sure: bool) -> _Cast:
    compilation = compile_arrangement(load_or_exit(file), parameters.central)
    compiled, names, changes = compilation.compiled, compilation.members, []
    present = len(names)
    if guarantors is None and present > _MOST_GUARANTORS and not compiled.blocked[1:].all():
        exit_with(
            f"{file}: has {present} guarantors and supporters, and a tree holds at most {_MOST_GUARANTORS}; write "
            f"--guarantors {_MOST_GUARANTORS} to keep the framework nation and the heaviest other, the weight that a "
            "decision needs being scaled to theirs."
        )
    if guarantors is not None and guarantors < present:
        compiled, kept = keep_heaviest(compiled, guarantors=guarantors)
        names = tuple(names[i] for i in kept)
        changes.append(
            f"{len(kept)} of {present} guarantors and supporters are kept, the weight needed scaled to theirs."
        )
    if compiled.blocked[1:].all():
        names = ()
    if sure:
        compiled = finding_for_sure(compiled)
        changes.append("The mechanism finds what was done, whatever monitoring the text provides.")
    return _Cast(compiled=compiled, names=names, changes=changes)


def _future(file: Path | None, parameters: Parameters) -> Future:
    if file is None:
        return future_of(parameters.central)
    try:
        return Future.from_mapping(json.loads(file.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        exit_with(f"{file}: {error}")


def _who(names: Sequence[str]) -> list[str]:
    """Say who plays."""
    players = ["P is the protected state", "A the adversary", *(f"G{i} is {name}" for i, name in enumerate(names))]
    return [", ".join(players) + ("." if names else "; no tier can be proposed, so no guarantor plays.")]


def _smaller(periods: int, balances: int, sure: bool, names: Sequence[str]) -> str:
    ways = {
        "--sure": not sure,
        "--balances 1": balances > 1,
        "--guarantors 1": len(names) > 1,
        "--periods 1": periods > 1,
    }
    return "make it smaller by " + " or ".join(way for way, helps in ways.items() if helps)


def _report(target: Path, text: str, said: Sequence[str]) -> None:
    ends, choices = text.count("\nt "), {line.split('"')[3] for line in text.splitlines() if line.startswith("p ")}
    click.echo(f"written: {target} ({ends:,} ends, {len(choices):,} information sets)")
    for line in said:
        click.echo(f"  {line}")
    click.echo(f'In Python: pygambit.qre.logit_solve_lambda(pygambit.read_efg("{target}"), lam=1.0)')


commands = (export_command,)
