"""The packages as they are built: a wheel, and an archive of sources from which the same wheel is built."""

import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

from bench.measuring.page import ROOT


def build(folder: Path, *, source: Path = ROOT) -> tuple[Path, Path]:
    """Build both into a folder, from a tree that has everything; return the wheel and the archive."""
    return build_wheel(folder, source=source), _built("sdist", folder, source=source)


def build_wheel(folder: Path, *, source: Path) -> Path:
    """Build the wheel alone into a folder, from sources that may lack what a wheel does without."""
    return _built("wheel", folder, source=source)


def _built(target: str, folder: Path, *, source: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (file,) = folder.glob({"wheel": "*.whl", "sdist": "*.tar.gz"}[target])
    return file


def names_in_wheel(wheel: Path) -> frozenset[str]:
    """Name the files of a wheel."""
    with ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def wheel_of_sources(archive: Path, folder: Path) -> Path:
    """Unpack sources into an empty folder and build the wheel there."""
    with tarfile.open(archive) as sources:
        sources.extractall(folder, filter="data")
    (tree,) = folder.iterdir()
    return build_wheel(folder / "built", source=tree)
