"""Many games side by side, on JAX's processor device; only the table of consultation is the kernel's."""

import dataclasses
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from foedus.cli.main import main
from foedus.errors import DeviceUnavailable
from foedus.futures import solve as ensemble_solver
from foedus.game import Future, Grid, Solution, solve
from foedus.game.kernel import solve_batch
from foedus.game.plain.movement import balance_transition
from foedus.game.wide import batch, desk, device, require_device, sheet, solve_wide
from foedus.mechanism.compiled import CompiledArrangement
from foedus.values.arrays import FloatArray
from tests.futures.specimens import SMALL, assert_same_bits, solved
from tests.game.specimens import compiled, future

GRID = Grid(beliefs=5, balances=11, slices=2)
"""As many balances as it takes for the shock to be shared between neighbours."""
STATE = (GRID.balances, GRID.beliefs)
HOT = {"lam_P": 0.06, "lam_A": 0.06, "lam_G": 0.3}
"""Noise at which these games have one equilibrium each."""
ARRANGEMENTS = [compiled(seed, members=1 + seed % 4) for seed in range(30, 34)]
ARRANGEMENTS[2] = compiled(32, x_grid=np.array([-0.5, -0.1, 0.0, 0.02, 0.3, 0.5, 1.0, 2.0]))
FUTURES = [future(seed, **HOT) for seed in range(30, 34)]
PAIRS = [(arrangement, world) for arrangement in ARRANGEMENTS for world in FUTURES]
SEATS = 12
"""Fewer than there are games: seats are filled again when most of them are over."""
TERMS: dict[str, Any] = {"grid": GRID, "horizon": 8, "tolerance": 1e-8, "max_sweeps": 2000}


def columns(pairs: Sequence[tuple[CompiledArrangement, Future]]) -> tuple[list[CompiledArrangement], list[Future]]:
    return [arrangement for arrangement, _ in pairs], [world for _, world in pairs]


def apart(left: Solution, right: Solution) -> float:
    """Return the largest difference of any entry of the outcomes."""
    pairs = zip(left.outcome.to_mapping().values(), right.outcome.to_mapping().values(), strict=True)
    return max(float(np.max(np.abs(np.subtract(a, b)))) for a, b in pairs)


@pytest.fixture(scope="module")
def found() -> Iterator[list[Solution]]:
    """Solve on a desk that is filled again, and left for a narrower one by the last games."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk, "NARROWEST", 1)
        yield solve_wide(*columns(PAIRS), device="cpu", together=SEATS, **TERMS)


def test_side_by_side_and_in_the_kernel_the_same_games_are_solved(found: list[Solution]) -> None:
    """Every outcome of every arrangement in every future agrees; points of X are even for some and uneven for one."""
    kernel = solve_batch(*columns(PAIRS), threads=1, **TERMS)
    assert all(each.is_converged and each.method == "wide" for each in found)
    assert all(each.is_converged for each in kernel)
    assert max(apart(ours, theirs) for ours, theirs in zip(found, kernel, strict=True)) < 1e-6


def test_a_seat_beside_others_changes_nothing(found: list[Solution], monkeypatch: pytest.MonkeyPatch) -> None:
    """Three at a time or twelve, in seats that others have left, asking early or late: the answers are the same."""
    heard: list[int] = []
    monkeypatch.setattr(sheet, "FIRST_ASKED", (0.0, 0.0))
    again = solve_wide(*columns(PAIRS), device="cpu", together=SEATS // desk.NARROWER, progress=heard.append, **TERMS)
    assert max(apart(a, b) for a, b in zip(found, again, strict=True)) < 1e-8
    assert [a.sweeps for a in found] == [b.sweeps for b in again]
    assert heard == list(range(1, len(PAIRS) + 1))


def test_too_few_sweeps_are_reported_not_hidden() -> None:
    """A game that was not solved to tolerance says so, and by how much it misses."""
    for each in solve_wide(*columns(PAIRS), device="cpu", together=SEATS, **(TERMS | {"max_sweeps": 3})):
        assert not each.is_converged
        assert each.sweeps <= 3
        assert each.residual >= each.tolerance


def test_mass_is_neither_lost_nor_made() -> None:
    """Whatever the policies, war and peace at the horizon add up to one."""
    import jax

    from foedus.game.wide.forward import judge
    from foedus.game.wide.lanes import empty, seat
    from foedus.game.wide.stage import Point, Policies

    rng = np.random.default_rng(5)
    play = Policies(*(_chances(rng, *shape) for shape in ((2,), (2, 4), (2, 5, 4))))  # type: ignore[arg-type]
    point = Point(rng.normal(0, 0.1, (SEATS, GRID.slices, 4, *STATE)), play)  # type: ignore[arg-type]
    with jax.enable_x64(True), jax.default_device(require_device("cpu")):
        sheets = [sheet.write_sheet(*pair, points=11).sheet for pair in PAIRS[:SEATS]]
        stacked: sheet.Sheet = jax.tree.map(lambda *parts: np.stack(parts), *sheets)
        boards, _ = seat(stacked, empty(stacked, grid=GRID), np.ones(SEATS, bool), grid=GRID)
        tally = judge(boards, point, grid=GRID, horizon=TERMS["horizon"])
    war = np.asarray(tally.war_by_t).sum(axis=1)
    assert np.all((war > 1e-4) & (war < 0.99))
    np.testing.assert_allclose(war + np.asarray(tally.peace), 1.0, rtol=0, atol=1e-12)


def _chances(rng: np.random.Generator, *shape: int) -> FloatArray:
    """Return (game, s, *shape, k, b) chances that sum to one along the last axis of the shape."""
    drawn = rng.dirichlet(np.ones(shape[-1]), size=(SEATS, GRID.slices, *shape[:-1], *STATE))
    return np.moveaxis(drawn, -1, len(shape) + 1)


@pytest.mark.parametrize("balances", [5, 13])
def test_the_balance_moves_as_the_oracle_has_it(balances: int) -> None:
    """By cells on few balances, shared between neighbours on many, the chances are the oracle's."""
    import jax

    from foedus.game.wide.board import lay_out

    grid = Grid(3, balances, 2)
    with jax.enable_x64(True):
        game = sheet.write_sheet(compiled(3), future(3), points=11)
        ours = np.asarray(jax.jit(lay_out, static_argnames="grid")(game.sheet, grid=grid).move)
    oracle = balance_transition(compiled=compiled(3), future=future(3), balance=grid.balance)
    np.testing.assert_allclose(ours, oracle, rtol=0, atol=1e-9)


