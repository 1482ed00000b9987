"""Surroundings without a network and without a compiler, for programs that are to do without both."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

COMPILERS = ("cc", "c++", "gcc", "g++", "clang", "clang++", "ld", "as", "nvcc")
CALLED = "a-compiler-was-called"
"""File in the folder of the surroundings that says so."""
_GUARD = """
import sys

NEAR = ("127.", "::1", "localhost", "0.0.0.0")


def refuse(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        asked = arguments[1][0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        asked = arguments[0]
    else:
        return
    if isinstance(asked, bytes):
        asked = asked.decode()
    if asked and not str(asked).startswith(NEAR):
        raise OSError(f"there is no network here, and {asked} was asked for")


sys.addaudithook(refuse)
"""


def cut_off(folder: Path, *, path: str, before: tuple[Path, ...] = ()) -> Mapping[str, str]:
    """Return an environment in which Python reaches this machine alone, and every compiler fails and leaves a mark.

    ``before`` are folders in which Python looks for modules first; ``path`` is where programs are looked for.
    """
    programs = folder / "programs"
    programs.mkdir(parents=True)
    for name in COMPILERS:
        file = programs / name
        file.write_text(f"#!/bin/sh\necho {name} >> '{folder / CALLED}'\nexit 1\n", encoding="utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
    (folder / "sitecustomize.py").write_text(_GUARD, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if name in ("LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")}
    return kept | {
        "HOME": str(folder / "home"),
        "PATH": os.pathsep.join((str(programs), path)),
        "PYTHONPATH": os.pathsep.join(map(str, (folder, *before))),
        "CC": str(programs / "cc"),
        "CXX": str(programs / "c++"),
    }


def compilers_called(folder: Path) -> tuple[str, ...]:
    """Name the compilers that were called in these surroundings."""
    mark = folder / CALLED
    return tuple(sorted(set(mark.read_text(encoding="utf-8").split()))) if mark.exists() else ()
