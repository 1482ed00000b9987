"""Write files whole or not at all."""

import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


def write_together(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, all of them or none, and return their paths; the folder is made when absent.

    Each is written beside its place and flushed to the disk; only when all are complete are they moved into place.
    Whatever stops it before leaves the old files as they were; an interrupt from the keyboard during the moves comes
    too late and is ignored. Raises ``OSError``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drafts: dict[Path, Path] = {}
    try:
        for name, content in contents.items():
            drafts[folder / name] = _write_draft(folder, name, content)
        with _interrupts_ignored():
            for place, draft in drafts.items():
                draft.replace(place)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
    return tuple(drafts)


def _write_draft(folder: Path, name: str, content: bytes) -> Path:
    handle, path = tempfile.mkstemp(dir=folder, prefix=f".{name}.", suffix=".part")
    draft = Path(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o666 & ~_umask())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Let Ctrl-C have no effect for the moment of moving; only the main thread receives it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
