"""The levers of a text: clauses that can be written otherwise, each with the ways in which it can be written.

Every way is a change of the record, so that a design is a text like any other. What a lever replaces loses the words
and the article of the document that it came from, which say what it no longer does.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from foedus.arrangement.clauses import Deployment, Duties, Exclusion, Limit, Sanctions, StandingSupport
from foedus.arrangement.conditions import Fact
from foedus.arrangement.process import Decision, Monitoring, Proof, Quorum
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import (
    Access,
    Ambiguity,
    Bindingness,
    Content,
    DecisionRule,
    Excluded,
    Finds,
    From,
    Measure,
    OutsideAction,
    OwnDefence,
    Preparation,
    Sense,
    Sensor,
    StandardOfProof,
    TierWord,
    Unspecified,
)
from foedus.errors import UnknownName
from foedus.insight.design.promises import answer_by, bind, tidy
from foedus.values.duration import Duration
from foedus.values.quantity import Forces

Change = Callable[[Arrangement], Arrangement]
AS_IT_IS = "as it is"


@dataclass(frozen=True)
class Option:
    """One way to write a clause."""

    word: str
    change: Change


@dataclass(frozen=True)
class Lever:
    """A clause that can be written otherwise."""

    id: str
    """Name, such as ``quorum``."""
    clauses: tuple[str, ...]
    """Keys of the arrangement that it changes, such as ``decision``, the one that it is about first."""
    words: str
    """What it settles."""
    options: tuple[Option, ...]
    """The first leaves the text as it is."""


def levers_of(
    arrangement: Arrangement, *, army: float, keep: Iterable[str] = (), vary: Iterable[str] = ()
) -> tuple[Lever, ...]:
    """Return the levers that a text has, in the order in which they are pulled.

    An option that leaves this text as it is, or says what another one says, is left out, and so is a lever without
    another option. ``keep`` names clauses or levers that stay; ``vary`` those that alone may change. ``army`` is the
    strength of the protected state's forces. Raises ``UnknownName`` for a name that is neither.
    """
    every = _every(arrangement, army=army)
    kept = _chosen(keep, every, touched=lambda lever: lever.clauses)
    varied = _chosen(vary, every, touched=lambda lever: lever.clauses[:1])
    levers = [
        _that_change(lever, arrangement)
        for lever in every
        if lever.id not in kept and (not varied or lever.id in varied)
    ]
    return tuple(lever for lever in levers if len(lever.options) > 1)


def text_of(arrangement: Arrangement, *, levers: Sequence[Lever], choices: Sequence[int]) -> Arrangement:
    """Return the text with an option of each lever."""
    text = arrangement
    for lever, choice in zip(levers, choices, strict=True):
        if choice:
            text = lever.options[choice].change(text)
    return tidy(text)


def _chosen(
    names: Iterable[str], levers: Sequence[Lever], *, touched: Callable[[Lever], tuple[str, ...]]
) -> frozenset[str]:
    chosen: set[str] = set()
    for name in names:
        found = {lever.id for lever in levers if name in (lever.id, *touched(lever))}
        if not found:
            known = list(dict.fromkeys(word for lever in levers for word in (*lever.clauses, lever.id)))
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"
            raise UnknownName(f"{name!r} is no clause or lever of this text; {hint}")
        chosen |= found
    return frozenset(chosen)


def _that_change(lever: Lever, arrangement: Arrangement) -> Lever:
    """Drop options that say of this text what another one says; one that only works with another lever stays."""
    texts: list[Arrangement] = [arrangement]
    options = [lever.options[0]]
    for option in lever.options[1:]:
        text = option.change(arrangement)
        if text not in texts or option.word in _AFTER_OTHERS:
            texts.append(text)
            options.append(option)
    return replace(lever, options=tuple(options))


def _every(arrangement: Arrangement, *, army: float) -> tuple[Lever, ...]:
    """Return every lever there is, in the order in which they are pulled: what is promised, then how."""
    promises = _promises() if arrangement.parties.guarantor else ()
    helpers = (_rule(), _deployments(arrangement), _preparation(), _support(), _snapback()) if promises else ()
    return (
        *promises,
        *helpers,
        _veto(arrangement),
        _deadline(),
        _proof(),
        _defence(army),
        _monitoring(),
        _open(),
        _kept_out(),
    )


def _lever(name: str, clauses: str, words: str, options: dict[str, Change]) -> Lever:
    changes = (Option(word, change) for word, change in options.items())
    return Lever(name, tuple(clauses.split()), words, (Option(AS_IT_IS, lambda a: a), *changes))


_AFTER_OTHERS = frozenset(str(word) for word in Bindingness)
"""Options that say nothing of a text without promises, until another lever has made one."""


def _promises() -> tuple[Lever, ...]:
    tiers: dict[Finds, tuple[TierWord | None, ...]] = {
        Finds.HYBRID: (None, TierWord.SUPPORT),
        Finds.INCURSION: (None, *TierWord),
        Finds.INVASION: (None, *TierWord),
    }
    answers = tuple(
        _lever(
            f"tier_{finding}",
            "commitments",
            f"the tier promised on {finding}",
            {str(tier or "nothing"): _answer(finding, tier) for tier in choices},
        )
        for finding, choices in tiers.items()
    )
    words = (Bindingness.MAY, Bindingness.INTENDS, Bindingness.SHALL_DISCRETIONARY, Bindingness.SHALL_SPECIFIED)
    languages = tuple(
        _lever(
            f"words_{finding}",
            "commitments",
            f"the treaty language of the promise on {finding}",
            {str(word): _bind(finding, word) for word in words},
        )
        for finding in (Finds.INCURSION, Finds.INVASION)
    )
    content = _lever(
        "content",
        "commitments",
        "who settles what is owed",
        {str(word): _settle(word) for word in (Content.FIXED, Content.DEBTOR_CHOOSES)},
    )
    exceptions = _lever(
        "exceptions",
        "commitments term",
        "conditions and exceptions of the promises",
        {"none": _without_exceptions, "not where provoked": _not_where_provoked},
    )
    return (*answers, *languages, content, exceptions)


def _answer(finding: Finds, tier: TierWord | None) -> Change:
    return lambda a: answer_by(a, finding=finding, tier=tier)


def _bind(finding: Finds, word: Bindingness) -> Change:
    return lambda a: bind(a, finding=finding, word=word)


def _settle(word: Content) -> Change:
    return lambda a: replace(a, commitments=tuple(replace(clause, content=word) for clause in a.commitments))


def _without_exceptions(a: Arrangement) -> Arrangement:
    clauses = tuple(replace(clause, when=None, unless=None) for clause in a.commitments)
    return replace(a, commitments=clauses, term=replace(a.term, void_if=None))


def _not_where_provoked(a: Arrangement) -> Arrangement:
    clauses = tuple(replace(clause, when=None, unless=Fact("provoked")) for clause in a.commitments)
    return replace(a, commitments=clauses, term=replace(a.term, void_if=None))


def _rule() -> Lever:
    shares = {"a third joins": 0.34, "half joins": 0.5, "two thirds join": 0.67}
    quorums = {word: _quorum(share) for word, share in shares.items()}
    rules = {str(rule): _by_rule(rule) for rule in (DecisionRule.EACH_FOR_ITSELF, DecisionRule.UNANIMITY)}
    return _lever("rule", "decision", "how guarantors settle on a tier", {**rules, **quorums})


def _by_rule(rule: DecisionRule) -> Change:
    return lambda a: _decided(a, rule=rule, quorum=Quorum())


def _quorum(share: float) -> Change:
    return lambda a: _decided(a, rule=DecisionRule.QUORUM, quorum=Quorum(share, share, share))


def _decided(a: Arrangement, *, rule: DecisionRule, quorum: Quorum) -> Arrangement:
    silent = Decision(framework_nation=a.decision.framework_nation, outside_action=a.decision.outside_action)
    return replace(a, decision=replace(silent, rule=rule, quorum=quorum))


def _veto(arrangement: Arrangement) -> Lever:
    return _lever(
        "veto",
        "consents decision trigger",
        "whether the adversary must agree to a response",
        {"none": _without_veto, "over forces": _with_veto} if arrangement.responders else {"none": _without_veto},
    )


def _without_veto(a: Arrangement) -> Arrangement:
    hostile = set(a.parties.adversary)
    blocked_by = tuple(party for party in a.trigger.blocked_by if party not in hostile)
    response = tuple(party for party in a.consents.response if party not in hostile)
    if (blocked_by, response) == (a.trigger.blocked_by, a.consents.response):
        return a
    return replace(
        a,
        trigger=replace(a.trigger, blocked_by=blocked_by, text=None, article=None),
        consents=replace(a.consents, response=response, text=None, article=None),
    )


def _with_veto(a: Arrangement) -> Arrangement:
    """Give the adversary a veto, and forbid to act outside the mechanism, without which it closes nothing."""
    response = tuple(dict.fromkeys((*a.consents.response, *a.parties.adversary)))
    tiers = (TierWord.DEPLOY, TierWord.DEFEND)
    return replace(
        a,
        consents=replace(a.consents, response=response, response_tiers=tiers, text=None, article=None),
        decision=replace(a.decision, outside_action=OutsideAction.FORBIDDEN),
    )


def _deadline() -> Lever:
    spans: dict[str, Duration | Unspecified] = {
        "none": Unspecified.NONE,
        **{text: Duration.parse(text) for text in ("24 h", "72 h", "14 d")},
    }
    changes = {word: _decide_within(span) for word, span in spans.items()}
    return _lever("deadline", "trigger", "by when the response is decided", changes)


def _decide_within(span: Duration | Unspecified) -> Change:
    return lambda a: replace(a, trigger=replace(a.trigger, decide_within=span))


def _proof() -> Lever:
    words = (StandardOfProof.NONE, StandardOfProof.PREPONDERANCE, StandardOfProof.CLEAR_AND_CONVINCING)
    return _lever("proof", "trigger", "the standard of proof", {str(word): _proven(word) for word in words})


def _proven(word: StandardOfProof) -> Change:
    return lambda a: replace(a, trigger=replace(a.trigger, proof=Proof(word, word, word)))


def _deployments(arrangement: Arrangement) -> Lever:
    by = arrangement.deployments[0].by if arrangement.deployments else ("all_guarantors",)
    sizes = {f"{troops} troops": _deployed(troops, by) for troops in (5000, 15000, 30000, 60000)}
    return _lever(
        "deployments",
        "deployments",
        "forces of guarantors in place",
        {"none": lambda a: replace(a, deployments=()), **sizes},
    )


def _deployed(troops: int, by: tuple[str, ...]) -> Change:
    clause = Deployment(by=by, forces=Forces(troops, troops, "troops"), since=From.CEASEFIRE)
    return lambda a: replace(a, deployments=(clause,))


def _preparation() -> Lever:
    words = (Preparation.NONE, Preparation.STAFF_TALKS, Preparation.JOINT_PLANNING, Preparation.INTEGRATED_COMMAND)
    return _lever(
        "preparation", "preparation", "preparation in peacetime", {str(word): _prepared(word) for word in words}
    )


def _prepared(word: Preparation) -> Change:
    return lambda a: replace(a, preparation=word)


def _support() -> Lever:
    options = {
        "intended, by the year": _supported(Bindingness.INTENDS, "1 y"),
        "owed, for five years": _supported(Bindingness.SHALL_SPECIFIED, "5 y"),
    }
    return _lever(
        "standing_support",
        "standing_support",
        "support in peacetime",
        {"none": lambda a: replace(a, standing_support=()), **options},
    )


def _supported(word: Bindingness, span: str) -> Change:
    measures = (Measure.ARMS, Measure.TRAINING, Measure.FINANCE)
    clause = StandingSupport(("all_guarantors",), word, measures=measures, funded_for=Duration.parse(span))
    return lambda a: replace(a, standing_support=(clause,))


def _snapback() -> Lever:
    owed = Sanctions(
        snapback_on=(Finds.INCURSION, Finds.INVASION),
        snapback_bindingness=Bindingness.SHALL_SPECIFIED,
        snapback_within=Duration.parse("72 h"),
    )
    return _lever(
        "snapback",
        "sanctions",
        "whether sanctions come back",
        {
            "none": lambda a: replace(a, sanctions=Sanctions(now=a.sanctions.now)),
            "owed, within 72 h": lambda a: replace(a, sanctions=replace(owed, now=a.sanctions.now)),
        },
    )


def _defence(army: float) -> Lever:
    """Offer a cap at half of what the protected state has, where that is known."""
    half = Limit(Forces(int(army / 2), int(army / 2), "troops"), Sense.CEILING)
    capped = {"capped at half": _defended(OwnDefence.LIMITED, (half,))} if army >= 2 else {}
    return _lever(
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


def _monitoring() -> Lever:
    weak = Monitoring("Observers", sensors=(Sensor.OBSERVERS,), access=Access.BY_CONSENT)
    strong = Monitoring(
        "Monitoring mission",
        sensors=(Sensor.PATROLS, Sensor.DRONES, Sensor.SATELLITES),
        access=Access.FULL,
        attributes=True,
        can_be_ended_by=("nobody",),
    )
    return _lever(
        "monitoring",
        "monitoring",
        "who watches",
        {
            "none": lambda a: replace(a, monitoring=()),
            "observers by consent": lambda a: replace(a, monitoring=(weak,)),
            "a mission that may say who did it": lambda a: replace(a, monitoring=(strong,)),
        },
    )


def _open() -> Lever:
    return _lever(
        "ambiguity",
        "ambiguity",
        "what is left open",
        {
            "nothing": lambda a: replace(a, ambiguity=()),
            "what": lambda a: replace(a, ambiguity=(Ambiguity.WHAT,)),
            "whether and what": lambda a: replace(a, ambiguity=(Ambiguity.WHETHER, Ambiguity.WHAT)),
        },
    )


def _kept_out() -> Lever:
    forces = Exclusion(Excluded.FOREIGN_FORCES)
    return _lever(
        "exclusions",
        "exclusions",
        "what is kept out of the protected state",
        {"nothing": lambda a: replace(a, exclusions=()), "foreign forces": lambda a: replace(a, exclusions=(forces,))},
    )
