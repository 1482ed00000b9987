"""How a result was obtained: digests of what went in and what came out, seed, settings, versions."""

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any

import numpy as np

from foedus import __version__
from foedus.futures.ensemble import Ensemble
from foedus.game.outcomes import OUTCOMES
from foedus.values.digest import digest_of

_DECIMALS = 6
"""Outcomes that agree to this many decimals have one digest, so that a processor's last bits do not count."""
_LIBRARIES = ("numpy", "scipy", "numba", "pyarrow")


@dataclass(frozen=True)
class Provenance:
    """Everything needed to obtain the same numbers again, and to see that they are the same."""

    inputs_digest: str
    """Of arrangements, parameters, settings and the version of foedus: the same inputs give the same outcomes."""
    outcomes_digest: str
    """Of converged outcomes to six decimals, and of which converged."""
    arrangement_digests: Mapping[str, str]
    """[arrangement] of what each says, whatever its file looks like; in the order in which they were given."""
    parameters_digest: str
    """Of every range."""
    baseline: str
    settings: Mapping[str, Any]
    """How the ensemble was run, the seed included."""
    versions: Mapping[str, str]
    """Of foedus, Python and the numerical libraries."""

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> "Provenance":
        """Build from plain data, as in a result file."""
        return cls(**values)

    def to_mapping(self) -> dict[str, Any]:
        """Return plain data; ``from_mapping`` reads it back."""
        return asdict(self)


def provenance_of(
    ensemble: Ensemble, *, arrangements: Mapping[str, Any], parameters_digest: str, baseline: str
) -> Provenance:
    """Describe how an ensemble was obtained; ``arrangements`` are records turned into plain data, by id."""
    digests = {name: digest_of(arrangements[name]) for name in ensemble.arrangements}
    settings = asdict(ensemble.settings)
    return Provenance(
        inputs_digest=digest_of(
            {
                "arrangements": [[name, digest] for name, digest in digests.items()],
                "parameters": parameters_digest,
                "settings": settings,
                "foedus": __version__,
            }
        ),
        outcomes_digest=outcomes_digest(ensemble),
        arrangement_digests=digests,
        parameters_digest=parameters_digest,
        baseline=baseline,
        settings=settings,
        versions={
            "foedus": __version__,
            "python": platform.python_version(),
            **{library: version(library) for library in _LIBRARIES},
        },
    )


def outcomes_digest(ensemble: Ensemble) -> str:
    """Return the digest of converged outcomes (future, arrangement, outcome), rounded to six decimals."""
    rounded = np.where(ensemble.converged[:, :, None], np.round(ensemble.outcomes, _DECIMALS), 0.0) + 0.0
    return digest_of(
        {
            "arrangements": list(ensemble.arrangements),
            "outcomes": list(OUTCOMES),
            "values": rounded.tolist(),
            "converged": ensemble.converged.tolist(),
        }
    )
