"""The mechanism's rules, as one reads them in a treaty."""

from dataclasses import replace
from itertools import product

import pytest

from foedus.arrangement.conditions import parse_condition, write_condition
from foedus.arrangement.vocabulary import Measure, TierWord
from foedus.mechanism.rules.clock import is_order_possible
from foedus.mechanism.rules.conditions import holds
from foedus.mechanism.rules.decisions import is_closed, is_tier_decided, may_act_alone
from foedus.mechanism.rules.duties import falls_due
from foedus.mechanism.rules.findings import is_finding_made
from foedus.mechanism.rules.prohibitions import is_forbidden
from foedus.mechanism.rules.why import explain
from foedus.mechanism.rules.world import Ruling, World
from tests.checks.specimens import Patch, good, patched

NO_DEFAULT: Patch = {("trigger", "if_undecided"): "none"}
MEMBERS = good().parties.guarantor


def decided(patch: Patch, world: World, tier: TierWord = TierWord.DEFEND) -> Ruling:
    """Return what becomes of a vote."""
    return is_tier_decided(patched(NO_DEFAULT | patch), world, tier)


@pytest.mark.parametrize("facts", list(product((True, False), repeat=3)))
def test_conditions_mean_what_their_words_say(facts: tuple[bool, bool, bool]) -> None:
    """And, or and not are those of logic; a written condition means the same when it is read again."""
    external, provoked, requested = facts
    condition = parse_condition("external and not provoked or requested and threat >= seize")
    world = World(threat="seize")
    for name, value in zip(("external", "provoked", "requested"), facts, strict=True):
        world = world.with_fact(name, holds=value)
    assert holds(condition, world) == ((external and not provoked) or requested)
    assert holds(parse_condition(write_condition(condition)), world) == holds(condition, world)


def test_unanimity_is_broken_by_one() -> None:
    """One vote against stops a unanimous decision, whoever casts it."""
    patch: Patch = {("decision", "rule"): "unanimity"}
    assert decided(patch, World()) is Ruling.YES
    for member in MEMBERS:
        assert decided(patch, World(against_response=frozenset({member}))) is Ruling.NO


@pytest.mark.parametrize(
    ("abstention", "ruling"),
    [
        ("counts_as_no", Ruling.NO),
        ("counts_as_yes", Ruling.YES),
        ("not_counted", Ruling.YES),
        ("none", Ruling.UNSETTLED),
    ],
)
def test_silence_counts_as_the_text_says(abstention: str, ruling: Ruling) -> None:
    """One silent member under unanimity: the text decides, and where it is silent too, nothing is settled."""
    patch: Patch = {("decision", "rule"): "unanimity", ("decision", "abstention"): abstention}
    assert decided(patch, World(silent_on_response=frozenset({"france"}))) is ruling


@pytest.mark.parametrize("against", range(7))
def test_a_quorum_counts_shares(against: int) -> None:
    """Half of six equal members is reached with three, and a share that no tier has is no answer."""
    patch: Patch = {("decision", "quorum"): {"deploy": 0.5}}
    world = World(against_response=frozenset(MEMBERS[:against]))
    assert decided(patch, world, TierWord.DEPLOY) is (Ruling.YES if against <= 3 else Ruling.NO)
    assert decided(patch, world, TierWord.DEFEND) is Ruling.UNSETTLED


def test_a_quorum_weighs_its_members() -> None:
    """A member that carries half of the weight can stop a quorum of three fifths alone."""
    arrangement = patched(NO_DEFAULT | {("decision", "quorum"): {"deploy": 0.6}})
    weights = {"france": 5}
    alone = World(against_response=frozenset({"france"}))
    assert is_tier_decided(arrangement, alone, TierWord.DEPLOY, weights=weights) is Ruling.NO
    assert is_tier_decided(arrangement, alone, TierWord.DEPLOY) is Ruling.YES


def test_silence_left_out_of_the_count_shrinks_the_whole() -> None:
    """Two of six for, one against, three silent: a majority of those who are counted."""
    world = World(against_response=frozenset(MEMBERS[:1]), silent_on_response=frozenset(MEMBERS[1:4]))
    quorum: Patch = {("decision", "quorum"): {"defend": 0.6}}
    assert decided(quorum | {("decision", "abstention"): "not_counted"}, world) is Ruling.YES
    assert decided(quorum | {("decision", "abstention"): "counts_as_no"}, world) is Ruling.NO


def test_nothing_is_done_without_a_required_member() -> None:
    """A required member that stays away stops what a quorum has reached."""
    patch: Patch = {("decision", "required"): ["poland"]}
    for world in (World(against_response=frozenset({"poland"})), World(gone=frozenset({"poland"}))):
        assert decided(patch, world) is Ruling.NO


