"""The controlled words of the arrangement language, each with its meaning."""

from foedus.values.word import Word


class Unspecified(Word):
    """What stands where a value would: the text says nothing, or we could not find out."""

    NONE = "none", "the text provides nothing"
    UNKNOWN = "unknown", "it could not be confirmed"


class LegalForm(Word):
    """In what form the arrangement binds."""

    TREATY = "treaty", "a treaty under international law, ratified or open to ratification"
    EXECUTIVE_AGREEMENT = "executive_agreement", "an agreement that a government concluded without its parliament"
    POLITICAL_AGREEMENT = (
        "political_agreement",
        "a signed agreement that binds in politics and, by most accounts, not in law",
    )
    POLITICAL_DECLARATION = "political_declaration", "a joint statement of intent"
    UNILATERAL_STATEMENT = "unilateral_statement", "a statement of one party about its own conduct"
    DOMESTIC_LAW = "domestic_law", "a statute of one party, which it can change alone"
    ARMISTICE = "armistice", "an agreement between commanders to stop fighting"
    COUNCIL_RESOLUTION = "council_resolution", "a decision of an international council, such as the UN Security Council"
    DRAFT_TREATY = "draft_treaty", "the text of a treaty that was not concluded"
    PROPOSAL = "proposal", "a plan that nobody has signed"
    SECRET_LETTER = "secret_letter", "a promise in a letter that was not published"
    NONE = "none", "nothing in writing"
    UNKNOWN = "unknown", "it could not be confirmed"


class Publicity(Word):
    """Who can read it."""

    PUBLIC = "public", "published in full"
    PARTLY_PUBLIC = "partly_public", "published in part; annexes or side letters are kept back"
    LEAKED = "leaked", "known from leaks only"
    SECRET = "secret", "kept secret when it was made"
    UNKNOWN = "unknown", "it could not be confirmed"


class Status(Word):
    """Where the arrangement stands in the world."""

    IN_FORCE = "in_force", "it stands"
    ENDED = "ended", "it stood and stands no more"
    PROPOSED = "proposed", "it is on the table"
    REJECTED = "rejected", "it was on the table and was turned down"
    SUPERSEDED = "superseded", "another arrangement has taken its place"
    HYPOTHETICAL = "hypothetical", "it was written for the sake of argument"


class TierWord(Word):
    """A tier of response; each includes those before it."""

    SUPPORT = "support", "arms, money, intelligence, sanctions"
    DEPLOY = "deploy", "forces moved in, air defence, escort"
    DEFEND = "defend", "use of force"


class Finds(Word):
    """The determinations that a clause can answer."""

    HYBRID = "hybrid", "grey-zone pressure: sabotage, cyber attacks, coercion below open force"
    INCURSION = "incursion", "a limited armed incursion"
    INVASION = "invasion", "a major offensive"
    PROVOKED = "provoked", "fighting that the protected state itself brought on"


class Bindingness(Word):
    """Treaty language, from weakest to strongest; what could not be confirmed stands below a right."""

    UNKNOWN = "unknown", "it could not be confirmed how far it binds"
    MAY = "may", "a right, no duty"
    INTENDS = "intends", "political intent"
    WILL_CONSULT = "will_consult", "a duty to meet, no more"
    SHALL_DISCRETIONARY = "shall_discretionary", "a duty to act; the content is as the debtor deems necessary"
    SHALL_SPECIFIED = "shall_specified", "a duty to do a named thing"


class TieKind(Word):
    """How a party is bound to another outside the text."""

    ALLY = "ally", "it is allied to it by treaty"
    DEPENDENT = "dependent", "it depends on it for its security, its money or its government"
    HOST = "host", "it hosts its forces or lets them pass"
    RIVAL = "rival", "it is its rival, and the two have threatened or fought each other"
    CLAIMANT = "claimant", "it claims territory of it, or a say in its affairs"


class EndEvent(Word):
    """An event that ends what it is written beside."""

    ACCESSION = "accession", "the protected state joins an alliance"
    SUCCESSOR_TREATY = "successor_treaty", "another arrangement takes its place"
    UNIFICATION = "unification", "the protected state is united with another"
    PEACE_TREATY = "peace_treaty", "a treaty of peace is concluded"
    REQUEST = "request", "the protected state asks for it to end"
    OTHER = "other", "another event, told in words beside it"


