"""What a core install puts on the disk, package by package, and why: `python -m bench.packaging.weights`.

Weighed is what is installed here, as each package says which files are its own; bytes that Python compiles for itself
are left out. The reasons are those of docs/decisions/001-dependencies.md.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bench.measuring.page import ROOT
from bench.measuring.repeats import print_table
from bench.packaging.materials import CONSTRAINTS
from bench.packaging.pinned import Pin, reached, read_pins

_REASONS = ROOT / "docs" / "decisions" / "001-dependencies.md"
BROUGHT_ALONG: Mapping[str, str] = {
    "contourpy": "matplotlib does not load without it",
    "fonttools": "the fonts of a PDF, and of charts",
    "kiwisolver": "how charts are laid out",
    "llvmlite": "LLVM: machine code without a compiler",
    "lxml": "the XML of which a DOCX is made",
    "pillow": "pictures in a PDF; matplotlib does not load without it",
    "pydantic-core": "validation, compiled",
    "pygments": "rich does not load without it",
}
"""[package that another asks for] what it does there."""
_LIGHT = 1.0
"""Megabytes below which packages share a line."""


def main() -> None:
    """Print a line for each package that weighs something, the heaviest first, and one for all others."""
    pins, _ = read_pins(CONSTRAINTS)
    askers, jobs = reached(pins, core()), {**BROUGHT_ALONG, **reasons()}
    weights = {name: megabytes(pins[name]) for name in askers}
    heavy = sorted((name for name in weights if weights[name] >= _LIGHT), key=lambda name: -weights[name])
    light = sorted(weights.keys() - set(heavy))
    rows = [(name, f"{weights[name]:.0f}", ", ".join(sorted(askers[name])), jobs.get(name, "–")) for name in heavy]
    rows.append((f"{len(light)} others", f"{sum(weights[name] for name in light):.0f}", "", ", ".join(light)))
    print_table(("package", "MB", "asked for by", "for what"), rows, title="What a core install weighs")
    print(f"\n{len(weights)} packages, {sum(weights.values()):.0f} MB, foedus itself and pip not counted.")


def core() -> tuple[Requirement, ...]:
    """Return what the project asks for without any extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return tuple(map(Requirement, project["dependencies"]))


def reasons(file: Path = _REASONS) -> Mapping[str, str]:
    """Return [package] its job, as the decision on dependencies says it."""
    rows = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \| [^|]+ \|$", file.read_text(encoding="utf-8"), re.MULTILINE)
    plain = {re.sub(r"\(extra.*?\)", "", names): _without_links(job) for names, job in rows}
    return {str(canonicalize_name(name.strip())): job for names, job in plain.items() for name in names.split(",")}


def megabytes(pin: Pin) -> float:
    """Return what the files of a package take, compiled bytes left out."""
    if pin.installed is None:
        raise SystemExit(f"{pin.name} is not installed here, so it cannot be weighed")
    paths = (Path(str(file.locate())) for file in pin.installed.files or () if file.suffix != ".pyc")
    return sum(path.stat().st_size for path in paths if path.exists()) / 2**20


def _without_links(words: str) -> str:
    return re.sub(r" ?\(\[[^]]*\]\([^)]*\)\)", "", words)


if __name__ == "__main__":
    main()
