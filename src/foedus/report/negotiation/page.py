"""A negotiation as tables, words and a page: who would sign what, by the balance of forces."""

from collections.abc import Mapping, Sequence

from foedus.insight.negotiation.record import Negotiation, Offer, Round, Shift, SigningVerdict
from foedus.insight.statistics.spread import MeanOverFutures
from foedus.report.negotiation.charts import Track, draw_tracks
from foedus.report.page.made import COUNTS_ARE_SHARES
from foedus.report.page.page import Chart, Page, Paragraph, Section
from foedus.report.page.provenance import Provenance
from foedus.report.page.references import FEARON, REITER, WILSON, cited
from foedus.report.page.table import Column, Table
from foedus.report.words.numbers import (
    count_of_100,
    percent,
    plain,
    points,
    points_range,
    signed_amount,
    signed_amount_range,
)
from foedus.values.names import listed, party_name

_OF = "of 100 futures"
_REFERENCES = (cited(FEARON), cited(REITER), cited(WILSON))
_SIGNING = (
    "A party signs where its value under the arrangement is above its value of fighting on: the war fought now, at the "
    "balance of forces of the row, with support and without the arrangement. Fighting on costs a guarantor nothing "
    "here but what it cares for in the stake. What a war costs the adversary is drawn with each future and stays as "
    "the balance moves; only the chance of winning moves."
)
_MEMBERS = (
    "A member's gain is interest × the coalition's gain + kappa × (interest × all tier costs − its own tier costs): "
    "the game charges every member the average cost of a response, and here it is charged its own. kappa discounts "
    "costs that fall evenly on periods of peace, and carries them on beyond the horizon. The cost of fighting is "
    "interest × that of the coalition, as where members decide whether to join."
)


def negotiation_page(
    negotiation: Negotiation, *, labels: Mapping[str, str], party_names: Mapping[str, str], provenance: Provenance
) -> Page:
    """Return the page of a negotiation."""
    words = (*_words(negotiation, labels=labels), _SIGNING)
    return Page(
        kind="Negotiation",
        title="Who would sign what",
        subtitle=_subtitle(negotiation),
        sections=(
            Section("The answer", (*map(Paragraph, words), frontier_chart(negotiation, labels=labels)), name="answer"),
            *([_movement(negotiation, labels=labels)] if negotiation.shifts else []),
            _consent(negotiation),
            *_members(negotiation, labels=labels, party_names=party_names),
            _convergence(negotiation, labels=labels),
        ),
        references=_REFERENCES,
        provenance=provenance,
        caution=COUNTS_ARE_SHARES,
    )


def shown(negotiation: Negotiation) -> int:
    """Return the place of the balance that is shown where only one can be: the middle one."""
    return len(negotiation.balances) // 2


def acceptance_table(negotiation: Negotiation, *, labels: Mapping[str, str]) -> Table:
    """Return acceptance by party and the chance of war, for each arrangement at each balance."""
    return Table(
        caption="Acceptance and protection",
        columns=(
            Column("Arrangement at balance", is_number=False),
            Column("Adversary signs", unit=_OF),
            Column("Protected state", unit=_OF),
            Column("Guarantors", unit=_OF),
            Column("All three", unit=_OF),
            Column("Major war"),
            Column("Frontier", is_number=False),
        ),
        rows=tuple(
            (
                f"{labels[offer.arrangement]} at {plain(round_.balance)}",
                _signs(offer.adversary),
                _signs(offer.protected_state),
                _signs(offer.coalition),
                count_of_100(offer.everyone.value),
                percent(offer.war.value),
                "yes" if offer.is_on_frontier else "",
            )
            for place in range(len(negotiation.arrangements))
            for round_, offer in ((each, each.offers[place]) for each in negotiation.rounds)
        ),
        note="Balance: log force ratio of adversary to protected state at the start; below 0 the protected state is "
        f"ahead. Below a count: futures in which the gain lies within {negotiation.margin:g}, the solver's tolerance, "
        "so that it cannot be told. Frontier: no other arrangement at this balance is accepted by the adversary as "
        "often and leaves no more war.",
    )


def frontier_chart(negotiation: Negotiation, *, labels: Mapping[str, str]) -> Chart:
    """Draw acceptance by the adversary against the chance of war."""
    heading = "What the adversary would accept, and what protects"
    tracks = [
        Track(
            label=labels[name],
            accepted=tuple(each.offers[place].adversary.signs.value for each in negotiation.rounds),
            war=tuple(each.offers[place].war.value for each in negotiation.rounds),
            is_on_frontier=tuple(each.offers[place].is_on_frontier for each in negotiation.rounds),
        )
        for place, name in enumerate(negotiation.arrangements)
    ]
    return Chart(
        name="frontier",
        heading=heading,
        reading="To the right is accepted more often, further down protects better. A line is one arrangement as the "
        "balance of forces moves. Full marks and the dashed line: the frontier, at the balance of the large marks.",
        svg=draw_tracks(
            tracks,
            shown=shown(negotiation),
            balances=[plain(balance) for balance in negotiation.balances],
            name="frontier",
            title=heading,
            description=" ".join(_words(negotiation, labels=labels)),
        ),
        table=acceptance_table(negotiation, labels=labels),
    )


def _subtitle(negotiation: Negotiation) -> str:
    count = len(negotiation.arrangements)
    texts = f"{count} arrangements" if count > 1 else "one arrangement"
    balances = " to ".join(dict.fromkeys(plain(b) for b in (negotiation.balances[0], negotiation.balances[-1])))
    return f"{texts}, balance {balances}, {negotiation.convergence.used} futures"