class Content(Word):
    """Who settles what is owed."""

    FIXED = "fixed", "the text settles what is owed"
    FLOOR = "floor", "the text sets a minimum; a debtor may do more"
    DEBTOR_CHOOSES = "debtor_chooses", "each debtor settles for itself what it gives"


class Kind(Word):
    """Whether the debtors owe it together or each in a text of its own."""

    JOINT = "joint", "the debtors owe it in one text"
    BILATERAL = "bilateral", "each debtor owes it in a text of its own with the protected state"


class Measure(Word):
    """A named act of support or defence."""

    CONSULTATION = "consultation", "a meeting of the parties"
    ARMS = "arms", "weapons and ammunition"
    TRAINING = "training", "training of forces"
    INTELLIGENCE = "intelligence", "sharing of intelligence"
    FINANCE = "finance", "money, loans, budget support"
    INDUSTRY = "industry", "joint production and investment in the defence industry"
    ENERGY = "energy", "energy supply and repair of the grid"
    SANCTIONS = "sanctions", "economic sanctions on the adversary"
    DIPLOMACY = "diplomacy", "diplomatic steps"
    CYBER_DEFENCE = "cyber_defence", "defence against attacks on networks"
    AIR_DEFENCE = "air_defence", "air-defence systems and crews"
    NO_FLY_ZONE = "no_fly_zone", "closing the airspace to the adversary"
    NAVAL_ESCORT = "naval_escort", "escort and mine clearance at sea"
    GROUND_FORCES = "ground_forces", "forces on the territory of the protected state"
    LOGISTICS = "logistics", "transport, supply, repair, medical care"
    USE_OF_FORCE = "use_of_force", "fighting beside the protected state"
    EXERCISES = "exercises", "exercises of forces of several states"
    COUNCIL_ACTION = "council_action", "taking the matter to a council, such as the UN Security Council"
    NON_AGGRESSION = "non_aggression", "refraining from the threat or use of force"
    NO_NUCLEAR_USE = "no_nuclear_use", "refraining from the use of nuclear weapons"


class Covered(Word):
    """What counts as attacked beside territory."""

    ARMED_FORCES = "armed_forces", "its armed forces, wherever they are"
    PUBLIC_VESSELS = "public_vessels", "its public vessels at sea, the coast guard's among them"
    AIRCRAFT = "aircraft", "its aircraft"
    NETWORKS = "networks", "its networks, cables and satellites"
    NATIONALS = "nationals", "its nationals abroad"
    GUARANTOR_FORCES = "guarantor_forces", "forces of the guarantors that stand in it"


class TriggerType(Word):
    """What opens the mechanism."""

    ARMED_ATTACK = "armed_attack", "an armed attack"
    ARMED_ATTACK_OR_THREAT = "armed_attack_or_threat", "an armed attack or the threat of one"
    RENEWED_ATTACK_AFTER_CEASEFIRE = "renewed_attack_after_ceasefire", "a new attack after hostilities have ended"
    AGGRESSION_WITH_NUCLEAR_WEAPONS = (
        "aggression_with_nuclear_weapons",
        "aggression, or a threat of it, in which nuclear weapons are used",
    )
    BREACH_OF_STATUS = "breach_of_status", "a breach of the status that the arrangement protects, such as neutrality"
    FLAGRANT_BREACH = "flagrant_breach", "a breach so plain that nobody can doubt it"
    CEASEFIRE_VIOLATION = "ceasefire_violation", "a violation of the ceasefire"
    TREATY_VIOLATION = "treaty_violation", "a violation of the treaty"
    RESORT_TO_NON_PEACEFUL_MEANS = "resort_to_non_peaceful_means", "any means other than peaceful ones"
    NONE = "none", "the text names no trigger"
    UNKNOWN = "unknown", "it could not be confirmed"


class DeterminationRule(Word):
    """Who finds what happened."""

    EACH_PARTY_FOR_ITSELF = "each_party_for_itself", "each party finds for itself"
    EACH_PARTY_AFTER_CONSULTATION = "each_party_after_consultation", "each party finds for itself, after all have met"
    UNANIMITY_OF_GUARANTORS = "unanimity_of_guarantors", "all guarantors must agree on the finding"
    COUNCIL_CONSENSUS = "council_consensus", "a council finds by consensus"
    COUNCIL_WITH_VETO = "council_with_veto", "a council finds in which some members hold a veto"
    LEAD_GUARANTOR_ALONE = "lead_guarantor_alone", "the leading guarantor finds alone"
    PROTECTED_STATE_ALONE = "protected_state_alone", "the protected state finds alone"
    MONITOR_BODY = "monitor_body", "the monitors find"
    UNDEFINED = "undefined", "the text does not say who finds"
    UNKNOWN = "unknown", "it could not be confirmed"


