"""Write what calibration found as a parameter file with weighted draws beside it, for `futures` to read."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from foedus.evidence.calibration.calibrate import Calibration
from foedus.evidence.calibration.parameter_shifts import ParameterShift
from foedus.futures.parameters.given_file import WEIGHT
from foedus.futures.parameters.overlay_text import quoted, write_range
from foedus.futures.parameters.record import Parameter, ParameterStatus, Shape
from foedus.values.arrays_file import arrays_file

YAML, DRAWS = "calibrated.yaml", "calibrated.npz"
FAINTEST = 1e-6
"""Draws of less than this share of the largest weight are left out."""


def write_draws(calibration: Calibration, *, parameters: Mapping[str, Parameter]) -> bytes:
    """Return the draws as NPZ: an array for each parameter that varies, in single precision, and the weight."""
    names = [name for name in calibration.sample.names if parameters[name].shape is not Shape.FIXED]
    kept = calibration.weights > FAINTEST * calibration.weights.max()
    columns: dict[str, NDArray[np.floating]] = {
        name: calibration.sample.values[kept, calibration.sample.names.index(name)].astype(np.float32) for name in names
    }
    return arrays_file({**columns, WEIGHT: calibration.weights[kept]})


def write_overlay(calibration: Calibration, *, parameters: Mapping[str, Parameter]) -> str:
    """Return the parameter file: for every parameter that varies, whether history spoke, and what it said."""
    spoke = len({said.group for said in calibration.shifts if said.is_informed})
    groups = len({said.group for said in calibration.shifts if said.is_testable})
    note = (
        "Joint draws with weights, so that what the model says of war, of tested promises and of crises agrees with "
        f"the record as far as it can; {calibration.effective:.0f} effective of {len(calibration.weights)} draws. "
        "History spoke "
        f"about {spoke} of the {groups} things drawn that it could speak about. Seed {calibration.seed}. "
        "docs/evidence.md says how far to trust it."
    )
    asked = {"futures": calibration.drawn, "seed": calibration.seed, "dearest": f"{calibration.dearest:g}"}
    command = " ".join(["foedus evidence", *(f"--{name} {value}" for name, value in asked.items())])
    head = (
        "# Parameters weighted by history. Not to be changed by hand; written by\n"
        f"# `{command}`.\n"
        "view:\n"
        "  title: weighted by history\n"
        "  argued_by: the record of ceasefires, tested promises and crises (docs/evidence.md)\n"
        f"  note: {quoted(note)}\n"
        f"sample: {DRAWS}\n"
    )
    binding = sorted((finding for finding in calibration.findings if finding.binds), key=lambda finding: -finding.price)
    targets = ", ".join(finding.demand.observation.id for finding in binding)
    return head + "".join(_entry(said, parameters[said.name], targets) for said in calibration.shifts)


def _entry(said: ParameterShift, parameter: Parameter, targets: str) -> str:
    status = ParameterStatus.ESTIMATED if said.is_informed else parameter.status
    return (
        f"{said.name}:\n"
        f"  {write_range(parameter)}\n"
        f"  status: {status.value}\n"
        f"  source: {quoted(parameter.source)}\n"
        f"  history: {quoted(history_of(said, targets=targets))}\n"
    )


def history_of(said: ParameterShift, *, targets: str) -> str:
    """Say whether history spoke about a parameter, and what."""
    before, after = (", ".join(f"{x:.3g}" for x in each) for each in (said.before, said.after))
    if said.is_informed:
        return f"spoke: 5, 50 and 95 % at {after}, before at {before}; by the targets that bind: {targets}"
    if not said.is_testable:
        return "could not speak: no text behind the targets reads it"
    return f"did not speak (moved by {said.distance:.2f}, chance alone by up to {said.floor:.2f})"
