"""What is sent to a Dask worker, and its answer, which is bytes and nothing else.

The task is a function that travels by value with a payload of bytes, so that a worker without foedus can say so. An
answer is taken only where its frames are plain bytes by their header; nothing that a worker made is ever unpickled
here. Dask's own scheduler unpickles what workers send to it, and Dask trusts its scheduler: docs/ensembles.md.
"""

import asyncio
import pickle
from collections.abc import Callable
from concurrent.futures import Future as Fetched
from dataclasses import dataclass
from typing import Any

from foedus.futures.chunks.chunking import Chunk

DONE, FOREIGN, FAILED = b"+", b"?", b"-"
"""First byte of an answer: the chunk's file follows; foedus cannot be loaded; the work failed, and why."""
_HANDLERS = frozenset(
    {
        "key-in-memory",
        "lost-data",
        "cancelled-keys",
        "task-retried",
        "task-erred",
        "restart",
        "adjust-heartbeat-interval",
    }
)
"""What the client hears of the scheduler; other messages can hold what a worker pickled."""
_BYTES = frozenset(pickle.dumps(bytes, protocol) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1))
"""How Dask writes that an answer is bytes; compared, never unpickled."""


@dataclass(frozen=True)
class WorkerAnswer:
    """What came back of a chunk."""

    kind: bytes
    """``DONE``, ``FOREIGN`` or ``FAILED``."""
    worker: str
    """Address of the worker."""
    content: bytes
    """The file of the chunk, or why there is none."""


def payload_of(chunk: Chunk, solve: Callable[[Chunk], bytes]) -> bytes:
    """Return what the task is given; the worker unpickles it, since workers trust whoever sends them work."""
    return pickle.dumps((solve, chunk))


def answer_to(payload: bytes) -> bytes:
    """Do the work on a worker: a byte for how it went, the worker's address, and what came of it."""
    # Everything is imported here: the function travels without its module, to a machine that may lack it.
    import pickle as plain
    from importlib import import_module

    worker = str(import_module("distributed").get_worker().address).encode()
    try:
        solve, chunk = plain.loads(payload)  # noqa: S301  a worker trusts whoever sends it work
    except ImportError as error:
        return b"?" + worker + b"\n" + str(error).encode()
    try:
        return b"+" + worker + b"\n" + bytes(solve(chunk))
    except Exception as error:
        return b"-" + worker + b"\n" + (str(error) or type(error).__name__).encode()


answer_to.__module__ = "__main__"  # so that it is sent by value: no worker need have this file


def hear_bytes_only(client: Any) -> None:
    """Let a connected client take no object from the cluster: neither exceptions, nor types, nor answers."""
    client.rpc.deserialize = False
    for comms in (*client.rpc.available.values(), *client.rpc.occupied.values()):
        for comm in comms:
            comm.deserialize = False
    client.scheduler_comm.comm.deserialize = False
    heard = client._stream_handlers
    in_memory = heard["key-in-memory"]

    def hear_done(key: Any = None, workers: Any = None, **_: Any) -> None:
        in_memory(key=key, workers=workers)

    def hear_failed(key: Any = None, **_: Any) -> None:
        state = client.futures.get(key)
        if state is not None:
            state.set_error(RuntimeError("the work was lost"), None)

    kept = {name: handler for name, handler in heard.items() if name in _HANDLERS}
    client._stream_handlers = kept | {"key-in-memory": hear_done, "task-erred": hear_failed}


def begin_fetching(client: Any, key: str) -> Fetched[Any]:
    """Ask for what a finished task came to, without waiting: whoever holds it may have fallen silent since."""

    async def ask() -> Any:
        return await client.scheduler.gather(keys=[key])

    return asyncio.run_coroutine_threadsafe(ask(), client.loop.asyncio_loop)


def read_answer(fetched: Fetched[Any], *, key: str) -> WorkerAnswer | None:
    """Return what was fetched; None where it was lost on the way, or is no answer. Raises what the network raised."""
    response = fetched.result()
    found = response.get("data", {}).get(key) if response.get("status") == "OK" else None
    content = _bytes_in(found)
    if not content:
        return None
    worker, _, rest = content[1:].partition(b"\n")
    return WorkerAnswer(content[:1], worker.decode(errors="replace"), rest)


def _bytes_in(found: Any) -> bytes:
    """Return the bytes that Dask has wrapped, by what its header says; nothing where it is anything else."""
    from distributed.protocol.compression import decompress

    if isinstance(found, bytes | bytearray | memoryview):
        return bytes(found)
    header = getattr(found, "header", None)
    if (
        not isinstance(header, dict)
        or header.get("serializer") != "dask"
        or header.get("type-serialized") not in _BYTES
    ):
        return b""
    frames = decompress(header, found.frames) if "compression" in header else found.frames
    return b"".join(bytes(frame) for frame in frames)
