"""Try the wheel as somebody who has nothing else: `python -m bench.packaging.stranger [NAME...]`, or `make package`.

Wheel and sources are built, and the wheel once more from the sources. It is installed into an empty environment, whose
weight on the disk is told; every tutorial, or those named, is followed there from an empty folder, with a home in which
nothing is kept yet, without a network and without a compiler; what comes is held against the page. Tutorials that do
with the core come first; what one of the others says is to be installed is installed before it. Exits with 1 where
something differs.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import venv
from itertools import zip_longest
from pathlib import Path

from bench.docs.tutorials import COLUMNS, is_as_good_as, pages
from bench.measuring.page import ROOT
from bench.packaging.built import build, names_in_wheel, wheel_of_sources
from bench.packaging.cut_off import compilers_called, cut_off

FOLLOW = """
import json, sys
from pathlib import Path
from bench.docs.tutorials import followed
json.dump({name: followed(Path(name)) for name in sys.argv[1:]}, sys.stdout)
"""
_MEGABYTE = 2**20
_EXTRA = re.compile(r"pip install 'foedus\[([a-z]+)\]'")


def main() -> None:
    """Build, install, follow, and tell what differs."""
    parser = argparse.ArgumentParser(prog="python -m bench.packaging.stranger", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(page.stem for page in pages()))
    names = parser.parse_args().names
    with tempfile.TemporaryDirectory() as where:
        wheel = _built(Path(where))
        python = _installed(wheel, Path(where) / "environment")
        chosen = [page for page in pages() if not names or page.stem in names]
        told = []
        for page in sorted(chosen, key=lambda page: bool(_extras(page))):
            for extra in _extras(page):
                _install(f"{wheel}[{extra}]", python)
            told += _tried(page, python, Path(where))
    print("\n".join([*told, f"{len(told)} lines differ"]))
    sys.exit(bool(told))


def _built(folder: Path) -> Path:
    wheel, archive = build(folder / "dist")
    again = wheel_of_sources(archive, folder / "sources")
    if names_in_wheel(wheel) != names_in_wheel(again):
        sys.exit(f"the sources give another wheel: {sorted(names_in_wheel(wheel) ^ names_in_wheel(again))}")
    print(
        f"{wheel.name}: {wheel.stat().st_size / _MEGABYTE:.1f} MB; sources: {archive.stat().st_size / _MEGABYTE:.1f} MB"
    )
    return wheel


def _installed(wheel: Path, folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    _install(str(wheel), python)
    return python


def _extras(page: Path) -> tuple[str, ...]:
    """Name the extras that a page says are to be installed."""
    return tuple(dict.fromkeys(_EXTRA.findall(page.read_text(encoding="utf-8"))))


def _install(what: str, python: Path, /) -> None:
    """Install something, and tell what the environment weighs then."""
    before = spent()
    pinned = ("--constraint", str(ROOT / "constraints.txt"), "--disable-pip-version-check")
    subprocess.run([python, "-m", "pip", "install", "-qq", "--no-compile", *pinned, what], check=True)
    inside = python.parents[1].rglob("*")
    size = sum(file.stat().st_size for file in inside if file.is_file() and not file.is_symlink())
    took = f"{size / _MEGABYTE:.0f} MB, {spent() - before:.0f} s of processor time"
    print(f"installed {Path(what).name}: {took}", flush=True)


def _tried(page: Path, python: Path, where: Path) -> list[str]:
    """Follow a page in the new environment; return its lines that come out otherwise."""
    folder, before = where / page.stem, spent()
    path = os.pathsep.join((str(python.parent), os.defpath))
    around = {**cut_off(folder, path=path, before=(ROOT,)), "COLUMNS": COLUMNS, "XDG_CACHE_HOME": str(where / "kept")}
    done = subprocess.run(
        [python, "-c", FOLLOW, str(page)], cwd=folder, env=around, capture_output=True, encoding="utf-8"
    )
    print(f"{page.stem}: {spent() - before:.0f} s of processor time", flush=True)
    if done.returncode:
        return [f"{page.stem}: {done.stderr.strip().splitlines()[-1]}"]
    if called := compilers_called(folder):
        return [f"{page.stem}: a compiler was called: {', '.join(called)}"]
    shown, got = page.read_text(encoding="utf-8").splitlines(), json.loads(done.stdout)[str(page)].splitlines()
    return [
        f"{page.name}:{number}: shown {line!r}, got {now!r}"
        for number, (line, now) in enumerate(zip_longest(shown, got, fillvalue=""), start=1)
        if not is_as_good_as(line, now)
    ]


def spent() -> float:
    """Return the processor seconds of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
