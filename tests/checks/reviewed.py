"""What the checks say of many texts, as files to review: `python -m tests.checks.reviewed` writes them anew.

Each text has a heading; each finding a line of its own with its check, its severity and its clauses, and below it what
is said, how to mend it, the incident, and for the specimens the replay.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from foedus.arrangement.library import library_files
from foedus.checks.examine import examine, load_with_source
from foedus.checks.finding import CheckFinding, Examination
from foedus.checks.registry import CHECKS
from foedus.checks.specimens import bad, patched
from tests.checks.boundaries import BOUNDARIES
from tests.checks.generated import altered, generated

FOLDER = Path(__file__).parent / "reviewed"
MADE_UP = tuple(f"{kind} {seed}" for kind in ("generated", "altered") for seed in range(24))


def of_library(name: str) -> Iterator[str]:
    """Yield what is found in a text of the library, with its lines."""
    arrangement, source = load_with_source(library_files()[name])
    yield from told(examine(arrangement, source=source))


def of_specimen(name: str) -> Iterator[str]:
    """Yield what is found in the specimen of a check, and the replay of each finding."""
    yield from told(examine(bad(name)), replay=True)


def of_boundary(name: str) -> Iterator[str]:
    """Yield what is found in the sound text where one clause stands at an edge."""
    examination = examine(patched(BOUNDARIES[name]))
    yield from told(replace(examination, passed={}, without_subject=()))


def of_made_up(name: str) -> Iterator[str]:
    """Yield which checks find something in a text made by chance, and where."""
    kind, _, seed = name.partition(" ")
    examination = examine((generated if kind == "generated" else altered)(int(seed)))
    yield from (_head(each) for each in examination.findings)
    yield from _rest(examination)


def told(examination: Examination, *, replay: bool = False) -> Iterator[str]:
    """Yield every finding and what the examination says beside them."""
    for each in examination.findings:
        yield _head(each)
        yield f"    says: {each.message}"
        yield f"    mend: {each.mend}"
        if each.world is not None:
            yield f"    incident: {each.as_finding().incident}; {each.world.row()}"
        if replay:
            yield from (f"    why: {line}" for line in each.why)
    yield from _rest(examination)


def _head(each: CheckFinding) -> str:
    places = ", ".join(f"{place.path}:{place.line}" if place.line else place.path for place in each.clauses)
    unsure = " (cannot tell)" if each.cannot_tell else ""
    return f"  {each.id} {each.severity} {each.kind}{unsure}: {places}"


def _rest(examination: Examination) -> Iterator[str]:
    for name, places in examination.passed.items():
        yield f"  {name} holds: {', '.join(place.path for place in places)}"
    yield f"  nothing to look at: {', '.join(examination.without_subject)}"
    if examination.unreplayed:
        yield f"  not confirmed: {', '.join(examination.unreplayed)}"
    if examination.coverage:
        yield f"  coverage: {examination.coverage.to_mapping()}"


GROUPS: Mapping[str, tuple[tuple[str, ...], Callable[[str], Iterator[str]]]] = {
    "library": (tuple(sorted(library_files())), of_library),
    "specimens": (tuple(CHECKS), of_specimen),
    "boundaries": (tuple(BOUNDARIES), of_boundary),
    "made_up": (MADE_UP, of_made_up),
}


@cache
def reviewed(group: str) -> Mapping[str, str]:
    """Return what was reviewed, by name."""
    parts = (FOLDER / f"{group}.txt").read_text(encoding="utf-8").split("\n= ")
    pairs = (part.removeprefix("= ").partition("\n") for part in parts)
    return {name: body.rstrip("\n") for name, _, body in pairs}


def found(group: str, name: str) -> str:
    """Return what is found now."""
    _, lines_of = GROUPS[group]
    return "\n".join(lines_of(name))


def renew() -> None:
    """Write all groups anew."""
    FOLDER.mkdir(exist_ok=True)
    for group, (names, _) in GROUPS.items():
        body = "\n".join(f"= {name}\n{found(group, name)}" for name in names)
        (FOLDER / f"{group}.txt").write_text(body + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew()
