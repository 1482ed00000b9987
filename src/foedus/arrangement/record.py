"""The record of an arrangement: the whole agreement, frozen."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from foedus.arrangement.clauses import Commitment, Deployment, Duties, Exclusion, Limit, Sanctions, StandingSupport
from foedus.arrangement.fields.fields import (
    UNIQUE,
    WHOLE,
    Date,
    Flag,
    Force,
    Link,
    LogRatio,
    Name,
    PartyId,
    PartyList,
    ShortText,
    Slug,
    SomeParties,
    Spread,
    Text,
    about,
)
from foedus.arrangement.fields.marks import STRICT, Config, Holds, OneOrMore
from foedus.arrangement.process import Consents, Decision, Monitoring, Term, Trigger
from foedus.arrangement.vocabulary import (
    Ambiguity,
    Covered,
    Evidence,
    Interest,
    LegalForm,
    Preparation,
    Publicity,
    Result,
    Status,
    TieKind,
    Unspecified,
)

LANGUAGE_VERSION = 1


@dataclass(frozen=True)
class Parties:
    """Who takes part, and as what. A party may stand in several roles."""

    __pydantic_config__: ClassVar[Config] = STRICT

    protected_state: Annotated[SomeParties, about("the state or states that are protected", ["ukraine"])]
    adversary: Annotated[SomeParties, about("against whom", ["russia"])]
    guarantor: Annotated[PartyList, about("who promises", ["france", "united_kingdom"])] = ()
    supporter: Annotated[PartyList, about("who promises nothing here but may help of its own accord", ["germany"])] = ()
    monitor: Annotated[PartyList, about("who watches", ["osce"])] = ()
    adversary_named: Annotated[
        Flag, about("whether the text itself names the adversary; if not, it stands here for whom it is against", False)
    ] = True

    @property
    def everyone(self) -> frozenset[str]:
        """Every party in any role."""
        return frozenset(self.protected_state + self.adversary + self.guarantor + self.supporter + self.monitor)


@dataclass(frozen=True)
class Tie:
    """What binds a party to another outside the text, such as an alliance of a monitor with the adversary."""

    __pydantic_config__: ClassVar[Config] = STRICT

    party: Annotated[PartyId, about("who is bound", "germany")]
    kind: Annotated[TieKind, about("how", "ally")]
    to: Annotated[PartyId, about("to whom", "france")]
    note: Annotated[Text | None, about("what it rests on", "Treaty of Aachen, 2019")] = None


@dataclass(frozen=True)
class Scope:
    """What territory it covers."""

    __pydantic_config__: ClassVar[Config] = STRICT

    territory: Annotated[Text, about("what is covered", "Ukraine in its internationally recognised borders")]
    also_covers: Annotated[
        tuple[Covered, ...],
        OneOrMore(),
        UNIQUE,
        about("what counts as attacked beside territory", ["armed_forces", "public_vessels"]),
    ] = ()
    excludes: Annotated[tuple[Text, ...], OneOrMore(), UNIQUE, about("what is left out", ["Crimea"])] = ()


@dataclass(frozen=True)
class Source:
    """Where a statement comes from."""

    __pydantic_config__: ClassVar[Config] = STRICT

    title: Annotated[Text, about("what it is", "Text of the arrangement")]
    url: Annotated[Link | None, about("where it can be read", "https://example.org/text")] = None
    evidence: Annotated[Evidence, about("how far it was checked", "from_memory")] = Evidence.SEEN


@dataclass(frozen=True)
class HistoricalOutcome:
    """What history has said of it."""

    __pydantic_config__: ClassVar[Config] = STRICT

    result: Annotated[Result, about("what became of it", "violated_response_inadequate")]
    date: Annotated[Date, about("when it was tested or ended", "2014-02-27")] = "unknown"
    text: Annotated[Text | None, about("what happened", "Crimea 2014; full invasion 2022.")] = None


@dataclass(frozen=True)
class StatedInterest:
    """How much the protected state matters to one or more parties at the time of the text."""

    __pydantic_config__: ClassVar[Config] = STRICT

    by: Annotated[SomeParties, about("whose interest: ids, or all_guarantors", ["france"])]
    level: Annotated[Interest, about("how much it matters to them", "vital")]
    source: Annotated[Text, about("who says so, or what it is read from", "Kennan's memorandum of 1948")]
    evidence: Annotated[Evidence, about("how far that was checked", "from_memory")] = Evidence.SEEN
    text: Annotated[Text | None, about("the reason in the encoder's words", "Its troops stand in the country.")] = None


@dataclass(frozen=True)
class StatedBalance:
    """How strong all adversaries together are against all protected states, where the party facts cannot tell.

    Either the log ratio, or the strengths of both sides in one unit; where a text has both, the log ratio counts.
    """

    __pydantic_config__: ClassVar[Config] = STRICT

    source: Annotated[Text, about("who says so, or what it is read from", "Military Balance 1993")]
    log_ratio: Annotated[
        LogRatio | None, about("natural logarithm of adversary : protected state; 0 means as strong", 0.4)
    ] = None
    give_or_take: Annotated[Spread, about("how far the truth may lie from it, either way", 0.3)] = 0.0
    adversary: Annotated[Force, about("strength of the adversaries", "80000 troops")] = Unspecified.NONE
    protected_state: Annotated[Force, about("strength of the protected states, in the same unit", "110000 troops")] = (
        Unspecified.NONE
    )
    evidence: Annotated[Evidence, about("how far that was checked", "from_memory")] = Evidence.SEEN
    text: Annotated[Text | None, about("the reason in the encoder's words", "Heavy weapons count double.")] = None


@dataclass(frozen=True)
class Arrangement:
    """A whole agreement: parties, commitments, trigger, response, deployments, duties, term."""

    __pydantic_config__: ClassVar[Config] = STRICT

    foedus: Annotated[Literal[1], WHOLE, about("version of this language", 1)]
    id: Annotated[Slug, about("name of the arrangement, as the file is called", "example_guarantee")]
    name: Annotated[Name, about("its title", "An example of a guarantee")]
    theatre: Annotated[Slug, about("the conflict it belongs to", "ukraine")]
    legal_form: Annotated[LegalForm, about("in what form it binds", "proposal")]
    status: Annotated[Status, about("where it stands", "hypothetical")]
    parties: Annotated[
        Parties, about("who takes part, and as what", {"protected_state": "ukraine", "adversary": "russia"})
    ]
    scope: Annotated[Scope, about("what territory it covers", {"territory": "Ukraine"})]
    sources: Annotated[tuple[Source, ...], about("where all this comes from", [{"title": "Text of the arrangement"}])]
    date: Annotated[Date, about("when it was made", "1994-12-05")] = "unknown"
    short_name: Annotated[
        ShortText | None, about("a name for tables and charts, 40 characters at most", "An example")
    ] = None
    publicity: Annotated[Publicity, about("who can read it", "public")] = Publicity.UNKNOWN
    summary: Annotated[Text | None, about("one paragraph for a reader in a hurry", "Assurances without teeth.")] = None
    party_names: Annotated[
        dict[Slug, Name],
        Holds("party ids, each with a name"),
        about("names of parties that the party facts do not know", {"republic_of_china": "Republic of China"}),
    ] = field(default_factory=dict)
    purpose: Annotated[Text | None, about("what it is for, in the words of the text", "A lasting peace.")] = None
    membership: Annotated[Text | None, about("the alliance that it makes the protected state a member of", "NATO")] = (
        None
    )
    ties: Annotated[
        tuple[Tie, ...],
        about(
            "what binds parties to each other outside the text", [{"party": "germany", "kind": "ally", "to": "france"}]
        ),
    ] = ()
    commitments: Annotated[
        tuple[Commitment, ...],
        about(
            "what guarantors promise",
            [{"id": "aid", "by": "france", "answers": "invasion", "tier": "support", "bindingness": "intends"}],
        ),
    ] = ()
    trigger: Annotated[Trigger, about("what opens the mechanism", {"type": "armed_attack"})] = field(
        default_factory=Trigger
    )
    decision: Annotated[Decision, about("how the response is decided", {"rule": "each_for_itself"})] = field(
        default_factory=Decision
    )
    consents: Annotated[Consents, about("whose consent is needed for what", {"settlement": ["russia"]})] = field(
        default_factory=Consents
    )
    preparation: Annotated[
        Preparation, about("how far guarantors have prepared in peacetime to act together", "joint_planning")
    ] = Preparation.NONE
    deployments: Annotated[
        tuple[Deployment, ...], about("forces in place", [{"by": "france", "forces": "2000 troops"}])
    ] = ()
    exclusions: Annotated[tuple[Exclusion, ...], about("what is kept out", [{"what": "foreign_forces"}])] = ()
    monitoring: Annotated[tuple[Monitoring, ...], about("who watches", [{"name": "OSCE mission"}])] = ()
    duties: Annotated[Duties, about("what the protected state owes", {"own_defence": "keep_up"})] = field(
        default_factory=Duties
    )
    adversary_limits: Annotated[
        tuple[Limit, ...],
        about(
            "caps on the adversary's forces, in all or where they stand", [{"on": "20000 troops", "sense": "ceiling"}]
        ),
    ] = ()
    standing_support: Annotated[
        tuple[StandingSupport, ...], about("support in peacetime", [{"by": "all_guarantors", "bindingness": "intends"}])
    ] = ()
    sanctions: Annotated[Sanctions, about("sanctions and snapback", {"now": "kept"})] = field(default_factory=Sanctions)
    interest: Annotated[
        tuple[StatedInterest, ...],
        about("how much the protected state matters to whom", [{"by": "france", "level": "vital", "source": "A book"}]),
    ] = ()
    balance: Annotated[
        StatedBalance | None, about("how strong the two sides are", {"log_ratio": 0.4, "source": "A book"})
    ] = None
    ambiguity: Annotated[
        tuple[Ambiguity, ...], OneOrMore(), UNIQUE, about("what is left open", ["whether", "what"])
    ] = ()
    term: Annotated[Term, about("start, length, review, exit", {"length": "10 y"})] = field(default_factory=Term)
    outcome: Annotated[HistoricalOutcome | None, about("what history has said", {"result": "held_untested"})] = None
    disputes: Annotated[
        tuple[Text, ...], OneOrMore(), UNIQUE, about("what sources disagree about", ["Legal force."])
    ] = ()
    unknowns: Annotated[
        tuple[Text, ...], OneOrMore(), UNIQUE, about("what could not be found out", ["Rules of engagement."])
    ] = ()
    notes: Annotated[
        tuple[Text, ...], OneOrMore(), UNIQUE, about("remarks on the encoding", ["Clause 5 is encoded as support."])
    ] = ()

    @cached_property
    def responders(self) -> tuple[str, ...]:
        """Guarantors and supporters that are not the adversary, in order: those who can answer a breach."""
        known = dict.fromkeys(self.parties.guarantor + self.parties.supporter)
        return tuple(party for party in known if party not in self.parties.adversary)
