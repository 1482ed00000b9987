"""Levers of who decides and how: rule, veto, deadline, standard of proof."""

from dataclasses import replace

from foedus.arrangement.process import Decision, Proof, Quorum
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import DecisionRule, OutsideAction, StandardOfProof, TierWord, Unspecified
from foedus.insight.design.lever import Change, Lever, lever_of
from foedus.values.duration import Duration


def rule_lever() -> Lever:
    """Offer ways to settle on a tier."""
    shares = {"a third joins": 0.34, "half joins": 0.5, "two thirds join": 0.67}
    quorums = {word: _quorum(share) for word, share in shares.items()}
    rules = {str(rule): _by_rule(rule) for rule in (DecisionRule.EACH_FOR_ITSELF, DecisionRule.UNANIMITY)}
    return lever_of("rule", "decision", "how guarantors settle on a tier", {**rules, **quorums})


def _by_rule(rule: DecisionRule) -> Change:
    return lambda a: _decided(a, rule=rule, quorum=Quorum())


def _quorum(share: float) -> Change:
    return lambda a: _decided(a, rule=DecisionRule.QUORUM, quorum=Quorum(share, share, share))


def _decided(a: Arrangement, *, rule: DecisionRule, quorum: Quorum) -> Arrangement:
    silent = Decision(framework_nation=a.decision.framework_nation, outside_action=a.decision.outside_action)
    return replace(a, decision=replace(silent, rule=rule, quorum=quorum))


def veto_lever(arrangement: Arrangement) -> Lever:
    """Offer to ask for the adversary's consent, or not to."""
    return lever_of(
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


def deadline_lever() -> Lever:
    """Offer deadlines of the decision."""
    spans: dict[str, Duration | Unspecified] = {
        "none": Unspecified.NONE,
        **{text: Duration.parse(text) for text in ("24 h", "72 h", "14 d")},
    }
    changes = {word: _decide_within(span) for word, span in spans.items()}
    return lever_of("deadline", "trigger", "by when the response is decided", changes)


def _decide_within(span: Duration | Unspecified) -> Change:
    return lambda a: replace(a, trigger=replace(a.trigger, decide_within=span))


def proof_lever() -> Lever:
    """Offer standards of proof."""
    words = (StandardOfProof.NONE, StandardOfProof.PREPONDERANCE, StandardOfProof.CLEAR_AND_CONVINCING)
    return lever_of("proof", "trigger", "the standard of proof", {str(word): _proven(word) for word in words})


def _proven(word: StandardOfProof) -> Change:
    return lambda a: replace(a, trigger=replace(a.trigger, proof=Proof(word, word, word)))
