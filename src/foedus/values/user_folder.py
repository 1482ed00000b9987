"""Where the system keeps what a user's programs can make again."""

import os
import sys
import tempfile
from pathlib import Path


def folder_of_the_user() -> Path | None:
    """Return the folder; None where the surroundings name none."""
    try:
        if sys.platform == "win32":
            return Path(os.environ["LOCALAPPDATA"])
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches"
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except (KeyError, RuntimeError):
        return None


def can_keep(folder: Path | None) -> bool:
    """Tell whether something could be kept in a folder, which need not be there yet."""
    if folder is None:
        return False
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK)


def passing_folder() -> Path:
    """Return the user's folder among what the system may clear away; `is_private` tells whether it can be trusted."""
    user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    return Path(tempfile.gettempdir()) / f"foedus-{user}"


def is_private(folder: Path) -> bool:
    """Tell whether nobody else could write to a folder that exists: what is read there is run."""
    if not hasattr(os, "getuid"):
        return True
    state = folder.lstat()
    return folder.is_dir() and state.st_uid == os.getuid() and not state.st_mode & 0o022
