"""Worlds of a claim: parameters moved in every future, all else as it was drawn."""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from foedus.futures.ensemble import Sample
from foedus.futures.parameters.record import Parameter, Parameters
from foedus.futures.sample import GAME_PARAMETERS, future_of
from foedus.insight.claims.reader import ClaimReader
from foedus.insight.claims.record import Act, Intervention, World
from foedus.text.source import Path

_ACTS = (Act.TO, Act.ADD, Act.TIMES)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def read_worlds(value: Any, *, reader: ClaimReader, parameters: Parameters) -> dict[str, World | None]:
    """Read the worlds of a claim by name; one that is wrong is None, with findings."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        reader.wrong(("worlds",), "should be keys with values", "write a name for each world, with what is moved in it")
        return {}
    return {name: _world(("worlds", name), written, reader, parameters) for name, written in value.items()}


def moved(sample: Sample, world: World) -> Sample:
    """Return a sample with a world's parameters moved, and nothing else."""
    if not world:
        return sample
    values = sample.values.copy()
    for each in world:
        column = sample.names.index(each.parameter)
        values[:, column] = each.moved(values[:, column])
    return Sample(names=sample.names, values=values, seed=sample.seed)


def _world(place: Path, value: Any, reader: ClaimReader, parameters: Parameters) -> World | None:
    before = len(reader.findings)
    reader.name(place, place[-1])
    found = [
        intervention
        for i, entry in enumerate(reader.entries(place, value))
        for intervention in _interventions((*place, i), entry, reader, parameters)
    ]
    names = [each.parameter for each in found]
    if len(names) > len(set(names)):
        twice = next(name for name in names if names.count(name) > 1)
        reader.wrong(place, f"moves {twice} twice", "move each parameter once")
    if not found and len(reader.findings) == before:
        reader.wrong(place, "moves nothing", "name a parameter and one of to:, add:, times:")
    return tuple(sorted(found)) if len(reader.findings) == before else None


def _interventions(place: Path, entry: Any, reader: ClaimReader, parameters: Parameters) -> Iterator[Intervention]:
    data = reader.mapping(place, entry, required=("parameter",), optional=_ACTS)
    acts = [act for act in _ACTS if data and act in data]
    if data is None or "parameter" not in data:
        return
    if len(acts) != 1 or not _NUMBER.fullmatch(str(data[acts[0]])) or isinstance(data[acts[0]], str):
        reader.wrong(place, "moves nothing", "write one of to:, add:, times: with a number")
        return
    names = _named(data["parameter"], parameters)
    if not names:
        reader.unknown((*place, "parameter"), data["parameter"], known=tuple(parameters), what="a parameter of foedus")
    for name in names:
        intervention = Intervention(parameter=name, act=acts[0], value=float(data[acts[0]]))
        if wrong := _leaves_its_range(intervention, parameters):
            reader.wrong(place, f"moves {name} to where it cannot be: {wrong}", "move it less far")
        yield intervention


def _named(pattern: Any, parameters: Mapping[str, Parameter]) -> tuple[str, ...]:
    """Return the parameters that are meant; ``tier_aid.*`` means every tier but none."""
    if not isinstance(pattern, str):
        return ()
    if "*" not in pattern:
        return (pattern,) if pattern in parameters else ()
    return tuple(name for name in parameters if fnmatchcase(name, pattern) and not name.endswith(".none"))


def _leaves_its_range(intervention: Intervention, parameters: Parameters) -> str:
    """Say why a moved parameter has no meaning at one end of its range; empty where it has."""
    parameter = parameters[intervention.parameter]
    for end in (intervention.moved(parameter.low), intervention.moved(parameter.high)):
        if parameter.unit in ("share", "probability") and not 0 <= end <= 1:
            return f"{end:g} is no {parameter.unit}"
        if parameter.unit == "days" and end <= 0:
            return f"{end:g} days is no time"
        if parameter.name in GAME_PARAMETERS:
            try:
                future_of({**parameters.central, parameter.name: end})
            except ValueError as error:
                return str(error).removeprefix("future: ")
    return ""
