"""Claims as a reader meets them: what is argued, by whom, against what it is tried, and how it came out."""

from dataclasses import dataclass

from foedus.futures.parameters.load import default_parameters
from foedus.insight.claims.record import ORIGINS
from foedus.jobs.claims import list_claims


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


def list_arguments() -> tuple[Argument, ...]:
    """Return the packaged claims by where they come from."""
    claims = list_claims(parameters=default_parameters()).claims
    found = [
        Argument(
            claim.id,
            claim.in_short,
            claim.statement,
            ORIGINS[claim.origin],
            claim.comparison,
            claim.reading,
            claim.limits,
        )
        for claim in claims
    ]
    order = list(ORIGINS.values())
    return tuple(sorted(found, key=lambda each: (order.index(each.origin), each.in_short)))
