"""What moves an outcome: sentences and a table."""

from collections.abc import Mapping

from foedus.game.outcomes import OUTCOMES
from foedus.insight.assumptions.attribution import REST_OF_GAME, REST_OF_WORDS, Attribution, Index
from foedus.insight.assumptions.screening import Inquiry
from foedus.insight.statistics.spread import MeanOverFutures
from foedus.report.page.page import Page, Paragraph, Section
from foedus.report.page.provenance import Provenance
from foedus.report.page.references import MCKELVEY_PALFREY, SALTELLI, SOBOL, cited
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import percent, plural, tick_hundred
from foedus.values.names import listed

_REFERENCES = (cited(MCKELVEY_PALFREY), cited(SOBOL, SALTELLI))
_CAUTION = (
    "Shares of the variance say what moves the outcome within the ranges of the parameters, and nothing of whether "
    "those ranges are right."
)
_RESTS = (REST_OF_GAME, REST_OF_WORDS)
_SEEN = 0.01
"""A smaller share of the variance is not worth a word."""


def inquiry_page(
    inquiry: Inquiry, *, labels: Mapping[str, str], words: Mapping[str, str], provenance: Provenance
) -> Page:
    """Return the page of an inquiry; ``words`` say what a parameter, or a group of them, means."""
    told = map(Paragraph, inquiry_sentences(inquiry, labels=labels, words=words))
    tables = (inquiry_table(inquiry, words=words),) if inquiry.attribution.indices else ()
    return Page(
        kind="Sensitivity of an outcome",
        title=f"What moves {OUTCOMES[inquiry.outcome].in_sentence}",
        subtitle=_of_what(inquiry, labels=labels),
        sections=(Section("The answer", (*told, *tables), name="answer"),),
        references=_REFERENCES,
        provenance=provenance,
        caution=_CAUTION,
    )


def inquiry_sentences(inquiry: Inquiry, *, labels: Mapping[str, str], words: Mapping[str, str]) -> tuple[str, ...]:
    """Say what was asked, and what moves the outcome most."""
    found = inquiry.attribution
    if not found.indices:
        return (f"{_asked(inquiry, labels=labels)} is the same in every future: nothing moves it.",)
    single = [index for index in found.indices if index.factor not in _RESTS and _is_seen(index.total)]
    told = listed(
        [f"{_named(index, words)} ({percent(min(1.0, max(0.0, index.total.value)))})" for index in single[:3]]
    )
    return (
        f"{_asked(inquiry, labels=labels)} varies over futures about {found.mean:.3g}, with a standard deviation of "
        f"{found.variance**0.5:.3g}.",
        f"Most of that goes back to {told}, each with what it does together with others."
        if single
        else "No single assumption of those looked at is seen to move it, at the width of these intervals; more base "
        "points narrow them (--base).",
        *(_on_a_rest(index) for index in found.indices if index.factor in _RESTS),
    )


def inquiry_table(inquiry: Inquiry, *, words: Mapping[str, str]) -> Table:
    """Tabulate first-order and total indices, the largest total first."""
    found = inquiry.attribution
    return Table(
        caption="Share of the variance, in per cent, with 95 % interval",
        columns=(
            Column("Assumption", is_number=False),
            Column("Alone", unit="first order"),
            Column("With others", unit="total"),
        ),
        rows=tuple((_named(index, words), _cell(index.first), _cell(index.total)) for index in found.indices),
        note=_note(inquiry, found),
    )


def _asked(inquiry: Inquiry, *, labels: Mapping[str, str]) -> str:
    outcome = OUTCOMES[inquiry.outcome]
    return f"{outcome.words} ({outcome.name}) {_of_what(inquiry, labels=labels)}"


def _of_what(inquiry: Inquiry, *, labels: Mapping[str, str]) -> str:
    less = f" less that under {labels[inquiry.less]}" if inquiry.less else ""
    return f"under {labels[inquiry.arrangement]}{less}"


def _named(index: Index, words: Mapping[str, str]) -> str:
    if index.factor in _RESTS:
        return f"{index.factor} ({len(index.members)})"
    meaning = words.get(index.factor)
    return f"{meaning} ({index.factor})" if meaning else index.factor.replace("_", " ")


def _is_seen(estimate: MeanOverFutures) -> bool:
    return estimate.low is not None and estimate.low > 0 and estimate.value >= _SEEN


def _cell(estimate: MeanOverFutures) -> str:
    if estimate.low is None or estimate.high is None:
        return _bare(estimate.value)
    return f"{_bare(estimate.value)}\n{_bare(max(0.0, estimate.low))} to {_bare(min(1.0, estimate.high))}"


def _bare(share: float) -> str:
    return tick_hundred(round(share, 2) + 0.0).replace("-", "−")


def _on_a_rest(rest: Index) -> str:
    who = f"{rest.factor[0].upper()}{rest.factor[1:]} ({len(rest.members)})"
    if not _is_seen(rest.total):
        return f"{who} are not seen to move it."
    return f"{who} take {percent(min(1.0, rest.total.value))}, with what they do among themselves and with the rest."


def _note(inquiry: Inquiry, found: Attribution) -> str:
    fewest = min(index.used for index in found.indices)
    lost = found.base - fewest
    gone = f"; up to {lost} of them are left out of an index because a run did not converge" if lost else ""
    together = percent(min(1.0, max(0.0, found.interactions)))
    return (
        f"Sobol' indices by Saltelli's design: {plural(inquiry.runs, 'futures')} for each text from "
        f"{plural(found.base, 'base points')}{gone}. The assumptions were singled out in "
        f"{plural(inquiry.screened, 'futures')} before. Effects that no one explains alone: {together}. An estimate "
        "may stray below 0 or above 100 by chance."
    )
