"""Write files whole or not at all."""

import hashlib
import os
import platform
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

_MACHINE = hashlib.sha256(platform.node().encode()).hexdigest()[:8]
"""Of which machine a draft is, without its name: on a disk that several share, a number of a process says nothing."""
_SUFFIX = ".part"


def write_together(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, all of them or none, and return their paths; the folder is made when absent.

    Each is written beside its place and flushed to the disk; only when all are complete are they moved into place.
    Whatever stops it before leaves the old files as they were; an interrupt from the keyboard during the moves comes
    too late and is ignored. What a killed process of this machine left half written in the folder is swept. Raises
    ``OSError``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder.absolute())
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


@lru_cache(maxsize=64)
def _sweep(folder: Path) -> None:
    """Take away drafts of processes that are no more, once for each folder; others may be at work on theirs."""
    for draft in folder.glob(f".*.{_MACHINE}-*{_SUFFIX}"):
        number = draft.name.removesuffix(_SUFFIX).rpartition(f".{_MACHINE}-")[2].partition(".")[0]
        if number.isdigit() and not _is_alive(int(number)):
            draft.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    if os.name != "posix":
        return True  # elsewhere to ask after a process is to end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _write_draft(folder: Path, name: str, content: bytes) -> Path:
    handle, path = tempfile.mkstemp(dir=folder, prefix=f".{name}.{_MACHINE}-{os.getpid()}.", suffix=_SUFFIX)
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
    """Let Ctrl-C and being told to end have no effect for the moment of moving; the main thread alone hears them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.signal(each, signal.SIG_IGN) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
