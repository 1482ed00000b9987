"""Export one or two periods of the game as a tree that Gambit reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from foedus.errors import WrongRequest
from foedus.futures.parameters.load import load_parameters
from foedus.futures.parameters.record import Parameters
from foedus.futures.sample import future_of
from foedus.game import Future
from foedus.game.gambit import TooLarge, around_start, finding_for_sure, keep_heaviest, left_out, periods_efg
from foedus.game.plain import Board
from foedus.jobs.asking.defaults import GRID
from foedus.jobs.asking.texts import Given, load_text
from foedus.jobs.solve import future_from, read_game
from foedus.jobs.telling.showing import JobResult, print_sentences
from foedus.mechanism.compiled import CompiledArrangement
from foedus.mechanism.from_arrangement import compile_arrangement

MOST_GUARANTORS = 2


@dataclass(frozen=True)
class ExportRequest:
    """Which text to write as a tree, and how small."""

    text: Given
    periods: int = 1
    """Periods of half a year, 1 or 2."""
    guarantors: int | None = None
    """Guarantors kept, at most `MOST_GUARANTORS`; all where None."""
    balances: int = 1
    """Values that the balance of forces may take in the second period."""
    is_sure: bool = False
    """Whether the mechanism finds what was done, whatever the text provides."""
    future_file: Path | None = None
    """JSON as `foedus solve` reads it; the middle of every range where None."""
    overlays: tuple[Path, ...] = ()
    """Parameter files laid over the default."""


@dataclass(frozen=True, eq=False, repr=False)
class ExportResult(JobResult):
    """A tree for Gambit, and what it leaves out."""

    tree: str
    said: tuple[str, ...]
    """Who plays, what was changed, what the tree leaves out."""

    def print_on(self, console: Console) -> None:
        """Print how large the tree is, who plays, and what it leaves out."""
        print_sentences((self.size, *(f"  {line}" for line in self.said)), console=console)

    @property
    def size(self) -> str:
        """How large it is, in words."""
        ends = self.tree.count("\nt ")
        choices = {line.split('"')[3] for line in self.tree.splitlines() if line.startswith("p ")}
        return f"{ends:,} ends, {len(choices):,} information sets"


@dataclass(frozen=True)
class _Cast:
    """Who plays, in arrays, and what was changed to make the tree small enough."""

    compiled: CompiledArrangement
    names: tuple[str, ...]
    changes: list[str] = field(default_factory=list)


def export_tree(request: ExportRequest) -> ExportResult:
    """Write the tree; raise `WrongRequest` that says how to make it smaller where it is too large."""
    parameters = load_parameters(request.overlays)
    cast = _cast(request, parameters)
    future = _future(request.future_file, parameters)
    try:
        grid, state = around_start(future, balances=request.balances, slices=GRID.slices)
        board = Board.lay_out(compiled=cast.compiled, future=future, grid=grid)
        remarks = [*_who(cast.names), *cast.changes]
        tree = periods_efg(board, state=state, periods=request.periods, remarks=remarks)
    except TooLarge as error:
        raise WrongRequest(f"{request.text}: {error}; {_smaller(request, cast.names)}.") from error
    except ValueError as error:
        raise WrongRequest(f"{request.text}: {error}") from error
    return ExportResult(tree, (*remarks, *left_out(board, periods=request.periods, state=state)))


def _cast(request: ExportRequest, parameters: Parameters) -> _Cast:
    compilation = compile_arrangement(load_text(request.text).arrangement, parameters.central)
    compiled, names, changes = compilation.compiled, compilation.members, []
    present, wanted = len(names), request.guarantors
    if wanted is None and present > MOST_GUARANTORS and not compiled.blocked[1:].all():
        raise WrongRequest(
            f"{request.text}: has {present} guarantors and supporters, and a tree holds at most {MOST_GUARANTORS}; "
            f"write --guarantors {MOST_GUARANTORS} to keep the framework nation and the heaviest other, the weight "
            "that a decision needs being scaled to theirs."
        )
    if wanted is not None and wanted < present:
        compiled, kept = keep_heaviest(compiled, guarantors=wanted)
        names = tuple(names[i] for i in kept)
        changes.append(
            f"{len(kept)} of {present} guarantors and supporters are kept, the weight needed scaled to theirs."
        )
    if compiled.blocked[1:].all():
        names = ()
    if request.is_sure:
        compiled = finding_for_sure(compiled)
        changes.append("The mechanism finds what was done, whatever monitoring the text provides.")
    return _Cast(compiled=compiled, names=names, changes=changes)


def _future(file: Path | None, parameters: Parameters) -> Future:
    return future_of(parameters.central) if file is None else read_game(future_from, file)


def _who(names: Sequence[str]) -> list[str]:
    """Say who plays."""
    players = ["P is the protected state", "A the adversary", *(f"G{i} is {name}" for i, name in enumerate(names))]
    return [", ".join(players) + ("." if names else "; no tier can be proposed, so no guarantor plays.")]


def _smaller(request: ExportRequest, names: Sequence[str]) -> str:
    ways = {
        "--sure": not request.is_sure,
        "--balances 1": request.balances > 1,
        "--guarantors 1": len(names) > 1,
        "--periods 1": request.periods > 1,
    }
    return "make it smaller by " + " or ".join(way for way, helps in ways.items() if helps)
