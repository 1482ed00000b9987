"""What is pinned, what asks for it, and what is known of it where it is installed."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bench.measuring.page import ROOT

_PIN = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[A-Za-z0-9.!+_-]+)")
_NO_LICENCE = ("", "UNKNOWN")


@dataclass(frozen=True)
class Pin:
    """One line of the constraints."""

    name: str
    version: str

    @property
    def key(self) -> str:
        """Its name as indexes compare names."""
        return str(canonicalize_name(self.name))

    @cached_property
    def installed(self) -> Distribution | None:
        """The package as it is installed here; None where it is not."""
        try:
            return distribution(self.name)
        except PackageNotFoundError:
            return None

    @property
    def licence(self) -> str:
        """What its metadata says of its licence, the shortest statement first; empty where that says nothing."""
        if self.installed is None:
            return ""
        metadata = self.installed.metadata
        said = metadata.get_all("License-Expression", [])
        said += [
            line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier", []) if line.startswith("License ::")
        ]
        said += [words.partition("\n")[0] for words in metadata.get_all("License", [])]
        return next((words for words in said if words not in _NO_LICENCE), "")

    def asks_for(self, extras: Iterable[str] = ()) -> Iterator[Requirement]:
        """Return what it needs here, with the extras that are asked of it."""
        for line in (self.installed.requires or []) if self.installed else []:
            requirement = Requirement(line)
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                yield requirement


def read_pins(file: Path) -> tuple[Mapping[str, Pin], tuple[str, ...]]:
    """Return the pins by key, and the lines that pin nothing exactly."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    found = {line: _PIN.fullmatch(line) for line in lines if line and not line.startswith("#")}
    pins = [Pin(match["name"], match["version"]) for match in found.values() if match]
    return {pin.key: pin for pin in pins}, tuple(line for line, match in found.items() if match is None)


def asked_directly(project: Path = ROOT / "pyproject.toml") -> tuple[Requirement, ...]:
    """Return what the project itself asks for: its build, its dependencies, and every extra but that of the benches.

    An extra that is made of others asks for nothing of its own.
    """
    said = tomllib.loads(project.read_text(encoding="utf-8"))
    extras = {name: asked for name, asked in said["project"]["optional-dependencies"].items() if name != "bench"}
    lines = [*said["build-system"]["requires"], *said["project"]["dependencies"]]
    asked = [Requirement(line) for line in (*lines, *(line for asked in extras.values() for line in asked))]
    return tuple(each for each in asked if each.name != said["project"]["name"])


def reached(pins: Mapping[str, Pin], roots: Iterable[Requirement]) -> dict[str, set[str]]:
    """Return [package that is needed] who asks for it; the project itself is called foedus."""
    askers: dict[str, set[str]] = {}
    open_ = [("foedus", root) for root in roots]
    seen: set[tuple[str, frozenset[str]]] = set()
    while open_:
        asker, requirement = open_.pop()
        key = str(canonicalize_name(requirement.name))
        askers.setdefault(key, set()).add(asker)
        if key in pins and (key, frozenset(requirement.extras)) not in seen:
            seen.add((key, frozenset(requirement.extras)))
            open_ += [(key, each) for each in pins[key].asks_for(requirement.extras)]
    return askers