def test_a_veto_holds_for_its_tiers_only() -> None:
    """Consent that force needs does not stop support."""
    patch: Patch = {("consents",): {"response": "russia", "response_tiers": ["defend"]}}
    world = World(against_response=frozenset({"russia"}))
    assert decided(patch, world, TierWord.DEFEND) is Ruling.NO
    assert decided(patch, world, TierWord.SUPPORT) is Ruling.YES


@pytest.mark.parametrize(
    ("what_follows", "ruling"),
    [
        ("default_response", Ruling.YES),
        ("lead_decides", Ruling.YES),
        ("nothing", Ruling.NO),
        ("each_may_act", Ruling.NO),
        ("none", Ruling.NO),
    ],
)
def test_what_follows_a_blocked_decision(what_follows: str, ruling: Ruling) -> None:
    """A default response, or a lead that decides, overcomes a vote against."""
    patch: Patch = {
        ("decision", "rule"): "unanimity",
        ("decision", "framework_nation"): "france",
        ("trigger", "if_undecided"): what_follows,
    }
    assert decided(patch, World(against_response=frozenset({"italy"}))) is ruling


@pytest.mark.parametrize(
    ("rule", "against", "ruling"),
    [
        ("unanimity_of_guarantors", "italy", Ruling.NO),
        ("lead_guarantor_alone", "italy", Ruling.YES),
        ("lead_guarantor_alone", "france", Ruling.NO),
        ("protected_state_alone", "ukraine", Ruling.NO),
        ("monitor_body", "european_union", Ruling.NO),
        ("each_party_for_itself", "italy", Ruling.YES),
        ("undefined", "italy", Ruling.UNSETTLED),
        ("council_with_veto", "italy", Ruling.YES),
    ],
)
def test_who_finds_what_happened(rule: str, against: str, ruling: Ruling) -> None:
    """Each way of finding is stopped by those whose agreement it needs, and by nobody else."""
    patch: Patch = {("trigger", "determined_by"): rule, ("decision", "framework_nation"): "france"}
    assert is_finding_made(patched(NO_DEFAULT | patch), World(against_finding=frozenset({against}))) is ruling


def test_whoever_may_block_a_finding_does_so_under_any_rule() -> None:
    """A veto over the finding stops it, though each party finds for itself."""
    patch: Patch = {("trigger", "determined_by"): "each_party_for_itself", ("trigger", "blocked_by"): "russia"}
    world = World(against_finding=frozenset({"russia"}))
    arrangement = patched(NO_DEFAULT | patch)
    assert is_finding_made(arrangement, world) is Ruling.NO
    assert not falls_due(arrangement, world)


def test_each_debtor_falls_under_its_duty_on_an_invasion() -> None:
    """The plain case obliges all six to defend; a provoked one, an act out of scope and peace oblige nobody."""
    arrangement = good()
    assert {duty.debtor for duty in falls_due(arrangement, World())} == set(MEMBERS)
    assert {duty.tier for duty in falls_due(arrangement, World())} == {TierWord.DEFEND}
    for world in (
        World().with_fact("provoked", holds=True),
        World().with_fact("in_scope", holds=False),
        World(threat="hold"),
    ):
        assert falls_due(arrangement, world) == ()


def test_the_standard_of_proof_rises_with_the_tier() -> None:
    """The surer it is who did it, the more is owed."""
    owed = [
        {duty.tier for duty in falls_due(good(), World(threat="seize", attribution=level))}
        for level in ("none", "suspected", "likely", "established")
    ]
    assert owed == [{TierWord.SUPPORT}, {TierWord.SUPPORT}, {TierWord.DEPLOY}, {TierWord.DEFEND}]


def test_a_prohibition_lowers_what_is_owed_and_its_exception_lifts_it() -> None:
    """Foreign forces kept out unless the adversary agrees leave support."""
    arrangement = patched({("exclusions",): [{"what": "foreign_forces", "unless": "adversary_agrees"}]})
    refused, granted = World(), World().with_fact("adversary_agrees", holds=True)
    assert is_forbidden(arrangement, refused, TierWord.DEPLOY)
    assert not is_forbidden(arrangement, granted, TierWord.DEPLOY)
    assert {duty.tier for duty in falls_due(arrangement, refused)} == {TierWord.SUPPORT}
    assert {duty.tier for duty in falls_due(arrangement, granted)} == {TierWord.DEFEND}


def test_a_bilateral_duty_outlives_a_blocked_council() -> None:
    """What is owed in a text of one's own waits for no joint decision, unless nobody may act alone."""
    blocked = World(against_response=frozenset({"russia"}))
    patch: Patch = NO_DEFAULT | {("consents",): {"response": "russia"}, ("commitments", 1, "kind"): "bilateral"}
    assert falls_due(patched(patch), blocked)
    assert not falls_due(patched(patch | {("commitments", 1, "kind"): "joint"}), blocked)
    assert not falls_due(patched(patch | {("decision", "outside_action"): "forbidden"}), blocked)


