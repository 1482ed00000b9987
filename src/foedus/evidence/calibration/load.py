"""Read the observations, and the texts that they name, with the strict reader of the arrangement language."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError, with_config

from foedus.arrangement.library import find_arrangement_file, library_files
from foedus.arrangement.load import load, words_of
from foedus.arrangement.record import Arrangement
from foedus.errors import Finding, InvalidFile, UnknownName
from foedus.evidence.calibration.band import band_of
from foedus.evidence.calibration.observation import Demand, Observation, Scale
from foedus.evidence.calibration.rehearsed import RehearsalObserved, is_rehearsal, pooled, read_rehearsal
from foedus.evidence.targets.record import Target
from foedus.text.source import ParsedText, read_source

STYLISED = "crisis"
"""The theatre of the texts that stand for a kind of case; they lie beside the calibration, not in the library."""
_WHY = "an observation that cannot be read cannot be held against the model"


def load_demands(targets: Sequence[Target], *, limit: float, more: Sequence[Path] = ()) -> tuple[Demand, ...]:
    """Return the packaged observations and those of ``more`` files, rehearsals among them, with their intervals.

    Raises `InvalidFile` with all findings: an unknown key, target or text, a missing interval.
    """
    packaged = files("foedus") / "evidence" / "calibration" / "observations.yaml"
    known = {target.id: target for target in targets}
    groups: dict[str, tuple[str, ...]] = {}
    demands: list[Demand] = []
    rehearsed: list[RehearsalObserved] = []
    findings: list[Finding] = []
    for place in (packaged, *more):
        source = read_source(place.read_text(encoding="utf-8"), file=str(place) if place in more else place.name)
        findings += source.findings
        data: Any = source.data if isinstance(source.data, dict) else {}
        if is_rehearsal(data):
            observed = read_rehearsal(source)
            findings += [observed] if isinstance(observed, Finding) else []
            rehearsed += [observed] if isinstance(observed, RehearsalObserved) else []
            continue
        findings += [
            _wrong(source, (key,), f"{key!r} is no key of an observation file", "write texts and observations")
            for key in data
            if key not in ("texts", "observations")
        ]
        groups |= {name: tuple(texts) for name, texts in (data.get("texts") or {}).items()}
        for key, entry in (data.get("observations") or {}).items():
            read, wrong = _read(key, entry, source, known=known, groups=groups, limit=limit)
            demands += read
            findings += wrong
    if findings:
        raise InvalidFile(findings)
    return (*demands, *(_demand_of(each, limit=limit) for each in pooled(rehearsed)))


def _demand_of(observation: Observation, *, limit: float) -> Demand:
    texts = observation.texts if isinstance(observation.texts, tuple) else (observation.texts,)
    return Demand(observation, texts=texts, versus=(), band=band_of(observation, None, limit=limit))


def load_texts(names: Sequence[str]) -> dict[str, Arrangement]:
    """Load texts by name, from the library and from the stylised ones; raise `UnknownName` or `InvalidFile`."""
    return {name: load(_file_of(name)) for name in names}


_OBSERVATION = TypeAdapter(with_config({"extra": "forbid"})(Observation))


def _read(
    key: str,
    entry: Any,
    source: ParsedText,
    *,
    known: Mapping[str, Target],
    groups: Mapping[str, tuple[str, ...]],
    limit: float,
) -> tuple[list[Demand], list[Finding]]:
    place = ("observations", key)
    try:
        observation = _OBSERVATION.validate_python({"id": key, **entry})
    except (ValidationError, TypeError) as error:
        told: list[tuple[tuple[int | str, ...], str]] = [((), "is no mapping of keys")]
        if isinstance(error, ValidationError):
            told = [(problem["loc"], words_of(problem)) for problem in error.errors()]
        return [], [_wrong(source, (*place, *path), words, "see docs/evidence.md for the keys") for path, words in told]
    absent = [name for name in (observation.target, observation.per) if name and name not in known]
    if absent:
        return [], [_wrong(source, place, f"there is no target {absent[0]!r}", "name one of targets.yaml")]
    if observation.per and observation.scale is not Scale.RATIO:
        return [], [_wrong(source, place, "a target over another is no ratio here", "write scale: ratio")]
    texts, versus = _spelt_out(observation.texts, groups), _spelt_out(observation.versus, groups)
    unknown = [name for name in (*texts, *versus) if not _exists(name)]
    if unknown:
        return [], [_wrong(source, place, f"there is no text {unknown[0]!r}", "see `foedus library` for the names")]
    try:
        band = band_of(observation, known.get(observation.target), limit=limit, per=known.get(observation.per))
    except ValueError as error:
        return [], [_wrong(source, place, str(error), "add value, low and high, with their source")]
    return [Demand(observation=observation, texts=texts, versus=versus, band=band)], []


def _spelt_out(texts: str | tuple[str, ...], groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    named = (texts,) if isinstance(texts, str) else texts
    spelt_out = (name for each in named if each for name in groups.get(each, (each,)))
    return tuple(dict.fromkeys(spelt_out))


def _exists(name: str) -> bool:
    try:
        return _file_of(name) is not None
    except UnknownName:
        return False


def _file_of(name: str) -> Path | Traversable:
    theatre, _, stem = name.partition("/")
    if theatre == STYLISED:
        place = files("foedus") / "evidence" / "calibration" / "texts" / f"{stem}.yaml"
        if place.is_file():
            return place
        raise UnknownName(f"there is no stylised text {name!r}")
    if name not in library_files():
        raise UnknownName(f"there is no packaged arrangement {name!r}")
    return find_arrangement_file(name)


def _wrong(source: ParsedText, place: tuple[Any, ...], message: str, mend: str) -> Finding:
    return source.finding(place, code="wrong-observation", message=message, why=_WHY, mend=mend)
