"""docs/architecture.md: what stands where and what flows where, read from the packages' own cards and imports."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measuring.page import ROOT

SOURCE = ROOT / "src" / "foedus"
WORDS = ("takes", "gives", "promises", "never")
HEAD = """\
# Architecture

Data flows one way: a text file becomes a record, the record arrays, the arrays a solved game, many solved games a
comparison, and that a page. A package imports what stands below it and nothing above; `make check` keeps that
(import-linter), and [decisions/](decisions/) says why things are as they are. This page is written by
`python -m bench.docs architecture.md` from the card at the head of each package, from the imports and, for the last
table, from `bench/docs/where_to_add.py`; a test compares it with the code.
"""
PICTURE = """\
## What flows where

An arrow points from a package to one that it imports; the number says how many of its files do. Arrows that follow from
others are left out of the picture and stand in the table.
"""


@dataclass(frozen=True)
class Package:
    """A package or a single module of foedus, with its card."""

    name: str
    what: str
    card: Mapping[str, str]
    """[takes, gives, promises, never]; empty for what has no card."""
    folders: Mapping[str, str]
    """[folder inside] what it is about."""
    files: int
    imports: Mapping[str, int]
    """[other package] how many files import it."""


def architecture(additions: Sequence[tuple[str, Sequence[str], str]]) -> str:
    """Write the page; ``additions`` are (what to add, files that it takes, remark)."""
    packages = read_packages()
    sections = (
        HEAD,
        f"{PICTURE}\n{_picture(packages)}\n\n{_matrix(packages)}\n",
        "## The packages\n\n" + "\n".join(_described(package) for package in packages),
        "## Where to add\n\n" + _additions(additions),
    )
    return "\n".join(sections)


def read_packages() -> list[Package]:
    """Read every package, the highest first."""
    order = _order()
    return [_read(name, known=order) for name in order]


def _order() -> list[str]:
    """Return the packages in the order of the import contract, the highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = " ".join(next(each["layers"] for each in contracts if each["type"] == "layers"))
    names = [name for name in re.findall(r"foedus\.(\w+)", layers) if _place(name).exists()]
    there = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    return names + sorted(there - set(names))


def _place(name: str) -> Path:
    folder = SOURCE / name
    return folder if folder.is_dir() else folder.with_suffix(".py")


def _read(name: str, *, known: Sequence[str]) -> Package:
    place = _place(name)
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    doc = _docstring(place / "__init__.py" if place.is_dir() else place)
    what, _, rest = doc.partition("\n")
    imported = Counter(other for file in files for other in _imported(file) if other in known and other != name)
    return Package(
        name=name,
        what=(what.partition(": ")[2] or what).rstrip("."),
        card=_card(rest),
        folders={path.parent.name: _docstring(path).partition("\n")[0] for path in sorted(place.glob("*/__init__.py"))},
        files=len([file for file in files if file.name != "__init__.py"]),
        imports=imported,
    )


def _docstring(file: Path) -> str:
    return ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""


def _card(text: str) -> dict[str, str]:
    """Take a card apart: each word with a colon begins a part."""
    parts = re.split(rf"\b({'|'.join(WORDS)}): ", " ".join(text.split()))
    return {word: said.strip().rstrip(".") for word, said in zip(parts[1::2], parts[2::2], strict=True)}


def _imported(file: Path) -> set[str]:
    """Return the packages of foedus that a file imports, wherever in the file."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name.split(".")[1] for name in names if name.startswith("foedus.")}
    return found


def _picture(packages: Sequence[Package]) -> str:
    reach = _reached(packages)
    lines = ["```mermaid", "flowchart TD"]
    for package in packages:
        direct = set(package.imports) - {far for near in package.imports for far in reach[near]}
        lines += [
            f"  {package.name} -->|{package.imports[other]}| {other}" for other in package.imports if other in direct
        ]
    return "\n".join([*lines, "```"])


def _reached(packages: Sequence[Package]) -> dict[str, set[str]]:
    """Return what each package imports, directly or through others."""
    reach: dict[str, set[str]] = {}
    for package in reversed(packages):
        reach[package.name] = set(package.imports).union(*(reach.get(other, set()) for other in package.imports))
    return reach


def _matrix(packages: Sequence[Package]) -> str:
    names = [package.name for package in packages]
    columns = [name for name in names if any(name in package.imports for package in packages)]
    lines = [f"| files of … import | {' | '.join(columns)} |", f"|---|{'---:|' * len(columns)}"]
    for package in packages:
        cells = (str(package.imports.get(name, "")) for name in columns)
        lines.append(f"| `{package.name}` ({package.files}) | {' | '.join(cells)} |")
    return "\n".join(lines)


def _described(package: Package) -> str:
    lines = [f"### {package.name}", "", f"{package.what[:1].upper()}{package.what[1:]}.", ""]
    if package.card:
        lines += ["| | |", "|---|---|", *(f"| {word} | {package.card[word]} |" for word in WORDS), ""]
    lines += [f"- `{name}/`: {what}" for name, what in package.folders.items()]
    return "\n".join(lines).rstrip() + "\n"


def _additions(additions: Sequence[tuple[str, Sequence[str], str]]) -> str:
    return "\n".join(_lines_of(additions)) + "\n"


def _lines_of(additions: Sequence[tuple[str, Sequence[str], str]]) -> Iterator[str]:
    yield "| to add | files | remark |"
    yield "|---|---|---|"
    for what, files, remark in additions:
        yield f"| {what} | {'<br>'.join(f'[`{file}`](../{file})' for file in files)} | {remark} |"
