"""The page of a determination: what is carried, what would change it, who owes what, what if nobody acts."""

from collections.abc import Iterable, Iterator

from foedus.arrangement.conditions import LEVEL_MEANINGS
from foedus.arrangement.vocabulary import Finds
from foedus.exercise.determination.determine import IncidentDetermination
from foedus.mechanism.procedure.events import Event
from foedus.mechanism.procedure.evidence.carried import ASSUMED, Test
from foedus.mechanism.procedure.evidence.judgments import On
from foedus.mechanism.procedure.evidence.report import origins, standing, telling
from foedus.mechanism.procedure.foresight import OwedAhead
from foedus.mechanism.procedure.obligation import ObligationStatus
from foedus.report.determination.events import all_of, sentence_of, with_names
from foedus.report.determination.prose import (
    NO_BREAK,
    figures,
    heading,
    likelihood,
    paragraph,
    point,
    points,
    quoted,
    time,
)
from foedus.report.words.party_names import PartyNames

_STATES = {
    ObligationStatus.CREATED: "stands",
    ObligationStatus.DUE: "falls due",
    ObligationStatus.MET: "is met",
    ObligationStatus.BREACHED: "is broken",
    ObligationStatus.LAPSED: "has lapsed",
    ObligationStatus.SUSPENDED: "is suspended",
    ObligationStatus.IN_EFFECT: "is called for and not yet due",
}
_MOST_NEXT = 6


def determination_lines(found: IncidentDetermination, *, names: PartyNames) -> list[str]:
    """Write a determination so that it can be read aloud, in lines of eighty columns."""
    return [
        *_head(found),
        *_reports(found),
        *_accounts(found),
        *_carried(found),
        *_changing(found),
        *_steps(found, names),
        *_owing(found, names),
        *_lawful(found),
        *_nobody(found, names),
        *_limits(found),
    ]


def finding_words(finding: Finds | None) -> str:
    """Name a determination with its meaning."""
    return f"{finding} ({finding.meaning})" if finding else "no breach by the adversary"


def _head(found: IncidentDetermination) -> Iterator[str]:
    yield found.arrangement.name
    yield from paragraph(f"Incident {found.incident}: {found.what}")
    hours = (found.at - found.happened_at).total_seconds() / 3600
    yield from paragraph(
        f"It happened at {time(found.happened_at)}. This is what is known at {time(found.at)}, {hours:.0f} hours "
        "later. All times are UTC. Nobody has voted on anything below."
    )
    if found.withheld:
        yield from paragraph(f"{found.withheld} reports are left out, which this reader may not see.")


def _reports(found: IncidentDetermination) -> Iterator[str]:
    yield from heading("What is reported")
    counted = {each.id for each in telling(found.reports)}
    current = {each.id for each in standing(found.reports)}
    number = len(origins(found.reports))
    yield from paragraph(
        f"{len(found.reports)} reports from {number} independent origin{'' if number == 1 else 's'}"
        + (f"; {found.later} more came later." if found.later else ".")
    )
    for each in found.reports:
        question = found.judgments.questions[each.about]
        says = question.values.get(each.says, "it could not be told")
        aside = "" if each.id in counted else " Counts for nothing:"
        if each.id not in current:
            aside += " it was corrected later."
        elif aside:
            aside += " it could not tell." if each.says not in question.values else " an echo of the same origin."
        yield from point(f"{each.id}: {question.words}: {says}. Grade {each.grade}, origin {each.origin}.{aside}")


def _accounts(found: IncidentDetermination) -> Iterator[str]:
    yield from heading("What may have happened")
    prior = found.carried.prior
    words = found.judgments.prior_words[prior]
    yield from paragraph(f"Seen from the prior '{prior}' ({words}), with the band that nine of ten draws keep to:")
    bands = found.carried.posterior.bands
    ranked = sorted(found.judgments.hypotheses, key=lambda each: -bands[each.id].mean)
    yield from points(f"{each.words}: {likelihood(bands[each.id])}." for each in ranked)
    yield from paragraph(f"The adversary did it: {likelihood(found.carried.by_adversary)}.")


def _carried(found: IncidentDetermination) -> Iterator[str]:
    yield from heading("What the reports carry")
    result = found.carried
    yield from paragraph(f"They carry: {finding_words(result.finding)}.")
    yield from paragraph(
        f"Attribution: {result.attribution} ({LEVEL_MEANINGS['attribution'][result.attribution]}), "
        f"from {result.origins} origins."
    )
    yield from points(_test(each) for each in result.tests)
    if any(test.is_assumed for test in result.tests):
        yield from paragraph(
            f"* The text sets no standard for this; '{ASSUMED.replace('_', ' ')}' stands in, and is ours."
        )
    others = [
        f"{name}: {each.finding or 'no breach'}, attribution {each.attribution}"
        for name, each in found.by_prior.items()
        if name != result.prior
    ]
    yield from paragraph(f"From other priors: {'; '.join(others)}.")


