"""Claims by name, for somebody who looks for one to try."""

from collections.abc import Iterable

from foedus.insight.claims.record import ORIGINS, Claim
from foedus.report.page.inline import CodeSpan, Words
from foedus.report.page.page import Entry, Page, Paragraph, Points, Section

_HINT: Words = (
    "Judge some with ",
    CodeSpan("foedus claims ID... --verbose"),
    ", all of them with ",
    CodeSpan("foedus claims"),
    ".",
)


def claims_listing(claims: Iterable[Claim]) -> Page:
    """List claims by the place where the arguments were found."""
    entries = (Entry((claim.in_short, f" ({ORIGINS[claim.origin]})"), label=claim.id) for claim in claims)
    return Page("Claims", (Section("", (Points(tuple(entries)), Paragraph(_HINT))),))
