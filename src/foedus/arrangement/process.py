"""How the mechanism works: trigger, decision rule, consents, monitoring, term."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from foedus.arrangement.fields.fields import UNIQUE, Flag, Force, Name, PartyList, Share, Slug, Span, Text, When, about
from foedus.arrangement.fields.marks import STRICT, Config, Holds, OneOrMore
from foedus.arrangement.vocabulary import (
    Abstention,
    Access,
    DecisionRule,
    DeterminationRule,
    EndEvent,
    IfUndecided,
    OutsideAction,
    Sensor,
    StandardOfProof,
    TierWord,
    TriggerType,
    Unspecified,
)


@dataclass(frozen=True)
class Proof:
    """How sure the determining body must be before each tier."""

    __pydantic_config__: ClassVar[Config] = STRICT

    support: Annotated[StandardOfProof, about("standard for support", "preponderance")] = StandardOfProof.NONE
    deploy: Annotated[StandardOfProof, about("standard for deploy", "clear_and_convincing")] = StandardOfProof.NONE
    defend: Annotated[StandardOfProof, about("standard for defend", "clear_and_convincing")] = StandardOfProof.NONE


@dataclass(frozen=True)
class Trigger:
    """What opens the mechanism, who finds what happened, and by when."""

    __pydantic_config__: ClassVar[Config] = STRICT

    type: Annotated[TriggerType, about("what opens the mechanism", "armed_attack")] = TriggerType.NONE
    text: Annotated[Text | None, about("the trigger in the encoder's words", "Any armed attack on Ukraine.")] = None
    article: Annotated[Text | None, about("where it stands in the document", "article 5")] = None
    invoked_by: Annotated[PartyList, about("who may invoke it: ids, any_party, nobody, unknown", ["ukraine"])] = (
        "unknown",
    )
    determined_by: Annotated[DeterminationRule, about("who finds what happened", "each_party_for_itself")] = (
        DeterminationRule.UNDEFINED
    )
    body: Annotated[Text | None, about("name of the determining body", "UN Security Council")] = None
    members: Annotated[
        PartyList, about("parties that sit in the determining body; those of well-known bodies are known", ["russia"])
    ] = ()
    blocked_by: Annotated[PartyList, about("parties that can block the finding alone", ["russia"])] = ()
    proof: Annotated[Proof, about("standard of proof for each tier", {"defend": "clear_and_convincing"})] = field(
        default_factory=Proof
    )
    consult_within: Annotated[Span, about("deadline for meeting", "24 h")] = Unspecified.NONE
    determine_within: Annotated[Span, about("deadline for finding what happened", "48 h")] = Unspecified.NONE
    decide_within: Annotated[Span, about("deadline for deciding the response", "72 h")] = Unspecified.NONE
    if_undecided: Annotated[IfUndecided, about("what follows when a deadline passes", "each_may_act")] = (
        IfUndecided.NONE
    )


@dataclass(frozen=True)
class Quorum:
    """Share of the guarantors' weight that must join for a tier."""

    __pydantic_config__: ClassVar[Config] = STRICT

    support: Annotated[Share | None, about("share for support", 0.3)] = None
    deploy: Annotated[Share | None, about("share for deploy", 0.5)] = None
    defend: Annotated[Share | None, about("share for defend", 0.5)] = None


@dataclass(frozen=True)
class Capability:
    """Forces that must have been offered before a tier is carried out."""

    __pydantic_config__: ClassVar[Config] = STRICT

    tier: Annotated[TierWord, about("the tier", "deploy")]
    forces: Annotated[Force, about("forces that must have been offered", "15000 troops")]


