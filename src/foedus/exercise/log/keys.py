"""The signing key of a log, in a file that only its owner may read."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from foedus.errors import LogUnavailable
from foedus.exercise.log.note import NotANote, Signer


def key_file_of(path: Path) -> Path:
    """Return where the key of a log file is kept when not told: beside it, with ``.key`` added."""
    return path.with_name(path.name + ".key")


def load_key(path: Path) -> Signer:
    """Read a signing key; raise ``LogUnavailable`` where there is none."""
    with suppress(OSError):
        _draft_of(path).unlink()
    try:
        return Signer.parse(path.read_text(encoding="utf-8"))
    except (OSError, NotANote, UnicodeDecodeError) as error:
        raise LogUnavailable(f"{path} holds no signing key: {error}") from error


def make_key(path: Path, *, name: str) -> Signer:
    """Make a new key and keep it, on the disk before it is used; an existing file is never replaced."""
    signer = Signer(name=name, seed=secrets.token_bytes(32))
    draft = _draft_of(path)
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(signer.secret_text + "\n")
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError as error:
        raise LogUnavailable(f"{path} exists: a key is never replaced") from error
    finally:
        draft.unlink(missing_ok=True)
    _flush_folder(path.parent)
    return signer


def new_name() -> str:
    """Return a name for a log that no other log has; ``.invalid`` is a domain that never resolves (RFC 2606)."""
    return f"foedus.invalid/log/{secrets.token_hex(8)}"


def _draft_of(path: Path) -> Path:
    """Return where a key is written before it has its name; who is killed between leaves it there until next time."""
    return path.with_name(f".{path.name}.draft")


def _flush_folder(folder: Path) -> None:
    """Let the entry of a new file survive a loss of power, where the system can be asked to (not on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
