"""A lock between processes, which the system opens when its holder dies."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PAUSE_SECONDS = 0.1


@contextmanager
def locked(file: Path, *, while_waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of a file, calling ``while_waiting`` every tenth of a second until it is free.

    Where the file system knows no locks everybody has it: it then saves work and promises nothing.
    """
    with file.open("a+b") as handle:
        while not _take(handle):
            while_waiting()
            time.sleep(PAUSE_SECONDS)
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(handle: IO[bytes]) -> bool:
        handle.seek(0)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(handle: IO[bytes]) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
