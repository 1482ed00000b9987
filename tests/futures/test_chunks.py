"""Chunks: the ensemble in pieces is the ensemble in one piece, and no piece is computed twice."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from foedus.errors import ClusterUnavailable, UnreadableResult
from foedus.futures import solve as ensemble_solver
from foedus.futures.chunks.block import Block, joined
from foedus.futures.chunks.chunk_file import chunk_bytes, read_chunk
from foedus.futures.chunks.chunking import Chunk, Chunking, cut
from foedus.futures.chunks.digests import digests_of
from foedus.futures.parameters.load import default_parameters
from foedus.futures.parameters.record import Parameters, Shape
from foedus.futures.sample import draw
from foedus.futures.solve import run_ensemble
from foedus.game.outcomes import OUTCOMES
from foedus.values.arrays_file import arrays_file, read_arrays
from tests.futures.specimens import PAIR, SMALL, assert_same_bits, solved, stamps


def chunks(size: int = 3, **changes: object) -> tuple[Chunk, ...]:
    settings = dataclasses.replace(SMALL, **changes)  # type: ignore[arg-type]
    sample = draw(default_parameters(), futures=settings.futures, seed=settings.seed)
    return cut(PAIR, digests_of(PAIR), sample, settings=settings, size=size)


def a_block(futures: int = 4) -> Block:
    generator = np.random.default_rng(futures)
    return Block(
        outcomes=generator.normal(size=(futures, 2, len(OUTCOMES))),
        war_by_period=generator.random((futures, 2, 6)),
        cost_by_member=(generator.random((futures, 3)), generator.random((futures, 1))),
        converged=generator.random((futures, 2)) < 0.5,
        residual=generator.random((futures, 2)),
        sweeps=generator.integers(1, 500, (futures, 2)),
    )


@pytest.mark.parametrize("size", [1, 3, 8, 100])
def test_pieces_of_any_size_make_the_whole(tmp_path: Path, size: int) -> None:
    """Solved in chunks and read back from them, the ensemble has the same bits as solved in one go."""
    for _ in range(2):
        assert_same_bits(solved(chunking=Chunking(tmp_path, size=size)), solved())
    assert len(stamps(tmp_path)) == -(-SMALL.futures // size)


def test_what_is_kept_is_not_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped in the third chunk, the next run solves the third alone and says how many were kept."""
    whole = solved()
    asked: list[int] = []
    genuine = ensemble_solver.solve_chunk

    def stop_in_the_third(chunk: Chunk, **options: int) -> bytes:
        asked.append(chunk.first)
        if len(asked) == 3:
            raise KeyboardInterrupt
        return genuine(chunk, **options)

    monkeypatch.setattr(ensemble_solver, "solve_chunk", stop_in_the_third)
    told: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        solved(chunking=Chunking(tmp_path, size=3))
    before = stamps(tmp_path)
    assert_same_bits(solved(chunking=Chunking(tmp_path, size=3, tell=told.append)), whole)
    assert asked == [0, 3, 6, 6]
    assert told == [f"2 of 3 chunks are kept in {tmp_path} already"]
    assert {name: stamp for name, stamp in stamps(tmp_path).items() if name in before} == before