def test_where_acting_alone_is_unsettled_nothing_counts_on_it_and_nothing_is_closed() -> None:
    """A veto then takes the duty of each in a text of its own, and forbids nobody to help; a ban does forbid it."""
    blocked = World(against_response=frozenset({"russia"}))
    patch: Patch = NO_DEFAULT | {("consents",): {"response": "russia"}, ("commitments", 1, "kind"): "bilateral"}
    unsettled = patched(patch | {("decision", "outside_action"): "unknown"})
    assert may_act_alone(unsettled) is Ruling.UNSETTLED
    assert not falls_due(unsettled, blocked)
    assert not is_closed(unsettled, blocked, TierWord.DEFEND)
    assert is_closed(patched(patch | {("decision", "outside_action"): "forbidden"}), blocked, TierWord.DEFEND)


def test_the_word_on_a_failed_decision_goes_before_the_general_one() -> None:
    """Where each may act once nothing is decided, a ban on acting alone does not hold then."""
    blocked = World(against_response=frozenset({"russia"}))
    patch: Patch = {
        ("consents",): {"response": "russia"},
        ("commitments", 1, "kind"): "bilateral",
        ("decision", "outside_action"): "forbidden",
        ("trigger", "if_undecided"): "each_may_act",
    }
    assert falls_due(patched(patch), blocked)
    assert not is_closed(patched(patch), blocked, TierWord.DEFEND)


@pytest.mark.parametrize("what_follows", ["none", "default_response"])
def test_a_mechanism_that_nobody_invokes_finds_nothing(what_follows: str) -> None:
    """Who alone may invoke stops the finding, and no deadline runs; where nobody is named it opens."""
    patch: Patch = {("trigger", "if_undecided"): what_follows}
    passive = World(against_finding=frozenset({"france"}))
    assert is_finding_made(patched(patch | {("trigger", "invoked_by"): "france"}), passive) is Ruling.NO
    for invokers in ("nobody", "unknown", ["france", "ukraine"]):
        assert is_finding_made(patched(patch | {("trigger", "invoked_by"): invokers}), passive) is Ruling.YES


def test_a_ban_on_arms_bars_arms_and_leaves_other_support() -> None:
    """Sanctions, money and forces are no arms; a clause that names nothing else is owed no more."""
    banned: Patch = {("exclusions",): [{"what": "foreign_arms"}]}
    assert not is_forbidden(patched(banned), World(), TierWord.SUPPORT)
    arms = patched(banned | {("commitments", 1, "measures"): ["arms", "air_defence"]})
    assert is_forbidden(arms, World(), TierWord.SUPPORT, (Measure.ARMS, Measure.AIR_DEFENCE))
    assert not is_forbidden(arms, World(), TierWord.SUPPORT, (Measure.ARMS, Measure.SANCTIONS))
    assert not falls_due(arms, World())
    assert falls_due(patched(banned), World())


def test_a_promise_to_meet_is_no_duty_to_act() -> None:
    """Consultation alone is owed, and no tier of response."""
    assert not falls_due(patched({("commitments", 1, "measures"): ["consultation"]}), World())


def test_more_votes_for_never_take_a_duty_away() -> None:
    """Every rule is monotone: turning a vote against into a vote for takes nothing away."""
    for rule in ("unanimity", "quorum", "lead_alone", "council_with_veto"):
        patch: Patch = NO_DEFAULT | {
            ("decision", "rule"): rule,
            ("decision", "framework_nation"): "france",
            ("decision", "required"): ["poland"],
        }
        arrangement = patched(patch)
        for votes in product((True, False), repeat=len(MEMBERS)):
            against = frozenset(member for member, is_for in zip(MEMBERS, votes, strict=True) if not is_for)
            world = World(against_response=against)
            if is_tier_decided(arrangement, world, TierWord.DEFEND) is Ruling.YES:
                for member in against:
                    better = replace(world, against_response=against - {member})
                    assert is_tier_decided(arrangement, better, TierWord.DEFEND) is Ruling.YES


def test_the_replay_names_the_reason() -> None:
    """Why nothing is owed is said clause by clause, in the words of the text."""
    arrangement = patched({("commitments", 1, "when"): "external and flagrant"})
    world = World().with_fact("flagrant", holds=False)
    assert explain(arrangement, world)[1] == "defence: its condition fails: flagrant does not hold"
    assert explain(arrangement, World())[1].startswith("defence: defend is owed by France, Germany")
    assert explain(arrangement, World(threat="hold")) == ("nothing happened",)


def test_deadlines_run_from_the_act() -> None:
    """A later stage cannot be due before an earlier one."""
    assert is_order_possible(good())
    assert not is_order_possible(patched({("trigger", "determine_within"): "12 h"}))
