"""Levers of what holds a promise up: forces, preparation, support, sanctions, own defence, monitors."""

from dataclasses import replace

from foedus.arrangement.clauses import Deployment, Duties, Exclusion, Limit, Sanctions, StandingSupport
from foedus.arrangement.process import Monitoring
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import (
    Access,
    Ambiguity,
    Bindingness,
    Excluded,
    Finds,
    From,
    Measure,
    OwnDefence,
    Preparation,
    Sense,
    Sensor,
)
from foedus.insight.design.lever import Change, Lever, lever_of
from foedus.values.duration import Duration
from foedus.values.quantity import Forces


def deployment_lever(arrangement: Arrangement) -> Lever:
    """Offer forces in place."""
    by = arrangement.deployments[0].by if arrangement.deployments else ("all_guarantors",)
    sizes = {f"{troops} troops": _deployed(troops, by) for troops in (5000, 15000, 30000, 60000)}
    return lever_of(
        "deployments",
        "deployments",
        "forces of guarantors in place",
        {"none": lambda a: replace(a, deployments=()), **sizes},
    )


def _deployed(troops: int, by: tuple[str, ...]) -> Change:
    clause = Deployment(by=by, forces=Forces(troops, troops, "troops"), since=From.CEASEFIRE)
    return lambda a: replace(a, deployments=(clause,))


def preparation_lever() -> Lever:
    """Offer preparation in peacetime."""
    words = (Preparation.NONE, Preparation.STAFF_TALKS, Preparation.JOINT_PLANNING, Preparation.INTEGRATED_COMMAND)
    return lever_of(
        "preparation", "preparation", "preparation in peacetime", {str(word): _prepared(word) for word in words}
    )


def _prepared(word: Preparation) -> Change:
    return lambda a: replace(a, preparation=word)


def support_lever() -> Lever:
    """Offer support in peacetime."""
    options = {
        "intended, by the year": _supported(Bindingness.INTENDS, "1 y"),
        "owed, for five years": _supported(Bindingness.SHALL_SPECIFIED, "5 y"),
    }
    return lever_of(
        "standing_support",
        "standing_support",
        "support in peacetime",
        {"none": lambda a: replace(a, standing_support=()), **options},
    )


def _supported(word: Bindingness, span: str) -> Change:
    measures = (Measure.ARMS, Measure.TRAINING, Measure.FINANCE)
    clause = StandingSupport(("all_guarantors",), word, measures=measures, funded_for=Duration.parse(span))
    return lambda a: replace(a, standing_support=(clause,))


def snapback_lever() -> Lever:
    """Offer sanctions that come back."""
    owed = Sanctions(
        snapback_on=(Finds.INCURSION, Finds.INVASION),
        snapback_bindingness=Bindingness.SHALL_SPECIFIED,
        snapback_within=Duration.parse("72 h"),
    )
    return lever_of(
        "snapback",
        "sanctions",
        "whether sanctions come back",
        {
            "none": lambda a: replace(a, sanctions=Sanctions(now=a.sanctions.now)),
            "owed, within 72 h": lambda a: replace(a, sanctions=replace(owed, now=a.sanctions.now)),
        },
    )


def defence_lever(army: float) -> Lever:
    """Offer a cap at half of what the protected state has, where that is known."""
    half = Limit(Forces(int(army / 2), int(army / 2), "troops"), Sense.CEILING)
    capped = {"capped at half": _defended(OwnDefence.LIMITED, (half,))} if army >= 2 else {}
    return lever_of(
        "own_defence",
        "duties",
        "the protected state's own defence",
        {"build_up": _defended(OwnDefence.BUILD_UP, ()), "keep_up": _defended(OwnDefence.KEEP_UP, ()), **capped},
    )


def _defended(word: OwnDefence, limits: tuple[Limit, ...]) -> Change:
    return lambda a: replace(a, duties=_with_limits(a.duties, word, limits))


def _with_limits(duties: Duties, word: OwnDefence, limits: tuple[Limit, ...]) -> Duties:
    """Keep limits on anything but troops, of which nothing is said here."""
    others = tuple(limit for limit in duties.limits if not isinstance(limit.on, Forces) or limit.on.unit != "troops")
    return replace(duties, own_defence=word, limits=(*others, *limits))


def monitoring_lever() -> Lever:
    """Offer monitors."""
    weak = Monitoring("Observers", sensors=(Sensor.OBSERVERS,), access=Access.BY_CONSENT)
    strong = Monitoring(
        "Monitoring mission",
        sensors=(Sensor.PATROLS, Sensor.DRONES, Sensor.SATELLITES),
        access=Access.FULL,
        attributes=True,
        can_be_ended_by=("nobody",),
    )
    return lever_of(
        "monitoring",
        "monitoring",
        "who watches",
        {
            "none": lambda a: replace(a, monitoring=()),
            "observers by consent": lambda a: replace(a, monitoring=(weak,)),
            "a mission that may say who did it": lambda a: replace(a, monitoring=(strong,)),
        },
    )


def ambiguity_lever() -> Lever:
    """Offer to leave things open."""
    return lever_of(
        "ambiguity",
        "ambiguity",
        "what is left open",
        {
            "nothing": lambda a: replace(a, ambiguity=()),
            "what": lambda a: replace(a, ambiguity=(Ambiguity.WHAT,)),
            "whether and what": lambda a: replace(a, ambiguity=(Ambiguity.WHETHER, Ambiguity.WHAT)),
        },
    )


def exclusion_lever() -> Lever:
    """Offer to keep foreign forces out."""
    forces = Exclusion(Excluded.FOREIGN_FORCES)
    return lever_of(
        "exclusions",
        "exclusions",
        "what is kept out of the protected state",
        {"nothing": lambda a: replace(a, exclusions=()), "foreign forces": lambda a: replace(a, exclusions=(forces,))},
    )
