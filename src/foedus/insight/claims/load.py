"""Read claim files: strict YAML to a claim whose every variant is a valid arrangement, or every finding at once."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import Any

from foedus.arrangement.library import library_files, load_from_library
from foedus.arrangement.load import load
from foedus.arrangement.record import Arrangement
from foedus.errors import Finding, InvalidFile, UnknownName
from foedus.futures.parameters.record import Parameters
from foedus.insight.claims.grammar import BadInequality, Inequality, parse_inequalities
from foedus.insight.claims.outcomes import complaint_about
from foedus.insight.claims.reader import ClaimReader
from foedus.insight.claims.record import CLAIM_VERSION, ArgumentOrigin, Claim, ClaimSide
from foedus.insight.claims.variants import change_text, read_changes
from foedus.insight.claims.worlds import read_worlds
from foedus.text.source import Path, read_file, read_source

_SUFFIX = ".yaml"
_REQUIRED = ("claim", "id", "in_short", "statement", "origin", "comparison", "arrangements", "holds")
_OPTIONAL = ("argued_by", "worlds", "futures", "margin", "literature", "reading", "limits")
_MOST_SIDES = 8
_SHORT = 70


@cache
def packaged_claims() -> Mapping[str, Traversable]:
    """Return the claim files that ship with the package, by id, in order."""
    folder = files("foedus") / "claims"
    found = {entry.name.removesuffix(_SUFFIX): entry for entry in folder.iterdir() if entry.name.endswith(_SUFFIX)}
    return dict(sorted(found.items()))


def find_claim_file(name: str) -> FilePath | Traversable:
    """Find the claim that a user means: a path that exists, or the id of a packaged one; raise `UnknownName`."""
    path = FilePath(name)
    if path.is_file():
        return path
    known = packaged_claims()
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=1, cutoff=0.5) or [each for each in known if name and name in each]
    hint = f"did you mean {near[0]!r}?" if near else "`foedus claims --list` lists what there is"
    raise UnknownName(f"there is no file and no packaged claim {name!r}; {hint}")


def load_claim(file: FilePath | Traversable, *, parameters: Parameters) -> Claim:
    """Read a claim from a file; raise `InvalidFile` with all findings, or ``OSError``."""
    return read_claim(read_file(file), file=str(file), parameters=parameters)


def read_claim(text: str, *, file: str, parameters: Parameters) -> Claim:
    """Read a claim from text; raise `InvalidFile` with all findings."""
    reader = ClaimReader(read_source(text, file=file), cases=tuple(library_files()))
    data = reader.mapping((), reader.source.data, required=_REQUIRED, optional=_OPTIONAL)
    if data is None:
        raise InvalidFile(reader.findings)
    if data.get("claim", CLAIM_VERSION) != CLAIM_VERSION:
        reader.wrong(("claim",), f"is version {data['claim']!r}", f"write claim: {CLAIM_VERSION}")
    worlds = read_worlds(data.get("worlds"), reader=reader, parameters=parameters)
    sides = _sides(data.get("arrangements"), reader=reader, worlds=worlds)
    restriction = reader.mapping(("futures",), data.get("futures"), required=("where",)) if "futures" in data else None
    references = _literature(data.get("literature"), reader=reader)
    claim = Claim(
        id=_id(data.get("id"), reader=reader, file=file),
        in_short=reader.text(("in_short",), data.get("in_short"), most=_SHORT),
        statement=reader.text(("statement",), data.get("statement")),
        origin=_origin(data.get("origin"), reader=reader),
        argued_by=reader.references(("argued_by",), data.get("argued_by", [])),
        comparison=reader.text(("comparison",), data.get("comparison")),
        sides=sides,
        holds=_holds(data.get("holds"), reader=reader, known=_names(data.get("arrangements"))),
        where=_where(restriction, reader=reader, parameters=parameters),
        margin=reader.number(("margin",), data.get("margin", 0.0)),
        pro=references[0],
        contra=references[1],
        reading=reader.text(("reading",), data["reading"]) if "reading" in data else "",
        limits=reader.texts(("limits",), data.get("limits", [])),
    )
    if reader.findings:
        raise InvalidFile(reader.findings)
    return claim


def _id(value: Any, *, reader: ClaimReader, file: str) -> str:
    stem = FilePath(file).name.removesuffix(_SUFFIX)
    if value != stem and not file.startswith("<"):
        reader.wrong(("id",), f"is {value!r} in a file called {stem!r}", "give both one name")
    return reader.name(("id",), value)


def _origin(value: Any, *, reader: ClaimReader) -> ArgumentOrigin:
    if isinstance(value, str) and value in set(ArgumentOrigin):
        return ArgumentOrigin(value)
    if value is not None:
        reader.wrong(("origin",), f"is {value!r}", f"use one of {', '.join(ArgumentOrigin)}")
    return ArgumentOrigin.DEBATE


def _literature(value: Any, *, reader: ClaimReader) -> tuple[Any, Any]:
    place: Path = ("literature",)
    data = reader.mapping(place, value, optional=("for", "against")) if value is not None else {}
    found = data or {}
    return (
        reader.references((*place, "for"), found.get("for", [])),
        reader.references((*place, "against"), found.get("against", [])),
    )


def _sides(value: Any, *, reader: ClaimReader, worlds: Mapping[str, Any]) -> tuple[ClaimSide, ...]:
    place: Path = ("arrangements",)
    if not isinstance(value, dict) or not value:
        if value is not None:
            reader.wrong(place, "names no arrangement", "write a name for each side, with the text it stands for")
        return ()
    if len(value) > _MOST_SIDES:
        reader.wrong(place, f"names {len(value)} arrangements", f"compare {_MOST_SIDES} at most")
    found = [_side(name, written, reader=reader, worlds=worlds) for name, written in value.items()]
    used = {side.world for side in found if side is not None}
    for name, world in worlds.items():
        if world is not None and world not in used and all(found):
            reader.wrong(("worlds", name), "is used by no arrangement", "name it in one, as `world:`, or take it out")
    return tuple(side for side in found if side is not None)


def _side(name: str, written: Any, *, reader: ClaimReader, worlds: Mapping[str, Any]) -> ClaimSide | None:
    place: Path = ("arrangements", name)
    reader.name(place, name)
    entry = {"base": written} if isinstance(written, str) else written
    data = reader.mapping(place, entry, required=("base",), optional=("change", "world", "label"))
    if data is None or "base" not in data:
        return None
    base = _base((*place, "base"), data["base"], reader=reader)
    changes = read_changes((*place, "change"), data.get("change", []), reader=reader)
    world = worlds.get(data["world"]) if isinstance(data.get("world"), str) else () if "world" not in data else None
    if world is None and data.get("world") not in worlds:
        reader.unknown((*place, "world"), data["world"], known=tuple(worlds), what="a world of this claim")
    if base is None or changes is None or world is None:
        return None
    text = change_text(base, changes, place=(*place, "change"), reader=reader)
    label = reader.text((*place, "label"), data["label"]) if "label" in data else name.replace("_", " ")
    if text is None:
        return None
    return ClaimSide(name=name, label=label, base=data["base"], changes=changes, world=world, arrangement=text)


def _base(place: Path, name: Any, *, reader: ClaimReader) -> Arrangement | None:
    if not isinstance(name, str):
        reader.wrong(place, "is no name of a text", "write a path, or a packaged name such as ukraine/nato_membership")
        return None
    folder = FilePath(reader.source.file).parent.resolve()
    beside = (folder / name).resolve()
    if name.endswith(_SUFFIX) and not beside.is_relative_to(folder):
        reader.wrong(place, "does not lie beside this file", "put the text into the folder of the claim, or below it")
        return None
    try:
        return load(beside) if name.endswith(_SUFFIX) and beside.is_file() else _packaged(name)
    except UnknownName as error:
        reader.wrong(place, f"cannot be found: {error}", "name a file, or a packaged arrangement")
    except InvalidFile as error:
        reader.wrong(place, f"is no arrangement: {_first(error.findings)}", "see `foedus check` on that file")
    except OSError as error:
        reader.wrong(place, f"cannot be read: {error.strerror}", "name a file that can be read")
    return None


@cache
def _packaged(name: str) -> Arrangement:
    """Load a packaged text, which several claims start from, once; no path is taken, wherever the command runs."""
    return load_from_library(name)


def _first(findings: tuple[Finding, ...]) -> str:
    more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
    return f"{findings[0].message}{more}"


def _names(written: Any) -> tuple[str, ...]:
    """Return the names of the sides as they are written, right or wrong."""
    return tuple(written) if isinstance(written, dict) else ()


def _holds(value: Any, *, reader: ClaimReader, known: tuple[str, ...]) -> tuple[Inequality, ...]:
    found = _inequalities(("holds",), value, reader=reader)
    if not known:
        return found
    named = [name for inequality in found for name in inequality.names]
    for name in dict.fromkeys(named):
        if complaint := complaint_about(name, known=known):
            reader.wrong(("holds",), *complaint)
    for side in known:
        if found and not any(name.split(".")[0] == side for name in named):
            reader.wrong(("arrangements", side), "is never compared", "name it in `holds`, or take it out")
    return found


def _where(
    restriction: Mapping[str, Any] | None, *, reader: ClaimReader, parameters: Parameters
) -> tuple[Inequality, ...]:
    if not restriction:
        return ()
    place: Path = ("futures", "where")
    found = _inequalities(place, restriction.get("where"), reader=reader)
    for name in dict.fromkeys(name for inequality in found for name in inequality.names):
        if name not in parameters:
            reader.unknown(place, name, known=tuple(parameters), what="a parameter of foedus")
    return found


def _inequalities(place: Path, value: Any, *, reader: ClaimReader) -> tuple[Inequality, ...]:
    text = reader.text(place, value)
    if not text:
        return ()
    try:
        return parse_inequalities(" ".join(text.split()))
    except BadInequality as error:
        reader.wrong(place, f"is no inequality: {text!r} {error}", "write it as `strong.war < weak.war`, joined by and")
        return ()