class StandardOfProof(Word):
    """How sure the determining body must be."""

    SUSPICION = "suspicion", "there are grounds to suspect it"
    PREPONDERANCE = "preponderance", "it is more likely than not"
    CLEAR_AND_CONVINCING = "clear_and_convincing", "it is highly probable"
    BEYOND_REASONABLE_DOUBT = "beyond_reasonable_doubt", "no reasonable doubt is left"
    NONE = "none", "the text sets no standard"
    UNKNOWN = "unknown", "it could not be confirmed"


class IfUndecided(Word):
    """What follows when the deadline passes without a decision."""

    NOTHING = "nothing", "nothing follows"
    EACH_MAY_ACT = "each_may_act", "each guarantor may then act on its own"
    LEAD_DECIDES = "lead_decides", "the leading guarantor then decides"
    DEFAULT_RESPONSE = "default_response", "a response that was settled beforehand follows"
    NONE = "none", "the text does not say"
    UNKNOWN = "unknown", "it could not be confirmed"


class DecisionRule(Word):
    """How guarantors settle on a tier."""

    EACH_FOR_ITSELF = "each_for_itself", "each guarantor decides for itself"
    QUORUM = "quorum", "a stated share of the guarantors' weight must join"
    UNANIMITY = "unanimity", "all guarantors must agree"
    COUNCIL_WITH_VETO = "council_with_veto", "a council decides in which some members hold a veto"
    LEAD_ALONE = "lead_alone", "the leading guarantor decides alone"
    NONE = "none", "the text sets no rule"
    UNKNOWN = "unknown", "it could not be confirmed"


class Abstention(Word):
    """How a member who stays silent is counted."""

    COUNTS_AS_NO = "counts_as_no", "silence counts against"
    NOT_COUNTED = "not_counted", "silence is left out of the count"
    COUNTS_AS_YES = "counts_as_yes", "silence counts in favour"
    NONE = "none", "the text does not say"
    UNKNOWN = "unknown", "it could not be confirmed"


class OutsideAction(Word):
    """Whether a guarantor may act on its own, outside the mechanism."""

    ALLOWED = "allowed", "a guarantor may act on its own when the mechanism is blocked or slow"
    FORBIDDEN = "forbidden", "guarantors may act through the mechanism only"
    UNKNOWN = "unknown", "it could not be confirmed"


class Preparation(Word):
    """How far guarantors have prepared in peacetime to act together."""

    INTEGRATED_COMMAND = "integrated_command", "forces under one command in peacetime, with plans"
    JOINT_PLANNING = "joint_planning", "a standing headquarters or agreed plans, forces under national command"
    STAFF_TALKS = "staff_talks", "general staffs talk"
    NONE = "none", "nothing is prepared"
    UNKNOWN = "unknown", "it could not be confirmed"


class Excluded(Word):
    """What the arrangement keeps out."""

    FOREIGN_ARMS = "foreign_arms", "weapons from abroad"
    FOREIGN_FORCES = "foreign_forces", "forces of other states"
    FOREIGN_BASES = "foreign_bases", "bases of other states"
    ALLIANCES = "alliances", "membership of alliances"
    JOINT_EXERCISES = "joint_exercises", "exercises with forces of other states"
    NUCLEAR_WEAPONS = "nuclear_weapons", "nuclear weapons"
    LONG_RANGE_WEAPONS = "long_range_weapons", "weapons of long range"


class From(Word):
    """From when a deployment stands."""

    ENTRY_INTO_FORCE = "entry_into_force", "from the entry into force"
    CEASEFIRE = "ceasefire", "from a ceasefire on"
    ATTACK = "attack", "only once there has been an attack"
    UNKNOWN = "unknown", "it could not be confirmed"


class Sensor(Word):
    """What a monitor sees with."""

    OBSERVERS = "observers", "people at fixed posts"
    PATROLS = "patrols", "people who move about"
    CAMERAS = "cameras", "cameras on the ground"
    DRONES = "drones", "unmanned aircraft"
    RADAR = "radar", "radar on the ground or at sea"
    SATELLITES = "satellites", "pictures from space"
    SIGNALS = "signals", "listening to radio and data traffic"
    NATIONAL_MEANS = "national_means", "the parties' own intelligence, shared with the monitor"