@dataclass(frozen=True)
class Decision:
    """How guarantors settle on a tier."""

    __pydantic_config__: ClassVar[Config] = STRICT

    rule: Annotated[DecisionRule, about("how they decide", "each_for_itself")] = DecisionRule.NONE
    framework_nation: Annotated[Slug | None, Holds("a party id"), about("who proposes the response", "france")] = None
    quorum: Annotated[Quorum, about("shares that must join, for the rule quorum", {"deploy": 0.5})] = field(
        default_factory=Quorum
    )
    required: Annotated[PartyList, about("members without whom nothing is done", ["france"])] = ()
    capability: Annotated[
        tuple[Capability, ...], about("capability thresholds", [{"tier": "deploy", "forces": "15000 troops"}])
    ] = ()
    abstention: Annotated[Abstention, about("how silence counts", "counts_as_no")] = Abstention.NONE
    outside_action: Annotated[
        OutsideAction, about("whether a guarantor may act alone, outside the mechanism", "forbidden")
    ] = OutsideAction.ALLOWED
    text: Annotated[Text | None, about("the rule in the encoder's words", "Action agreed by all guarantors.")] = None
    article: Annotated[Text | None, about("where it stands in the document", "article 5")] = None


@dataclass(frozen=True)
class Consents:
    """Three consents, kept apart: to the settlement, to forces and monitors, to the response."""

    __pydantic_config__: ClassVar[Config] = STRICT

    settlement: Annotated[PartyList, about("whose consent the settlement needs", ["russia", "ukraine"])] = ()
    deployment: Annotated[PartyList, about("whose consent forces or monitors need", ["russia"])] = ()
    response: Annotated[PartyList, about("whose consent the response needs: a veto", ["russia"])] = ()
    response_tiers: Annotated[
        tuple[TierWord, ...], OneOrMore(), UNIQUE, about("the tiers to which that veto applies", ["deploy", "defend"])
    ] = (TierWord.SUPPORT, TierWord.DEPLOY, TierWord.DEFEND)
    text: Annotated[Text | None, about("the clause in the encoder's words", "All guarantors agree.")] = None
    article: Annotated[Text | None, about("where it stands in the document", "article 5")] = None


@dataclass(frozen=True)
class Monitoring:
    """Who watches, with what, and who can end it."""

    __pydantic_config__: ClassVar[Config] = STRICT

    name: Annotated[Name, about("name of the mission", "OSCE Special Monitoring Mission")]
    by: Annotated[PartyList, about("who carries it out", ["osce"])] = ("unknown",)
    sensors: Annotated[
        tuple[Sensor, ...], OneOrMore(), UNIQUE, about("what it sees with", ["observers", "drones"])
    ] = ()
    access: Annotated[Access, about("where it may go", "restricted")] = Access.UNKNOWN
    attributes: Annotated[Flag, about("whether it may say who did it", True)] = False
    can_be_ended_by: Annotated[PartyList, about("parties that can end it alone", ["russia"])] = ()
    renewed_every: Annotated[Span, about("how often its mandate must be renewed", "6 months")] = Unspecified.NONE
    renewed_by: Annotated[PartyList, about("parties each of which can refuse to renew it", ["russia"])] = ()
    renewal_body: Annotated[Text | None, about("name of the body that renews it", "UN Security Council")] = None
    staff: Annotated[Force, about("its size", "700 observers")] = Unspecified.UNKNOWN
    text: Annotated[Text | None, about("the clause in the encoder's words", "Unarmed civilian mission.")] = None
    article: Annotated[Text | None, about("where it stands in the document", "paragraph 3")] = None


@dataclass(frozen=True)
class Term:
    """When it starts, how long it lasts, how it is left."""

    __pydantic_config__: ClassVar[Config] = STRICT

    starts: Annotated[Text | None, about("what it starts with", "a ceasefire")] = None
    length: Annotated[Span, about("how long it lasts; none means without end", "10 y")] = Unspecified.UNKNOWN
    extendable: Annotated[Flag, about("whether it can be prolonged", True)] = False
    review_every: Annotated[Span, about("how often it is reviewed", "1 y")] = Unspecified.NONE
    exit_notice: Annotated[Span, about("notice for leaving; none means no right to leave is stated", "6 months")] = (
        Unspecified.UNKNOWN
    )
    ends_on: Annotated[tuple[EndEvent, ...], OneOrMore(), UNIQUE, about("events that end it", "accession")] = ()
    void_if: Annotated[When | None, about("what makes the whole arrangement void", "provoked")] = None
    text: Annotated[Text | None, about("the clause in the encoder's words", "Ten years, renewable.")] = None
    article: Annotated[Text | None, about("where it stands in the document", "article 9")] = None
