"""Audit what foedus rests on, asking nobody on the network: `python -m bench.packaging.audit [--advisories FOLDER]`.

Told are lines that pin nothing exactly, packages that are asked for and not pinned or pinned and not asked for, pins
below what is asked, versions installed here that are not the pinned ones, packages whose metadata name no licence, and
with a folder of advisories (OSV, one JSON file each) every pin that one of them is about. Exits with 1 where there is
any.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from bench.packaging.materials import CONSTRAINTS
from bench.packaging.pinned import Pin, asked_directly, reached, read_pins


def main() -> None:
    """Print what was found, and how much was looked at."""
    parser = argparse.ArgumentParser(prog="python -m bench.packaging.audit", description=__doc__)
    parser.add_argument("--advisories", type=Path, help="a folder of OSV files")
    folder = parser.parse_args().advisories
    pins, loose = read_pins(CONSTRAINTS)
    files = sorted(folder.rglob("*.json")) if folder else []
    advisories = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    found = [
        *(f"{CONSTRAINTS.name}: {line!r} pins nothing exactly; write NAME==VERSION" for line in loose),
        *about_pins(pins, asked_directly()),
        *about_installed(pins),
        *about_advisories(pins, advisories),
    ]
    silent = not_known(pins, reached(pins, asked_directly()))
    if silent:
        print(f"not installed here, so it is not known whether all pins are needed: {', '.join(silent)}")
    print("\n".join([*found, f"{len(pins)} pins and {len(advisories)} advisories: {len(found)} to look at"]))
    sys.exit(bool(found))


def about_pins(pins: Mapping[str, Pin], roots: Iterable[Requirement]) -> Iterator[str]:
    """Tell what is asked for and not pinned, pinned and not asked for, or pinned below what is asked."""
    roots = tuple(roots)
    askers = reached(pins, roots)
    for name in sorted(set(askers) - set(pins)):
        yield f"{name}: {' and '.join(sorted(askers[name]))} asks for it, and it is not pinned"
    if not not_known(pins, askers):
        for name in sorted(set(pins) - set(askers)):
            yield f"{name}: it is pinned, and nobody asks for it"
    for root in roots:
        pin = pins.get(str(canonicalize_name(root.name)))
        if pin and not root.specifier.contains(pin.version, prereleases=True):
            yield f"{pin.name}: {pin.version} is pinned, and {root.specifier} is asked for"


def not_known(pins: Mapping[str, Pin], askers: Iterable[str]) -> tuple[str, ...]:
    """Name what is asked for and not installed here: what that asks for in its turn cannot be told."""
    return tuple(sorted(name for name in askers if name in pins and pins[name].installed is None))


def about_installed(pins: Mapping[str, Pin]) -> Iterator[str]:
    """Tell where what is installed here differs from the pins or names no licence; what is absent is passed over."""
    for pin in pins.values():
        if pin.installed and pin.installed.version != pin.version:
            yield f"{pin.name}: {pin.installed.version} is installed, and {pin.version} is pinned"
        if pin.installed and not pin.licence:
            yield f"{pin.name}: its metadata name no licence"


def about_advisories(pins: Mapping[str, Pin], advisories: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Tell which pins an advisory is about; one that was withdrawn is about none."""
    for advisory in advisories:
        for affected in advisory.get("affected", []) if not advisory.get("withdrawn") else []:
            package = affected.get("package", {})
            pin = pins.get(str(canonicalize_name(package.get("name", ""))))
            if pin and package.get("ecosystem") == "PyPI" and _is_affected(pin.version, affected):
                summary = advisory.get("summary", "no summary")
                yield f"{pin.name}: {pin.version} is affected by {advisory['id']}: {summary}"


def _is_affected(version: str, affected: Mapping[str, Any]) -> bool:
    ranges = [each["events"] for each in affected.get("ranges", []) if each.get("type") == "ECOSYSTEM"]
    return version in affected.get("versions", []) or any(_lies_in(Version(version), events) for events in ranges)


def _lies_in(version: Version, events: Iterable[Mapping[str, str]]) -> bool:
    """Follow the events of a range in their order up to a version: introduced, fixed, last affected."""
    is_in = False
    for event in events:
        ((kind, at),) = event.items()
        bound = Version("0.dev0" if at == "0" else at)
        if kind == "introduced" and version >= bound:
            is_in = True
        elif (kind == "fixed" and version >= bound) or (kind == "last_affected" and version > bound):
            is_in = False
    return is_in


if __name__ == "__main__":
    main()
