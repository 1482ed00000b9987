"""A chunk as a Parquet file: one row for each future and arrangement, with a digest of what it holds."""

import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from foedus.errors import UnreadableResult
from foedus.futures.chunks.block import Block
from foedus.game.outcomes import OUTCOMES
from foedus.values.arrays import FloatArray

FORMAT = "foedus chunk"
FORMAT_VERSION = 1
_KEY = b"foedus"


def chunk_bytes(block: Block, *, name: str, processor: str) -> bytes:
    """Return a block as Parquet; ``name`` is the digest of what it was computed from.

    Numbers that did not converge are kept too, with their residual, so that a block comes back to the last bit.
    """
    futures, arrangements = block.converged.shape
    columns: dict[str, Any] = {
        "future": pa.array(np.repeat(np.arange(futures), arrangements)),
        "arrangement": pa.array(np.tile(np.arange(arrangements), futures)),
        "converged": pa.array(block.converged.ravel()),
        "residual": pa.array(block.residual.ravel()),
        "sweeps": pa.array(block.sweeps.ravel()),
        **{outcome: pa.array(block.outcomes[:, :, j].ravel()) for j, outcome in enumerate(OUTCOMES)},
        "war_by_period": _lists(list(block.war_by_period.reshape(futures * arrangements, -1))),
        "cost_by_member": _lists([costs[row] for row in range(futures) for costs in block.cost_by_member]),
    }
    head = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "name": name,
        "content": block.digest,
        "processor": processor,
    }
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns).replace_schema_metadata({_KEY: json.dumps(head)}), buffer, compression="zstd")
    return buffer.getvalue()


def read_chunk(content: bytes, *, name: str) -> tuple[Block, str]:
    """Return the block of a file and the processor that computed it.

    Raises `UnreadableResult` where the file is damaged, or holds something else than what ``name`` stands for.
    """
    try:
        table = pq.read_table(io.BytesIO(content))
        head = json.loads(table.schema.metadata[_KEY])
        kind = (head["format"], head["format_version"], head["name"])
        block, digest, processor = _block_of(table), head["content"], str(head["processor"])
    except (pa.ArrowException, OSError, KeyError, ValueError, TypeError, IndexError) as error:
        raise UnreadableResult(f"it cannot be read ({type(error).__name__})") from error
    if kind != (FORMAT, FORMAT_VERSION, name):
        raise UnreadableResult("it holds something else than its name says")
    if block.digest != digest:
        raise UnreadableResult("its numbers are not those that were written")
    return block, processor


def _lists(rows: list[FloatArray]) -> pa.Array:
    lengths = np.concatenate(([0], np.cumsum([len(row) for row in rows])))
    return pa.ListArray.from_arrays(pa.array(lengths, type=pa.int32()), pa.array(np.concatenate(rows)))


def _block_of(table: pa.Table) -> Block:
    arrangements = int(table["arrangement"].to_numpy().max()) + 1
    shape = (table.num_rows // arrangements, arrangements)
    read: Mapping[str, Any] = {name: table[name].to_numpy() for name in table.column_names}
    costs = read["cost_by_member"].reshape(shape)
    return Block(
        outcomes=np.stack([read[outcome].reshape(shape) for outcome in OUTCOMES], axis=-1),
        war_by_period=np.stack(list(read["war_by_period"])).reshape(*shape, -1),
        cost_by_member=tuple(np.stack(list(costs[:, j])) for j in range(arrangements)),
        converged=read["converged"].astype(np.bool_).reshape(shape),
        residual=read["residual"].reshape(shape),
        sweeps=read["sweeps"].astype(np.int64).reshape(shape),
    )
