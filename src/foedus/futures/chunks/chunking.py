"""The ensemble in chunks: each is kept on disk when it is done, and what is kept is not computed again."""

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence, Sized
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from foedus.arrangement.record import Arrangement
from foedus.errors import ClusterUnavailable, UnreadableResult, WrongRequest
from foedus.futures.chunks.block import Block, joined
from foedus.futures.chunks.chunk_file import read_chunk
from foedus.futures.chunks.program import program_digest
from foedus.futures.chunks.seal import SUFFIX, refuse_unsealed, seal_of
from foedus.futures.ensemble import Sample, Settings
from foedus.values.atomic import write_together
from foedus.values.digest import digest_of, digest_of_bytes

_OF_THE_DRAW = ("futures", "seed", "design")
"""Settings that say how futures were drawn; the drawn values stand in their place."""


@dataclass(frozen=True)
class Chunking:
    """Where chunks are kept, how large they are, and who computes them."""

    folder: Path
    size: int = 25
    """Futures in a chunk."""
    on: str | None = None
    """``dask://HOST:PORT``, ``tls://HOST:PORT`` or ``local:N``; this process where None."""
    key: bytes | None = None
    """With which chunks are sealed; what has no seal of this key is computed again. None: a digest alone."""
    tell: Callable[[str], None] = lambda _: None
    """Hears in a sentence what a person should know: what was found, what is damaged, which worker was lost."""


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some consecutive futures of a sample, to be solved for all arrangements."""

    first: int
    """Number of its first future, counted from 0."""
    arrangements: tuple[Arrangement, ...]
    sample: Sample
    """Its futures only."""
    settings: Settings
    """With its number of futures."""
    name: str
    """Digest of everything that its outcomes depend on."""
    program: str
    """Digest of the program that is to compute it."""

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.name}.npz"

    @property
    def size(self) -> int:
        """Number of its futures."""
        return self.settings.futures

    def __str__(self) -> str:
        return f"chunk {self.name[:12]} (futures {self.first} to {self.first + self.size - 1})"


Solver = Callable[[Sequence[Chunk]], Generator[tuple[Chunk, bytes], None, None]]
"""Computes chunks, in any order, and gives each as the bytes of its file as soon as it is done."""


def cut(
    arrangements: Sequence[Arrangement], digests: Sequence[str], sample: Sample, *, settings: Settings, size: int
) -> tuple[Chunk, ...]:
    """Cut a sample into chunks of ``size`` futures; the last may be smaller. ``digests`` are of the arrangements.

    A chunk's name is the digest of the arrangements, the drawn values of its futures, the settings of the solver and
    the program: whatever else changes, the same name stands for the same numbers.
    """
    return tuple(
        _chunk(arrangements, digests, sample, settings=settings, first=first, stop=min(first + size, settings.futures))
        for first in range(0, settings.futures, size)
    )


def solve_in_chunks(
    chunks: Sequence[Chunk], *, chunking: Chunking, solver: Solver, progress: Callable[[int, int], None]
) -> Block:
    """Take what is kept and sound, compute the rest, keep each chunk as soon as it is done, and join them all."""
    keep_chunks(chunks, chunking=chunking, solver=solver, progress=progress)
    return joined([read_kept(chunk, chunking=chunking)[0] for chunk in chunks])


def keep_chunks(
    chunks: Sequence[Chunk], *, chunking: Chunking, solver: Solver, progress: Callable[[int, int], None]
) -> None:
    """Compute what is not kept yet or not sound, and keep each chunk as soon as it is done; no numbers are held."""
    total = sum(chunk.size for chunk in chunks)
    found = dict(_kept(chunks, chunking=chunking))
    if found:
        count = sum(chunk.name in found for chunk in chunks)
        chunking.tell(f"{count} of {len(chunks)} chunks are kept in {chunking.folder} already")
    missing = list({chunk.name: chunk for chunk in chunks if chunk.name not in found}.values())
    done = sum(chunk.size for chunk in chunks if chunk.name in found)
    sizes = Counter(chunk.name for chunk in chunks)
    progress(done, total)
    with _told_what_is_kept(found, chunking=chunking), closing(solver(missing) if missing else _nothing()) as solved:
        for chunk, content in solved:
            _, found[chunk.name] = read_chunk(content, name=chunk.name)
            _keep(chunk, content, chunking=chunking)
            done += chunk.size * sizes[chunk.name]
            progress(done, total)
    processors = sorted(set(found.values()))
    if len(processors) > 1:
        kinds = ", ".join(processors)
        chunking.tell(f"computed on processors of {len(processors)} kinds ({kinds}): last bits may differ")


def read_kept(chunk: Chunk, *, chunking: Chunking) -> tuple[Block, str]:
    """Return what is kept of a chunk and which processor computed it.

    Raises `UnreadableResult` where it is gone, damaged, or not sealed with the key.
    """
    path = chunking.folder / chunk.file
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableResult(f"{path}: a chunk is gone while it was needed; give the same command again") from error
    if chunking.key is not None:
        refuse_unsealed(content, file=path, name=chunk.name, key=chunking.key)
    return read_chunk(content, name=chunk.name)


@contextmanager
def _told_what_is_kept(found: Sized, *, chunking: Chunking) -> Iterator[None]:
    """Say how much is kept where the cluster or the disk ends the work."""
    try:
        yield
    except ClusterUnavailable as error:
        raise ClusterUnavailable(f"{error}; {_kept_words(len(found), chunking)}") from error
    except UnreadableResult as error:
        raise ClusterUnavailable(f"a worker sent back what is no chunk: {error}") from error


def _keep(chunk: Chunk, content: bytes, *, chunking: Chunking) -> None:
    files = {chunk.file: content}
    if chunking.key is not None:
        files[chunk.file + SUFFIX] = seal_of(content, name=chunk.name, key=chunking.key)
    try:
        write_together(chunking.folder, files)
    except OSError as error:
        raise WrongRequest(
            f"chunks cannot be kept in {chunking.folder}: {error.strerror or error}; "
            "make room, and the same command goes on from those that are kept"
        ) from error


def _kept_words(count: int, chunking: Chunking) -> str:
    chunks = "chunk is" if count == 1 else "chunks are"
    return f"{count} {chunks} kept in {chunking.folder}, and the same command goes on from there"


def _nothing() -> Generator[tuple[Chunk, bytes], None, None]:
    yield from ()


def _chunk(
    arrangements: Sequence[Arrangement],
    digests: Sequence[str],
    sample: Sample,
    *,
    settings: Settings,
    first: int,
    stop: int,
) -> Chunk:
    values = sample.values[first:stop]
    of_the_solver = {key: value for key, value in asdict(settings).items() if key not in _OF_THE_DRAW}
    name = digest_of(
        {
            "arrangements": list(digests),
            "parameters": list(sample.names),
            "values": [list(values.shape), digest_of_bytes(values.tobytes())],
            "settings": of_the_solver,
            "program": program_digest(),
        }
    )
    return Chunk(
        first=first,
        arrangements=tuple(arrangements),
        sample=replace(sample, values=values),
        settings=replace(settings, futures=stop - first),
        name=name,
        program=program_digest(),
    )


def _kept(chunks: Sequence[Chunk], *, chunking: Chunking) -> Iterator[tuple[str, str]]:
    """Name the chunks that are kept and sound, each with the processor that computed it."""
    for chunk in chunks:
        if not (chunking.folder / chunk.file).exists():
            continue
        try:
            yield chunk.name, read_kept(chunk, chunking=chunking)[1]
        except UnreadableResult as reason:
            chunking.tell(f"{chunk} is damaged: {reason}; it is computed again")