@pytest.mark.parametrize("damage", ["half", "flipped", "swapped", "empty"])
def test_a_damaged_chunk_is_told_and_computed_again(tmp_path: Path, damage: str) -> None:
    """Half a file, other numbers under the same name, or no bytes at all: told, and mended by computing."""
    whole = solved(chunking=Chunking(tmp_path, size=3))
    first, second = sorted(tmp_path.glob("*.npz"))[:2]
    content = {
        "half": first.read_bytes()[: first.stat().st_size // 2],
        "flipped": _with_one_number_changed(first),
        "swapped": second.read_bytes(),
        "empty": b"",
    }
    first.write_bytes(content[damage])
    before = stamps(tmp_path)
    told: list[str] = []
    assert_same_bits(solved(chunking=Chunking(tmp_path, size=3, tell=told.append)), whole)
    assert [sentence for sentence in told if "is damaged" in sentence and first.stem[:12] in sentence]
    assert {name for name, stamp in stamps(tmp_path).items() if stamp != before[name]} == {first.name}


def _with_one_number_changed(path: Path) -> bytes:
    arrays = dict(read_arrays(path.read_bytes()))
    residual = arrays["residual"].copy()
    residual[0, 0] = np.nextafter(residual[0, 0], 1)
    return arrays_file({**arrays, "residual": residual})


def test_a_name_stands_for_everything_that_outcomes_depend_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another seed, grid, tolerance, horizon or program: other names. How futures were asked for does not enter."""
    names = {chunks()[0].name}
    for changes in ({"seed": 12}, {"balances": 7}, {"tolerance": 1e-4}, {"horizon_periods": 5}, {"max_sweeps": 301}):
        names.add(chunks(**changes)[0].name)
    assert len(names) == 6
    assert chunks(design="sobol")[0].name == chunks()[0].name  # the same draws, as given to `cut`
    monkeypatch.setattr("foedus.futures.chunks.chunking.program_digest", lambda: "another")
    assert chunks()[0].name not in names


def test_the_same_futures_twice_are_computed_once(tmp_path: Path) -> None:
    """Where nothing is uncertain every chunk has one name: one file serves all, and every future is there."""
    certain = tuple(
        dataclasses.replace(each, shape=Shape.FIXED, low=each.central, high=each.central)
        for each in default_parameters().entries
    )
    ensemble = run_ensemble(PAIR, Parameters(certain), settings=SMALL, workers=1, chunking=Chunking(tmp_path, size=2))
    assert len(stamps(tmp_path)) == 1
    assert ensemble.outcomes.shape[0] == SMALL.futures
    assert (ensemble.outcomes == ensemble.outcomes[0]).all()


def test_progress_is_told_chunk_by_chunk(tmp_path: Path) -> None:
    """From none to all; a second run begins where the first ended."""
    heard: list[tuple[int, int]] = []
    for _ in range(2):
        run_ensemble(
            PAIR,
            default_parameters(),
            settings=SMALL,
            workers=1,
            chunking=Chunking(tmp_path, size=3),
            progress=lambda done, total: heard.append((done, total)),
        )
    assert heard == [(0, 8), (3, 8), (6, 8), (8, 8), (8, 8)]


def test_a_changed_text_gives_other_chunks() -> None:
    """Names know what the arrangements say, and in which order they stand."""
    sample = draw(default_parameters(), futures=8, seed=11)
    straight, turned = (
        cut(pair, digests_of(pair), sample, settings=SMALL, size=8)[0].name for pair in (PAIR, PAIR[::-1])
    )
    assert straight != turned


def test_another_program_refuses_to_compute() -> None:
    """A worker with other versions says so instead of sending numbers that would be mixed with ours."""
    with pytest.raises(ClusterUnavailable, match="install the same versions"):
        ensemble_solver.solve_chunk(dataclasses.replace(chunks()[0], program="another"))


def test_a_block_comes_back_to_the_last_bit() -> None:
    """What never converged, and numbers that are none, are kept too."""
    block = a_block()
    block.outcomes[0, 0, 0] = np.nan
    back, processor = read_chunk(chunk_bytes(block, name="n", processor="p"), name="n")
    assert back.digest == block.digest
    assert processor == "p"
    np.testing.assert_array_equal(back.outcomes, block.outcomes)


def test_a_file_under_another_name_is_refused() -> None:
    """A chunk that was renamed holds something else than its name says."""
    with pytest.raises(UnreadableResult, match="something else than its name says"):
        read_chunk(chunk_bytes(a_block(), name="n", processor="p"), name="m")


def test_blocks_are_joined_in_the_order_given() -> None:
    """Futures follow one another; arrangements and members stay apart."""
    one, two = a_block(2), a_block(3)
    both = joined([one, two])
    np.testing.assert_array_equal(both.outcomes[2:], two.outcomes)
    np.testing.assert_array_equal(both.cost_by_member[1][:2], one.cost_by_member[1])


def test_processors_of_two_kinds_are_told(tmp_path: Path) -> None:
    """Chunks from another kind of processor may differ in the last bits, and that is said."""
    solved(chunking=Chunking(tmp_path, size=4))
    path = next(tmp_path.glob("*.npz"))
    block, _ = read_chunk(path.read_bytes(), name=path.stem)
    path.write_bytes(chunk_bytes(block, name=path.stem, processor="another kind"))
    told: list[str] = []
    solved(chunking=Chunking(tmp_path, size=4, tell=told.append))
    assert [sentence for sentence in told if "processors of 2 kinds" in sentence]