def _words(negotiation: Negotiation, *, labels: Mapping[str, str]) -> tuple[str, ...]:
    round_ = negotiation.rounds[shown(negotiation)]
    front = sorted((offer for offer in round_.offers if offer.is_on_frontier), key=_acceptance, reverse=True)
    told = [
        f"{labels[offer.arrangement]} (accepted by the adversary in {count_of_100(offer.adversary.signs.value)} {_OF}, "
        f"war {percent(offer.war.value)})"
        for offer in front
    ]
    words = [f"At a balance of {plain(round_.balance)} the frontier is, from the most accepted on: {listed(told)}."]
    if negotiation.shifts:
        words.append(_moved(negotiation.shifts, negotiation.balances, labels=labels))
    return tuple(words)


def _acceptance(offer: Offer) -> float:
    return offer.adversary.signs.value


def _moved(shifts: Sequence[Shift], balances: Sequence[float], *, labels: Mapping[str, str]) -> str:
    falling = [labels[each.arrangement] for each in shifts if each.adversary.is_clear and each.adversary.value < 0]
    rising = [labels[each.arrangement] for each in shifts if each.adversary.is_clear and each.adversary.value > 0]
    move = f"As the balance moves from {plain(balances[0])} to {plain(balances[-1])}, towards the adversary,"
    if not falling and not rising:
        return f"{move} what it would sign does not change by more than the number of futures leaves open."
    told = [f"it would sign {listed(falling)} less often"] if falling else []
    told += [f"it would sign {listed(rising)} more often"] if rising else []
    return f"{move} {' and '.join(told)}."


def _movement(negotiation: Negotiation, *, labels: Mapping[str, str]) -> Section:
    table = Table(
        caption=f"From balance {plain(negotiation.balances[0])} to {plain(negotiation.balances[-1])}",
        columns=(
            Column("Arrangement", is_number=False),
            Column("Adversary signs", unit="of 100 futures, more or fewer"),
            Column("Its gain", unit="stake = 1"),
            Column("Protected state signs", unit="of 100 futures, more or fewer"),
            Column("Major war", unit="points"),
        ),
        rows=tuple(
            (
                labels[each.arrangement],
                _points(each.adversary),
                _amount(each.gain),
                _points(each.protected_state),
                _points(each.war),
            )
            for each in negotiation.shifts
        ),
        note="Taken in each future before anything is averaged; below each average, what the number of futures leaves "
        "open (95 %).",
    )
    return Section("How it moves with the balance", (table,), name="movement")


def _consent(negotiation: Negotiation) -> Section:
    table = Table(
        caption="What asking for the adversary's consent costs",
        columns=(
            Column("Offered at", is_number=False),
            Column("Signs none of them", unit=_OF),
            Column("Price of consent", unit="points of war"),
            Column("Best one is refused", unit=_OF),
        ),
        rows=tuple(_consent_row(each) for each in negotiation.rounds),
        note="In each future the best of these arrangements is the one with the least war. Price: how much more war "
        "there is under the best one that the adversary signs than under the best of all; over the futures in which it "
        "signs some, as is the last column.",
    )
    return Section("With consent or without", (table,), name="consent")


def _consent_row(round_: Round) -> tuple[str, ...]:
    consent = round_.consent
    price = "–" if consent.price is None else _points(consent.price)
    overruled = "–" if consent.overruled is None else count_of_100(consent.overruled.value)
    return f"balance {plain(round_.balance)}", count_of_100(consent.none_accepted.value), price, overruled


def _members(
    negotiation: Negotiation, *, labels: Mapping[str, str], party_names: Mapping[str, str]
) -> tuple[Section, ...]:
    round_ = negotiation.rounds[shown(negotiation)]
    offers = [offer for offer in round_.offers if offer.members]
    everyone = list(dict.fromkeys(member for offer in offers for member in offer.members))
    if not everyone:
        return ()
    table = Table(
        caption=f"Guarantors and supporters by themselves, at balance {plain(round_.balance)}",
        columns=(Column("Member", is_number=False), *(Column(labels[offer.arrangement], unit=_OF) for offer in offers)),
        rows=tuple(
            (
                party_names.get(member, party_name(member)),
                *(_signs(offer.members[member]) if member in offer.members else "–" for offer in offers),
            )
            for member in everyone
        ),
        note=_MEMBERS,
    )
    return (Section("Each guarantor by itself", (table,), name="members"),)


def _convergence(negotiation: Negotiation, *, labels: Mapping[str, str]) -> Section:
    convergence = negotiation.convergence
    each = [f"{labels[name]} {count}" for name, count in convergence.converged.items()]
    words = (
        f"{convergence.used} of {convergence.futures} futures are used: those in which every arrangement converged at "
        f"every balance ({', '.join(each)})."
    )
    return Section("What did not converge", (Paragraph(words),), name="convergence")


def _signs(verdict: SigningVerdict) -> str:
    unsure = verdict.cannot_tell.value
    return count_of_100(verdict.signs.value) + (f"\n{count_of_100(unsure)} cannot tell" if unsure else "")


def _points(mean: MeanOverFutures) -> str:
    range_ = "" if mean.low is None or mean.high is None else f"\n{points_range(mean.low, mean.high)}"
    return f"{points(mean.value)}{range_}"


def _amount(mean: MeanOverFutures) -> str:
    range_ = "" if mean.low is None or mean.high is None else f"\n{signed_amount_range(mean.low, mean.high)}"
    return f"{signed_amount(mean.value)}{range_}"
