"""How a result was obtained: the command, digests of what went in and what came out, seed, settings, versions."""

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import foedus
from foedus.values.digest import digest_of

if TYPE_CHECKING:
    from foedus.futures.ensemble import Ensemble, Settings

_DECIMALS = 6
"""Outcomes that agree to this many decimals have one digest, so that a processor's last bits do not count."""
_LIBRARIES = ("numpy", "scipy", "numba")


@dataclass(frozen=True)
class Provenance:
    """Everything needed to obtain the same figures again, and to see that they are the same."""

    inputs_digest: str
    """Of arrangements, parameters, settings, what was asked and the version of foedus: the same give the same."""
    arrangement_digests: Mapping[str, str]
    """[arrangement] of what each says, whatever its file looks like; in the order in which they were given."""
    parameters_digest: str
    """Of every range."""
    settings: Mapping[str, Any]
    """How futures were drawn and solved, the seed included."""
    versions: Mapping[str, str]
    """Of foedus, Python and the numerical libraries."""
    command: str = ""
    """What was asked for, in words of the command line; empty in a file of a foedus that did not note it."""
    baseline: str = ""
    """Id of the arrangement measured against; empty where there is none."""
    outcomes_digest: str = ""
    """Of converged outcomes to six decimals, and of which converged; empty where outcomes are not written out."""
    basis: tuple[str, ...] = ()
    """What differs from the default parameters, in sentences; empty where nothing does."""

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> "Provenance":
        """Build from plain data, as in a result file."""
        return cls(**{**values, "basis": tuple(values.get("basis", ()))})

    def to_mapping(self) -> dict[str, Any]:
        """Return plain data; ``from_mapping`` reads it back."""
        return asdict(self)


def provenance_of(
    *,
    command: str,
    arrangements: Mapping[str, Any],
    parameters_digest: str,
    settings: "Settings | Mapping[str, Any]",
    question: object = None,
    libraries: tuple[str, ...] = (),
    basis: tuple[str, ...] = (),
) -> Provenance:
    """Describe how figures were obtained; ``arrangements`` are records turned into plain data, by id.

    ``question`` is whatever else the figures depend on, as plain data; the command, where nothing is said.
    """
    digests = {name: digest_of(plain) for name, plain in arrangements.items()}
    stated = dict(settings) if isinstance(settings, Mapping) else asdict(settings)
    return Provenance(
        inputs_digest=_inputs_digest(
            digests,
            parameters=parameters_digest,
            settings=stated,
            question={"question": command if question is None else question},
        ),
        arrangement_digests=digests,
        parameters_digest=parameters_digest,
        settings=stated,
        versions=_versions(libraries),
        command=command,
        basis=basis,
    )


def provenance_of_outcomes(
    ensemble: "Ensemble",
    *,
    command: str,
    arrangements: Mapping[str, Any],
    parameters_digest: str,
    baseline: str,
    basis: tuple[str, ...] = (),
) -> Provenance:
    """Describe how the outcomes of an ensemble were obtained; they are the same whatever is then asked of them."""
    digests = {name: digest_of(arrangements[name]) for name in ensemble.arrangements}
    settings = asdict(ensemble.settings)
    return Provenance(
        inputs_digest=_inputs_digest(digests, parameters=parameters_digest, settings=settings, question={}),
        arrangement_digests=digests,
        parameters_digest=parameters_digest,
        settings=settings,
        versions=_versions(),
        command=command,
        baseline=baseline,
        outcomes_digest=outcomes_digest(ensemble),
        basis=basis,
    )


def outcomes_digest(ensemble: "Ensemble") -> str:
    """Return the digest of converged outcomes (future, arrangement, outcome), rounded to six decimals."""
    import numpy as np  # not before there are outcomes: pages of texts do without it

    from foedus.game.outcomes import OUTCOMES

    rounded = np.where(ensemble.converged[:, :, None], np.round(ensemble.outcomes, _DECIMALS), 0.0) + 0.0
    return digest_of(
        {
            "arrangements": list(ensemble.arrangements),
            "outcomes": list(OUTCOMES),
            "values": rounded.tolist(),
            "converged": ensemble.converged.tolist(),
        }
    )


def _inputs_digest(
    arrangements: Mapping[str, str], *, parameters: str, settings: Mapping[str, Any], question: Mapping[str, object]
) -> str:
    return digest_of(
        {
            "arrangements": [[name, digest] for name, digest in arrangements.items()],
            "parameters": parameters,
            "settings": settings,
            "foedus": foedus.__version__,
            **question,
        }
    )


def _versions(libraries: tuple[str, ...] = ()) -> dict[str, str]:
    from importlib.metadata import version  # reads mail headers, which a page of a text does without

    return {
        "foedus": foedus.__version__,
        "python": platform.python_version(),
        **{library: version(library) for library in (*_LIBRARIES, *libraries)},
    }
