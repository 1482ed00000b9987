"""Write the list of materials (SBOM, CycloneDX 1.5) of what is pinned: `python -m bench.packaging.materials`.

The same constraints and the same installed packages give the same bytes: nothing in it is dated.
"""

import argparse
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from bench.measuring.page import ROOT
from bench.packaging.pinned import Pin, asked_directly, reached, read_pins

CONSTRAINTS = ROOT / "constraints.txt"


def main() -> None:
    """Print the list, or write it to a file."""
    parser = argparse.ArgumentParser(prog="python -m bench.packaging.materials", description=__doc__)
    parser.add_argument("--out", type=Path, help="write to this file; printed otherwise")
    out = parser.parse_args().out
    pins, _ = read_pins(CONSTRAINTS)
    text = json.dumps(materials(pins), indent=1, ensure_ascii=False) + "\n"
    if out:
        out.write_text(text, encoding="utf-8")
        print(f"{out}: {len(pins)} packages")
    else:
        print(text, end="")


def materials(pins: Mapping[str, Pin]) -> dict[str, Any]:
    """Return the list as plain data."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    askers = reached(pins, asked_directly())
    asks: dict[str, list[str]] = {key: [] for key in ("foedus", *pins)}
    for key, who in askers.items():
        for asker in who:
            if key in pins:
                asks[asker].append(_reference(pins[key]))
    own = {"type": "application", "bom-ref": "foedus", "name": "foedus", "version": project["version"]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": own | {"licenses": [{"expression": project["license"]}]}},
        "components": [_component(pin) for _, pin in sorted(pins.items())],
        "dependencies": [
            {"ref": "foedus" if key == "foedus" else _reference(pins[key]), "dependsOn": sorted(on)}
            for key, on in sorted(asks.items())
        ],
    }


def _component(pin: Pin) -> dict[str, Any]:
    said = {"licenses": [{"license": {"name": pin.licence}}]} if pin.licence else {}
    reference = _reference(pin)
    return {"type": "library", "bom-ref": reference, "name": pin.name, "version": pin.version, "purl": reference} | said


def _reference(pin: Pin) -> str:
    return f"pkg:pypi/{canonicalize_name(pin.name)}@{pin.version}"


if __name__ == "__main__":
    main()
