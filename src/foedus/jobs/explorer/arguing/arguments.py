"""Claims as a reader meets them: what is argued, by whom, against what it is tried, what to read before it."""

from dataclasses import dataclass

from foedus.futures.parameters.load import default_parameters
from foedus.insight.claims.record import ORIGINS, Claim
from foedus.jobs.claims import list_claims
from foedus.jobs.explorer.arguing.reading_path import PATHS


@dataclass(frozen=True)
class Argument:
    """A claim."""

    id: str
    in_short: str
    statement: str
    origin: str
    comparison: str
    reading: str
    limits: tuple[str, ...]
    step: int
    """Its place on the reading path of its origin, from 1; 0 where there is no path."""
    why_here: str
    """Why it comes at this place."""


def list_arguments() -> tuple[Argument, ...]:
    """Return the packaged claims by where they come from, those of a reading path in its order."""
    found = [_argument(claim) for claim in list_claims(parameters=default_parameters()).claims]
    order = list(ORIGINS.values())
    return tuple(sorted(found, key=lambda each: (order.index(each.origin), each.step, each.in_short)))


def _argument(claim: Claim) -> Argument:
    path = PATHS.get(claim.origin, {})
    return Argument(
        claim.id,
        claim.in_short,
        claim.statement,
        ORIGINS[claim.origin],
        claim.comparison,
        claim.reading,
        claim.limits,
        step=list(path).index(claim.id) + 1 if claim.id in path else 0,
        why_here=path.get(claim.id, ""),
    )
