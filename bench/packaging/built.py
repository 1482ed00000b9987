"""The packages as they are built: a wheel, and an archive of sources from which the same wheel is built."""

import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

from bench.measuring.page import ROOT


def build(folder: Path, *, source: Path = ROOT) -> tuple[Path, Path]:
    """Build both into a folder, from a tree or from sources that were unpacked; return the wheel and the archive."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--target", "wheel"]
    subprocess.run([*command, "--directory", str(folder)], cwd=source, check=True, capture_output=True)
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def names_in_wheel(wheel: Path) -> frozenset[str]:
    """Name the files of a wheel."""
    with ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def wheel_of_sources(archive: Path, folder: Path) -> Path:
    """Unpack sources into an empty folder and build the wheel there."""
    with tarfile.open(archive) as sources:
        sources.extractall(folder, filter="data")
    (tree,) = folder.iterdir()
    return build(folder / "built", source=tree)[0]