@pytest.mark.usefixtures("found")
def test_the_callers_jax_stays_as_it_was() -> None:
    """Double precision is for these games alone: whoever uses JAX beside them finds its own settings."""
    import jax
    import jax.numpy as jnp

    assert jnp.ones(1).dtype == jnp.float32
    assert not jax.config.jax_enable_x64  # type: ignore[attr-defined]


def test_nobody_needs_jax_who_does_not_ask_for_it() -> None:
    """Neither the package nor its commands import JAX until a game is solved on it."""
    rooms = "foedus, foedus.game.wide, foedus.futures.solve, foedus.cli.commands.compare, foedus.cli.commands.solve"
    code = f"import sys, {rooms}; sys.exit(any(name.split('.')[0].startswith('jax') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _without_jax(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(device, "import_module", missing)


def _without_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    def devices(name: str = "") -> list[Any]:
        if name:
            raise RuntimeError(f"Unknown backend: {name!r}")
        return [SimpleNamespace(platform="cpu")]

    monkeypatch.setattr(device, "import_module", lambda _: SimpleNamespace(devices=devices, __version__="1.0"))


def _without_any_device(monkeypatch: pytest.MonkeyPatch) -> None:
    def devices(_: str = "") -> list[Any]:
        raise AssertionError

    monkeypatch.setattr(device, "import_module", lambda _: SimpleNamespace(devices=devices, __version__="1.0"))


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without JAX, and with a JAX that sees no GPU, the message says which, and how to mend it."""
    _without_jax(monkeypatch)
    with pytest.raises(DeviceUnavailable, match=r"JAX, which is not installed: pip install 'foedus\[gpu\]'"):
        require_device("gpu")
    _without_gpu(monkeypatch)
    with pytest.raises(DeviceUnavailable, match=r"sees no GPU \(it sees: cpu\).*jax\[cuda12\]"):
        solve(*PAIRS[0], method="wide")


@pytest.mark.parametrize("lacking", [_without_jax, _without_gpu, _without_any_device])
def test_a_gpu_that_is_not_there_is_told_before_anything_is_done(
    lacking: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`compare` ends as for any wrong input and writes nothing: it never computes elsewhere in silence."""
    lacking(monkeypatch)
    out = tmp_path / "out"
    words = ["compare", "ukraine", "--device", "gpu", "--out", str(out), "--chunks", str(out / "chunks")]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "foedus[gpu]" in result.output or "jax[cuda12]" in result.output
    assert not out.exists()


def test_devices_that_exclude_others_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cluster computes on its workers' processors, the oracle on this one: neither goes with a GPU."""
    monkeypatch.setattr("foedus.jobs.asking.run_settings.require_device", lambda _: None)
    cluster = CliRunner().invoke(main, ["compare", "ukraine", "--device", "gpu", "--on", "local:2"])
    assert (cluster.exit_code, "leave out one of them" in cluster.output) == (2, True)
    file = tmp_path / "any.json"
    file.write_text("{}")
    words = ["solve", "--compiled", str(file), "--future", str(file), "--method", "plain", "--device", "gpu"]
    oracle = CliRunner().invoke(main, words)
    assert (oracle.exit_code, "the plain oracle computes on the processor" in oracle.output) == (2, True)


def test_an_ensemble_keeps_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """All games of a comparison go to the device in one list; each outcome comes back to its future and arrangement."""
    asked: list[str] = []

    def on_the_kernel(
        compiled: Sequence[CompiledArrangement], futures: Sequence[Future], *, device: str, progress: Any, **terms: Any
    ) -> list[Solution]:
        asked.append(device)
        progress(len(futures))
        return solve_batch(compiled, futures, threads=1, **terms)

    monkeypatch.setattr(ensemble_solver, "solve_wide", on_the_kernel)
    assert_same_bits(solved(dataclasses.replace(SMALL, method="wide")), solved(SMALL))
    assert asked == ["gpu"]


@pytest.mark.parametrize(("memory", "seats"), [(None, 32), (0, 1), (70e6, 9), (80e9, 1024)])
def test_no_more_games_lie_side_by_side_than_fit(memory: float | None, seats: int) -> None:
    """A game of the default grid takes 7 MB; a device that does not tell its memory gets a few."""
    told = None if memory is None else {"bytes_limit": memory}
    assert batch._seats(SimpleNamespace(memory_stats=lambda: told), Grid()) == seats


@pytest.mark.parametrize("wrong", [{"horizon": 0}, {"tolerance": 0.0}, {"max_sweeps": 0}])
def test_impossible_requests_are_refused(wrong: dict[str, Any]) -> None:
    """Nothing is solved over no periods, to no tolerance, in no sweeps; of no games there are no solutions."""
    with pytest.raises(ValueError, match="solve_wide: "):
        solve_wide(*columns(PAIRS), device="cpu", **(TERMS | wrong))
    assert solve_wide([], [], device="cpu", **TERMS) == []
