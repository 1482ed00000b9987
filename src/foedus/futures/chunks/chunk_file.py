"""A chunk as a file of NumPy's arrays, with a digest of what it holds."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.errors import UnreadableResult
from foedus.futures.chunks.block import Block
from foedus.game.outcomes import OUTCOMES
from foedus.values.arrays_file import Arrays, arrays_file, read_arrays

FORMAT = "foedus chunk"
FORMAT_VERSION = 2
_HEAD = "foedus"
_COSTS = "cost_by_member."


def chunk_bytes(block: Block, *, name: str, processor: str) -> bytes:
    """Return a block as an NPZ file; ``name`` is the digest of what it was computed from.

    Numbers that did not converge are kept too, with their residual, so that a block comes back to the last bit. The
    same block gives the same bytes.
    """
    head = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "name": name,
        "content": block.digest,
        "processor": processor,
    }
    return arrays_file({_HEAD: np.array(json.dumps(head)), **dict(_arrays(block))})


def read_chunk(content: bytes, *, name: str) -> tuple[Block, str]:
    """Return the block of a file and the processor that computed it.

    Raises `UnreadableResult` where the file is damaged, or holds something else than what ``name`` stands for.
    """
    try:
        read = read_arrays(content)
        head = json.loads(str(read[_HEAD]))
        kind = (head["format"], head["format_version"], head["name"])
        block, digest, processor = _block_of(read), head["content"], str(head["processor"])
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise UnreadableResult(f"it cannot be read ({type(error).__name__})") from error
    if kind != (FORMAT, FORMAT_VERSION, name):
        raise UnreadableResult("it holds something else than its name says")
    if block.digest != digest:
        raise UnreadableResult("its numbers are not those that were written")
    return block, processor


def _arrays(block: Block) -> Iterator[tuple[str, NDArray[Any]]]:
    """Name the arrays of a file; an outcome stands by itself, so that its name says which it is."""
    yield from ((name, getattr(block, name)) for name in ("converged", "residual", "sweeps", "war_by_period"))
    yield from ((outcome, block.outcomes[:, :, column]) for column, outcome in enumerate(OUTCOMES))
    yield from ((f"{_COSTS}{number}", costs) for number, costs in enumerate(block.cost_by_member))


def _block_of(read: Arrays) -> Block:
    return Block(
        outcomes=np.stack([read[outcome] for outcome in OUTCOMES], axis=-1),
        war_by_period=read["war_by_period"],
        cost_by_member=tuple(read[f"{_COSTS}{number}"] for number in range(read["converged"].shape[1])),
        converged=read["converged"],
        residual=read["residual"],
        sweeps=read["sweeps"],
    )