class Access(Word):
    """Where a monitor may go."""

    FULL = "full", "anywhere, at any time"
    RESTRICTED = "restricted", "to some places or at some times only"
    BY_CONSENT = "by_consent", "where the parties agree, case by case"
    NONE = "none", "nowhere; it watches from outside"
    UNKNOWN = "unknown", "it could not be confirmed"


class OwnDefence(Word):
    """What the protected state does for its own defence."""

    BUILD_UP = "build_up", "it builds up its forces"
    KEEP_UP = "keep_up", "it keeps its forces up"
    NOT_MENTIONED = "not_mentioned", "the text does not speak of it"
    LIMITED = "limited", "it accepts limits on its forces"
    DISARM = "disarm", "it disarms"
    UNKNOWN = "unknown", "it could not be confirmed"


class Restraint(Word):
    """What the protected state promises about its own conduct."""

    COMMAND_BY_GUARANTOR = "command_by_guarantor", "a guarantor commands its forces"
    CONSULT_BEFORE_FORCE = "consult_before_force", "it consults the guarantors before it uses force"
    NO_FIRST_USE_OF_FORCE = "no_first_use_of_force", "it does not use force first"
    NONE = "none", "it promises nothing about its own use of force"
    UNKNOWN = "unknown", "it could not be confirmed"


class Neutrality(Word):
    """Whether the protected state renounces alliances."""

    PERMANENT = "permanent", "it is permanently neutral"
    NO_ALLIANCE = "no_alliance", "it stays out of alliances"
    NONE = "none", "it renounces no alliance"
    UNKNOWN = "unknown", "it could not be confirmed"


class Sense(Word):
    """Which way a limit points."""

    CEILING = "ceiling", "no more than this"
    FLOOR = "floor", "no less than this"
    DISPUTED = "disputed", "the parties or the sources disagree on which it is"


class SanctionsNow(Word):
    """What becomes of sanctions that are in force."""

    KEPT = "kept", "they stay"
    EASED = "eased", "they are eased"
    LIFTED = "lifted", "they are lifted"
    NOT_MENTIONED = "not_mentioned", "the text does not speak of them"
    UNKNOWN = "unknown", "it could not be confirmed"


class Result(Word):
    """What history has said."""

    HONOURED = "honoured", "the promise fell due and was kept"
    HELD_UNTESTED = "held_untested", "the peace held and nobody tested the promise"
    HELD_TESTED = "held_tested", "the promise was tested and held"
    VIOLATED_NO_RESPONSE = "violated_no_response", "it was violated and nobody answered"
    VIOLATED_RESPONSE_INADEQUATE = "violated_response_inadequate", "it was violated and the answer did not restore it"
    VIOLATED_RESPONSE_EVENTUAL = "violated_response_eventual", "it was violated and the answer restored it in the end"
    ABUSED_BY_GUARANTOR = "abused_by_guarantor", "a guarantor used it against the protected state"
    LAPSED_BEFORE_TEST = "lapsed_before_test", "it ended before anybody tested it"
    SUPERSEDED = "superseded", "another arrangement took its place"
    PROPOSED_ONLY = "proposed_only", "it was proposed and never concluded"
    UNKNOWN = "unknown", "it could not be confirmed"


class Interest(Word):
    """How much the protected state matters to a party, by the record of its time and theatre."""

    VITAL = "vital", "its own security hangs on it; it has gone to war for it, or stands there with large forces"
    IMPORTANT = "important", "a treaty, large trade or a common border; it has borne real costs for it"
    LIMITED = "limited", "words, small forces or money; the costs that it has borne are small"
    NONE_KNOWN = "none_known", "nothing on record shows that it matters to the party"


class Ambiguity(Word):
    """What the text leaves open on purpose or by neglect."""

    WHETHER = "whether", "whether anybody responds"
    WHAT = "what", "what the response is"
    WHERE = "where", "where the line runs"
    WHO = "who", "who decides"


class Evidence(Word):
    """How far a source was checked."""

    SEEN = "seen", "the page was read"
    FROM_MEMORY = "from_memory", "general knowledge, source not opened"
    DISPUTED = "disputed", "sources disagree"
