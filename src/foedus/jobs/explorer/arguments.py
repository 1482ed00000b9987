"""Claims as a reader meets them: what is argued, by whom, against what it is tried, and how it came out."""

from dataclasses import dataclass

from foedus.futures.parameters.load import default_parameters
from foedus.insight.claims.record import ORIGINS
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.claims import ClaimsRequest, list_claims, try_claims
from foedus.report.page.html import write_sections

IN_FULL, READING = "claims", ("rule", "reading")
"""Names of sections of the page of claims: each claim in full, and how to read an answer."""


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


def try_argument(name: str, *, run: RunSettings) -> str:
    """Try one claim, and return what is to be said of it as HTML."""
    result = try_claims(ClaimsRequest(run, (name,), command=f"foedus claims {name} --verbose"))
    told = {section.name: section for section in result.page.sections}
    return write_sections([*told[IN_FULL].sections, *(told[name] for name in READING)])