def _test(test: Test) -> str:
    asked = "the lower end of the band" if test.figures.on is On.LOWER else "the mean"
    met = "met" if test.is_met else "not met"
    what = test.finding if test.finding is Finds.PROVOKED else f"{test.finding} or worse"
    sources = f", from {test.figures.min_origins} origins or more" if test.figures.min_origins > 1 else ""
    return (
        f"{what}: {figures(test.band)}; {test.standard.replace('_', ' ')}{'*' if test.is_assumed else ''} asks for "
        f"{asked} at {100 * test.figures.at:.0f}{NO_BREAK}%{sources}: {met}."
    )


def _changing(found: IncidentDetermination) -> Iterator[str]:
    yield from heading("What would change it")
    leading = found.judgments.hypothesis(found.carried.posterior.leading).words
    for each in found.without:
        change = f"another thing is carried: {each.finding or 'no breach'}, attribution {each.attribution}"
        what = change if each.changes(found.carried) else "the same is carried"
        yield from point(f"Without {each.origins[0]}: {what}; {leading}: {100 * each.leading:.0f}{NO_BREAK}%.")
    if not found.without:
        yield from paragraph("No origin has said anything yet.")
    if found.forgeries:
        sets = "; ".join(" and ".join(each) for each in found.forgeries[:_MOST_NEXT])
        yield from paragraph(f"If forged, these would turn it: {sets}.")
    elif found.without:
        yield from paragraph("No two origins together, if forged, would turn it.")
    yield from _next(found)


def _next(found: IncidentDetermination) -> Iterator[str]:
    if not found.next:
        yield from paragraph("No single further report of a good source (grade B) would turn it.")
        return
    yield from paragraph("One further report of a good source (grade B) would turn it, if it said, for one:")
    for each in found.next[:_MOST_NEXT]:
        question = found.judgments.questions[each.about]
        carried = f"{each.finding or 'no breach'}, attribution {each.attribution}"
        yield from point(f"{question.words}: {question.values[each.says]}. Then: {carried}.")
    if len(found.next) > _MOST_NEXT:
        yield from paragraph(f"And {len(found.next) - _MOST_NEXT} others.")


def _steps(found: IncidentDetermination, names: PartyNames) -> Iterator[str]:
    yield from heading("What has to be done for it to count")
    if not found.steps:
        yield from paragraph("Nothing: the text asks for no step before its promises.")
    for number, each in enumerate(found.steps, start=1):
        who = all_of(each.who, names) if each.who else "the text names nobody"
        when = f"by {time(each.deadline)}" if each.deadline else "the text sets no deadline"
        yield from point(f"{number}. To {each.what}: {who}; {when}. {quoted(each.clause)}.")


def _owing(found: IncidentDetermination, names: PartyNames) -> Iterator[str]:
    yield from heading("Who owes what by when, if it is found so now")
    yield from _owed(found.if_found, names, nothing="Nobody owes anything: no clause answers it.")
    if found.if_decided:
        yield from heading(f"And if a response up to {found.decided_tier} is decided now")
        yield from _owed(found.if_decided, names, nothing="Nobody owes anything.")


def _owed(rows: Iterable[OwedAhead], names: PartyNames, *, nothing: str) -> Iterator[str]:
    written = list(rows)
    if not written:
        yield from paragraph(nothing)
    for each in written:
        kind = "A duty" if each.promise.is_binding else "A promise that does not bind"
        when = f" by {time(each.deadline)}" if each.deadline else " without a deadline in the text"
        tier = (
            f": {each.tier}{when}"
            if each.status is ObligationStatus.DUE and each.tier
            else f", since {with_names(each.because, names)}"
        )
        yield from point(
            f"{kind} of {all_of(each.debtors, names)}, {quoted(each.clause)}, {_STATES[each.status]}{tier}."
        )


def _lawful(found: IncidentDetermination) -> Iterator[str]:
    yield from heading("What guarantors may lawfully do")
    for now, then in zip(found.lawful, found.lawful_if_found, strict=True):
        may = f"not now: {quoted(now.forbidden_by)}" if now.forbidden_by else "now, of their own accord"
        if (now.forbidden_by is None) != (then.forbidden_by is None):
            may += "; once it is found so, " + ("no longer" if then.forbidden_by else "yes")
        yield from point(f"{now.tier} ({now.tier.meaning}): {may}.")
    if not found.arrangement.exclusions:
        yield from paragraph("The text keeps nothing out.")


def _nobody(found: IncidentDetermination, names: PartyNames) -> Iterator[str]:
    yield from heading("What happens if nobody acts")
    yield from _of_itself(found.if_nobody_acts, names)
    if found.if_only_invoked is not None:
        yield from heading("And if the mechanism is invoked, and nothing else is done")
        yield from _of_itself(found.if_only_invoked, names)


def _of_itself(events: tuple[Event, ...], names: PartyNames) -> Iterator[str]:
    if not events:
        yield from paragraph("Nothing, for a year at least: no deadline of the text runs, and nobody breaks a duty.")
    for event in events:
        yield from point(f"{time(event.at)}: {sentence_of(event, names=names)} {quoted(event.clause)}.")


def _limits(found: IncidentDetermination) -> Iterator[str]:
    yield from heading("What this rests on")
    yield from paragraph(
        f"{found.judgments.source} People sign or dissent; what they find stands beside what the reports carry and "
        "may differ from it."
    )
