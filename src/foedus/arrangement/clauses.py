"""What parties promise, place and forbid: commitments, deployments, exclusions, duties, support, sanctions."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from foedus.arrangement.fields.fields import (
    UNIQUE,
    Flag,
    Force,
    PartyList,
    Slug,
    SomeParties,
    Span,
    Sum,
    Text,
    When,
    about,
)
from foedus.arrangement.fields.marks import STRICT, Config, OneOrMore
from foedus.arrangement.vocabulary import (
    Bindingness,
    Content,
    EndEvent,
    Excluded,
    Finds,
    From,
    Kind,
    LegalForm,
    Measure,
    Neutrality,
    OwnDefence,
    Restraint,
    SanctionsNow,
    Sense,
    TierWord,
    Unspecified,
)


@dataclass(frozen=True)
class Commitment:
    """A promise of one or more guarantors."""

    __pydantic_config__: ClassVar[Config] = STRICT

    id: Annotated[Slug, about("name of the clause, unique in the file", "swift_assistance")]
    by: Annotated[SomeParties, about("who owes it: ids, or all_guarantors", ["france", "united_kingdom"])]
    answers: Annotated[
        tuple[Finds, ...],
        OneOrMore(),
        UNIQUE,
        about("the determinations on which it falls due", ["incursion", "invasion"]),
    ]
    tier: Annotated[TierWord, about("the highest tier it promises; lower tiers are included", "support")]
    bindingness: Annotated[Bindingness, about("the treaty language", "shall_discretionary")]
    text: Annotated[Text | None, about("the clause in the encoder's words", "Immediate military assistance.")] = None
    article: Annotated[Text | None, about("where it stands in the document", "article 5")] = None
    legal_form: Annotated[
        LegalForm | None, about("its form, where it is not that of the whole arrangement", "executive_agreement")
    ] = None
    kind: Annotated[Kind, about("owed together or each in its own text", "bilateral")] = Kind.JOINT
    mutual: Annotated[
        Flag, about("whether the protected states owe the same to the guarantors and to each other", True)
    ] = False
    content: Annotated[Content, about("who settles what is owed", "floor")] = Content.DEBTOR_CHOOSES
    measures: Annotated[
        tuple[Measure, ...], OneOrMore(), UNIQUE, about("the acts that the text names", ["arms", "sanctions"])
    ] = ()
    money: Annotated[Sum, about("money pledged", "2.5 bn GBP per year")] = Unspecified.NONE
    forces: Annotated[Force, about("forces pledged", "10000 - 15000 troops")] = Unspecified.NONE
    within: Annotated[Span, about("deadline for performing it", "72 h")] = Unspecified.NONE
    when: Annotated[When | None, about("condition on which it falls due", "external and not provoked")] = None
    unless: Annotated[When | None, about("exception: it does not fall due where this holds", "provoked")] = None


@dataclass(frozen=True)
class Deployment:
    """Forces of guarantors on the territory of the protected state or beside it."""

    __pydantic_config__: ClassVar[Config] = STRICT

    by: Annotated[SomeParties, about("whose forces", ["france", "united_kingdom"])]
    forces: Annotated[Force, about("how many, as published", "10000 - 15000 troops")]
    since: Annotated[From, about("from when they stand", "ceasefire")] = From.UNKNOWN
    where: Annotated[Text | None, about("where, in words", "far from the contact line")] = None
    mandate: Annotated[Text | None, about("what they may do, in words", "train, secure airspace")] = None
    purpose: Annotated[Text | None, about("what they are there for, in words", "to deter a new attack")] = None
    reserve: Annotated[Force, about("forces held ready for it elsewhere", "5000 troops")] = Unspecified.NONE
    ends_on: Annotated[tuple[EndEvent, ...], OneOrMore(), UNIQUE, about("events that end it", "accession")] = ()
    can_be_ended_by: Annotated[PartyList, about("parties that can end it alone", ["nobody"])] = ()
    article: Annotated[Text | None, about("where it stands in the document", "paragraph 3")] = None


@dataclass(frozen=True)
class Exclusion:
    """Something that the arrangement keeps out of the protected state."""

    __pydantic_config__: ClassVar[Config] = STRICT

    what: Annotated[Excluded, about("what is kept out", "foreign_forces")]
    unless: Annotated[When | None, about("exception to the prohibition", "adversary_agrees")] = None
    text: Annotated[Text | None, about("the clause in the encoder's words", "No foreign contingents.")] = None
    article: Annotated[Text | None, about("where it stands in the document", "article 3")] = None


@dataclass(frozen=True)
class Limit:
    """A limit on forces: the protected state's under `duties`, the adversary's under `adversary_limits`."""

    __pydantic_config__: ClassVar[Config] = STRICT

    on: Annotated[Force, about("the number and what is counted", "85000 troops")]
    sense: Annotated[Sense, about("ceiling, floor, or disputed", "ceiling")]
    note: Annotated[Text | None, about("who says so", "Russia's position in the draft")] = None


@dataclass(frozen=True)
class Duties:
    """What the protected state owes."""

    __pydantic_config__: ClassVar[Config] = STRICT

    own_defence: Annotated[OwnDefence, about("what it does for its own defence", "keep_up")] = OwnDefence.NOT_MENTIONED
    own_forces: Annotated[
        Force, about("its forces at the time, where the party facts of today do not fit", "250000 troops")
    ] = Unspecified.NONE
    reserves: Annotated[Force, about("its reserve at the time", "400000 troops")] = Unspecified.NONE
    limits: Annotated[
        tuple[Limit, ...], about("caps or floors on its forces", [{"on": "85000 troops", "sense": "ceiling"}])
    ] = ()
    restraint: Annotated[Restraint, about("what it promises about its own use of force", "no_first_use_of_force")] = (
        Restraint.NONE
    )
    neutrality: Annotated[Neutrality, about("whether it renounces alliances", "permanent")] = Neutrality.NONE
    others: Annotated[tuple[Text, ...], OneOrMore(), UNIQUE, about("further duties, in words", ["reforms"])] = ()


@dataclass(frozen=True)
class StandingSupport:
    """Support in peacetime, due without any determination."""

    __pydantic_config__: ClassVar[Config] = STRICT

    by: Annotated[SomeParties, about("who gives it", "all_guarantors")]
    bindingness: Annotated[Bindingness, about("the language", "intends")]
    measures: Annotated[
        tuple[Measure, ...], OneOrMore(), UNIQUE, about("what is given", ["arms", "training", "finance"])
    ] = ()
    money: Annotated[Sum, about("money pledged", "7.1 bn EUR per year")] = Unspecified.UNKNOWN
    funded_for: Annotated[Span, about("for how long money has been voted", "1 y")] = Unspecified.UNKNOWN
    text: Annotated[Text | None, about("the clause in the encoder's words", "Long-term support.")] = None
    article: Annotated[Text | None, about("where it stands in the document", "paragraph 2")] = None


@dataclass(frozen=True)
class Sanctions:
    """What becomes of sanctions, and what brings them back."""

    __pydantic_config__: ClassVar[Config] = STRICT

    now: Annotated[SanctionsNow, about("what becomes of those in force", "kept")] = SanctionsNow.NOT_MENTIONED
    snapback_on: Annotated[
        tuple[Finds, ...], OneOrMore(), UNIQUE, about("determinations that bring them back", ["invasion"])
    ] = ()
    snapback_bindingness: Annotated[Bindingness, about("the language of the snapback", "shall_specified")] = (
        Bindingness.INTENDS
    )
    snapback_within: Annotated[Span, about("deadline of the snapback", "72 h")] = Unspecified.NONE
    text: Annotated[Text | None, about("the clause in the encoder's words", "All sanctions return.")] = None
