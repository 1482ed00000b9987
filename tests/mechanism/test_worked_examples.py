"""One example worked by hand for each row of "from an arrangement to arrays" on the theory page."""

from math import ceil, exp, log, log1p
from statistics import NormalDist

import pytest

from foedus.arrangement.load import loads
from foedus.arrangement.parties import PartyFacts, PartyKind, SourcedNumber
from foedus.arrangement.record import Arrangement
from foedus.futures.parameters.load import default_parameters
from foedus.mechanism.compiled import CompiledArrangement
from foedus.mechanism.from_arrangement import compile_arrangement
from foedus.values.words import Determination, Ground, Threat, Tier
from tests.mechanism.specimens import COMPACT, changed, compact

PHI = NormalDist().cdf
HYBRID, INCURSION, INVASION = Determination.HYBRID, Determination.INCURSION, Determination.INVASION


def _figure(value: float, unit: str) -> SourcedNumber:
    return SourcedNumber(value=value, unit=unit, date="2024", source="made for the tests", evidence="seen")  # type: ignore[arg-type]


def _state(
    name: str, *, spending: float, given: float | None = None, army: float | None = None, gdp: float | None = None
) -> PartyFacts:
    return PartyFacts(
        id=name,
        name=name,
        kind=PartyKind.STATE,
        defence_spending=_figure(spending, "bn USD"),
        donor_share_gdp=None if given is None else _figure(given, "per cent of GDP"),
        active_forces=None if army is None else _figure(army, "troops"),
        gdp=None if gdp is None else _figure(gdp, "bn EUR"),
    )


FACTS = {
    "france": _state("france", spending=64, given=0.25, gdp=2500),
    "united_kingdom": _state("united_kingdom", spending=81, given=1.0),
    "poland": _state("poland", spending=36, gdp=500),
    "ukraine": _state("ukraine", spending=60, army=800_000),
}
"""With a unit of 4 bn USD the weights are sqrt(16), sqrt(20.25), sqrt(9): 4, 4 (4.5 to the even number) and 3."""
ROUND = {
    "weight.unit": 4.0,
    "weight.pledge": 5000.0,
    "interest.reference": 1.0,
    "interest.exponent": 0.5,
    "interest.vital": 1.5,
    "interest.not_stated": 0.6,
    "bindingness.shall_discretionary": 0.8,
    "bindingness.shall_specified": 1.0,
    "bindingness.intends": 0.2,
    "content.debtor_chooses": 0.5,
    "content.floor": 1.0,
    "legal_form.treaty": 1.0,
    "publicity.public": 1.0,
    "vagueness.discount": 0.5,
    "vagueness.content": 0.4,
    "vagueness.whether": 0.5,
    "veto.used": 0.9,
    "fact.flagrant.invasion": 0.8,
    "fact.sustained.invasion": 0.5,
    "fact.provoked.invasion": 0.1,
    "fact.in_scope.invasion": 0.7,
    "attribution.suspected": 0.9,
    "attribution.likely": 0.6,
    "attribution.established": 0.3,
    "mass.support": 0.25,
    "mass.deploy": 0.4,
    "mass.defend": 0.5,
    "tripwire": 0.2,
    "tripwire.troops": 10_000.0,
    "aid.ad_hoc": 0.4,
    "aid.horizon": 0.5,
    "deployed.quality": 2.0,
}


def by_hand(arrangement: Arrangement, **more: float) -> CompiledArrangement:
    """Compile with round numbers; ``more`` are further yardsticks, their dots written as two underscores."""
    further = {name.replace("__", "."): value for name, value in more.items()}
    yardsticks = {**default_parameters().central, **ROUND, **further}
    return compile_arrangement(arrangement, yardsticks, facts=FACTS).compiled


@pytest.fixture
def of_these_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let interest and size be told by the facts above, and not by those that ship with the package."""
    for reader in ("interest", "capacity"):
        monkeypatch.setattr(f"foedus.facts.{reader}.load_party_facts", lambda: FACTS)


def test_members_and_weights() -> None:
    """Spending of 64, 81 and 36 bn over 4 bn weighs 4, 4 and 3 (half goes to even); the heaviest first proposes."""
    c = by_hand(compact())
    assert c.weight.tolist() == [4, 4, 3]
    assert c.proposer == 0
    pledged = changed("bindingness: shall_discretionary}", "bindingness: shall_discretionary, forces: 90000 troops}")
    assert by_hand(pledged).weight.tolist() == [6, 6, 6]  # 30,000 each, at 5,000 a unit


@pytest.mark.usefixtures("of_these_facts")
def test_interest_is_told_by_the_text_or_by_the_record_of_its_theatre() -> None:
    """Interest is told by the text, or by the record of its theatre.

    In Ukraine the root of what was given there: 0.5 for a quarter of the reference, 1 for all of it, 0.6 where
    nobody speaks of it; a vital interest that the text states is 1.5 whatever was given. In a theatre without a
    profile what was given to Ukraine says nothing.
    """
    in_ukraine = changed("theatre: test", "theatre: ukraine")
    assert by_hand(in_ukraine).interest.tolist() == pytest.approx([0.5, 1.0, 0.6])
    stated = COMPACT.replace("theatre: test", "theatre: ukraine")
    stated += "interest: [{by: france, level: vital, source: made for the tests}]\n"
    assert by_hand(loads(stated)).interest.tolist() == pytest.approx([1.5, 1.0, 0.6])
    assert by_hand(compact()).interest.tolist() == pytest.approx([0.6, 0.6, 0.6])


def test_an_obligation_is_the_product_of_its_words() -> None:
    """0.8 (shall) x 0.5 (content left to the debtor) x 1 (treaty) x 1 (public) x (1 - 0.5 x 0.4 opacity) = 0.32."""
    oblige = by_hand(compact()).oblige
    for member in range(3):
        assert oblige[member, INVASION].tolist() == pytest.approx([0, 0.32, 0.32, 0])
    assert not oblige[:, HYBRID].any()


def test_a_clause_in_a_form_of_its_own_has_the_weight_of_that_form() -> None:
    """A declaration of 0.25 beside the treaty's 1: 0.32 x 0.25 = 0.08 for the one clause, 0.32 for the other.

    What is owed in return moves nothing: the game has no attack on a guarantor.
    """
    soft = {"legal_form__political_declaration": 0.25}
    assert by_hand(changed("tier: deploy,", "tier: deploy, legal_form: political_declaration,"), **soft).oblige[
        0, INVASION
    ].tolist() == pytest.approx([0, 0.08, 0.08, 0])
    clause = "commitments:\n"
    other = "  - {id: help, by: poland, answers: [invasion], tier: support, bindingness: shall_discretionary}\n"
    two = COMPACT.replace("tier: deploy,", "tier: deploy, legal_form: political_declaration,")
    oblige = by_hand(loads(two.replace(clause, clause + other)), **soft).oblige
    assert oblige[2, INVASION].tolist() == pytest.approx([0, 0.32, 0.08, 0])
    mutual = changed("tier: deploy,", "tier: deploy, mutual: true,")
    assert by_hand(mutual).oblige.tolist() == by_hand(compact()).oblige.tolist()


def test_an_obligation_is_weighed_by_the_worlds_in_which_it_falls_due() -> None:
    """An obligation is weighed by the worlds in which it falls due.

    Flagrant in 8 worlds of 10, and not provoked in 9: 0.32 x 0.8 x 0.9; the covered territory in 7, where some
    is left out; deploy needs attribution established, which the finding of an invasion itself takes for defend
    alone.
    """
    conditioned = changed("tier: deploy,", "tier: deploy, when: flagrant, unless: provoked,")
    assert by_hand(conditioned).oblige[0, INVASION, 1] == pytest.approx(0.32 * 0.8 * 0.9)
    outside = changed("scope: {territory: Ukraine}", "scope: {territory: Ukraine, excludes: [Crimea]}")
    assert by_hand(outside).oblige[0, INVASION, 1] == pytest.approx(0.32 * 0.7)
    proven = compact("trigger: {proof: {deploy: clear_and_convincing}}\n")
    assert by_hand(proven).oblige[0, INVASION, 1:3].tolist() == pytest.approx([0.32, 0.32 * 0.3])
    assert by_hand(proven).oblige[0, INCURSION, 1:3].tolist() == pytest.approx([0.32, 0.32])


def test_a_veto_leaves_the_worlds_in_which_it_is_not_used() -> None:
    """A veto leaves the worlds in which it is not used.

    One in ten for a joint duty; all for a bilateral one, where guarantors may act alone; all, again, where a
    default response follows a decision that does not come.
    """
    council = "decision: {rule: council_with_veto}\nconsents: {response: russia}"
    joint = changed("decision: {rule: each_for_itself}", council)
    assert by_hand(joint).oblige[0, INVASION, 1] == pytest.approx(0.32 * 0.1)
    alone = loads(
        COMPACT.replace("decision: {rule: each_for_itself}", council).replace("tier:", "kind: bilateral, tier:")
    )
    assert by_hand(alone).oblige[0, INVASION, 1] == pytest.approx(0.32)
    default = changed("decision: {rule: each_for_itself}", f"{council}\ntrigger: {{if_undecided: default_response}}")
    assert by_hand(default).oblige[0, INVASION, 1] == pytest.approx(0.32)


def test_the_snapback_and_the_tripwire() -> None:
    """A specified snapback obliges to support by 1 x (1 - 0.5 x 0.4); 5,000 of 10,000 troops add half of 0.2."""
    back = compact("sanctions: {snapback_on: [hybrid], snapback_bindingness: shall_specified}\n")
    assert by_hand(back).oblige[0, HYBRID].tolist() == pytest.approx([0, 0.8, 0, 0])
    troops = compact("deployments: [{by: france, forces: 5000 troops, since: ceasefire}]\n")
    assert by_hand(troops).oblige[0, INVASION].tolist() == pytest.approx([0, 0.42, 0.42, 0.1])
    assert by_hand(troops).oblige[1, INVASION].tolist() == pytest.approx([0, 0.32, 0.32, 0])


def test_the_chance_of_a_condition_counts_worlds() -> None:
    """Flagrant or sustained: 1 - 0.2 x 0.5 = 0.9. Attribution at least likely: 0.6."""
    either = changed("tier: deploy,", "tier: deploy, when: flagrant or sustained,")
    assert by_hand(either).oblige[0, INVASION, 1] == pytest.approx(0.32 * 0.9)
    likely = changed("tier: deploy,", "tier: deploy, when: attribution >= likely,")
    assert by_hand(likely).oblige[0, INVASION, 1] == pytest.approx(0.32 * 0.6)


def test_what_must_join() -> None:
    """Of 11: a half is 6 rounded up; unanimity is all of them, each required; else mass, 0.25 of 11 being 3."""
    half = by_hand(changed("{rule: each_for_itself}", "{rule: quorum, quorum: {deploy: 0.5}}"))
    assert half.quorum.tolist() == [0, ceil(0.25 * 11), 6, ceil(0.5 * 11)]
    assert not half.must.any()
    all_ = by_hand(changed("each_for_itself", "unanimity"))
    assert all_.quorum.tolist() == [0, 11, 11, 11]
    assert all_.must.all()
    required = by_hand(changed("{rule: each_for_itself}", "{rule: each_for_itself, required: [poland]}"))
    assert required.must.tolist() == [False, False, True]
    able = "{rule: each_for_itself, capability: [{tier: deploy, forces: 9000 troops}]}"
    deployed = COMPACT.replace("{rule: each_for_itself}", able)
    deployed += "deployments: [{by: france, forces: 12000 troops, since: ceasefire}]\n"
    assert by_hand(loads(deployed)).quorum[Tier.DEPLOY] == ceil(11 * 9 / 12)


def test_what_is_closed() -> None:
    """What is closed.

    No foreign forces closes deploy and defend, unless a flagrant invasion (8 in 10) lifts it; a ban on arms
    closes no tier, since money and sanctions are left.
    """
    assert by_hand(compact("exclusions: [{what: foreign_forces}]\n")).blocked.tolist() == [False, False, True, True]
    assert not by_hand(compact("exclusions: [{what: foreign_forces, unless: flagrant}]\n")).blocked.any()
    arms = changed("tier: deploy,", "tier: deploy, measures: [arms],")
    banned = loads(
        COMPACT.replace("tier: deploy,", "tier: deploy, measures: [arms],") + "exclusions: [{what: foreign_arms}]\n"
    )
    assert not by_hand(banned).blocked.any()
    assert by_hand(arms).oblige.any()
    assert not by_hand(banned).oblige.any()


SEEN = {
    "sensing__national": 1.0,
    "sensing__drones": 0.5,
    "access__full": 1.0,
    "proof__none": 0.2,
    "attribution__national": 0.3,
    "attribution__gain": 0.4,
    "attribution__mandate": 0.1,
    "attribution__false": 0.25,
}


def test_what_is_found() -> None:
    """What is found.

    d' = 1 + 0.5; thresholds 0.75, 2.25, 4.125, raised by 0.2 x (1, 0.8, 0.2). A provocation is put right with
    chance 0.3 + 0.4 x 0.5 + 0.1 = 0.6; a quarter of the other 0.4 blames the protected state for nothing.
    """
    text = compact("monitoring: [{name: m, sensors: [drones], access: full, attributes: true}]\n")
    m = by_hand(text, **SEEN).confusion
    signal = 1.5 * 3.5
    past = [1, *(PHI(signal - t) for t in (0.75 + 0.2, 2.25 + 0.16, 4.125 + 0.04)), 0]
    unprovoked = [past[n] - past[n + 1] for n in range(4)]
    assert m[Ground.QUIET, Threat.INVADE].tolist() == pytest.approx([*(0.9 * p for p in unprovoked), 0.1])
    assert m[Ground.PROVOCATION, Threat.INVADE].tolist() == pytest.approx([*(0.4 * p for p in unprovoked), 0.6])
    itself = loads(COMPACT + "trigger: {determined_by: protected_state_alone}\n")
    assert by_hand(itself, **SEEN).confusion[Ground.PROVOCATION, :, Determination.PROVOKED].max() == 0


def test_what_is_found_after_an_accident() -> None:
    """What is found after an accident.

    Where the adversary holds, it is seen to be one with the chance 0.6 of a right attribution; of the other 0.4 a
    quarter blames the protected state, the rest the adversary, as pressure. An attack is found as it is in quiet.
    """
    text = compact("monitoring: [{name: m, sensors: [drones], access: full, attributes: true}]\n")
    m = by_hand(text, **SEEN).confusion
    assert m[Ground.ACCIDENT, Threat.HOLD].tolist() == pytest.approx([0.6, 0.3, 0, 0, 0.1])
    assert m[Ground.ACCIDENT, 1:].tolist() == m[Ground.QUIET, 1:].tolist()


def test_what_governs_a_war() -> None:
    """What governs a war.

    An attack that was found as nothing or as pressure makes itself known once war is on: a seizure as incursion, an
    invasion as invasion. Where the adversary can block the finding nothing governs; what was found stands.
    """
    assert by_hand(compact()).governs.tolist() == [[2, 2, 2, 3, 4], [3, 3, 2, 3, 4]]
    blocked = changed(
        "decision: {rule: each_for_itself}",
        "trigger: {blocked_by: russia}\ndecision: {rule: each_for_itself, outside_action: forbidden}",
    )
    assert by_hand(blocked).governs.tolist() == [[0, 0, 2, 3, 4], [0, 0, 2, 3, 4]]


def _presence(troops: int, more: str = "") -> str:
    return f"deployments: [{{by: france, forces: {troops} troops, since: ceasefire}}]\n{more}"


def test_how_calm_the_line_is() -> None:
    """How calm the line is.

    Drones that add 0.5 to d', at 0.4 each, prevent 0.2 of the accidents; half of a tripwire, at 0.3, prevents 0.15
    of the others: 1 - 0.8 x 0.85 = 0.32. One soldier hardly separates anybody; without either nothing is prevented.
    """
    yardsticks = {**SEEN, "calm__observed": 0.4, "calm__interposed": 0.3}
    drones = "monitoring: [{name: m, sensors: [drones], access: full}]\n"
    assert by_hand(compact(), **yardsticks).calm == 0
    assert by_hand(compact(drones), **yardsticks).calm == pytest.approx(0.2)
    assert by_hand(compact(_presence(5000, drones)), **yardsticks).calm == pytest.approx(0.32)
    assert by_hand(compact(_presence(1)), **yardsticks).calm == pytest.approx(0.3 / 10_000)
    assert by_hand(compact(_presence(90_000)), **yardsticks).calm == pytest.approx(0.3)


def test_how_close_it_comes_to_the_adversary() -> None:
    """How close it comes to the adversary.

    Half of a tripwire at 0.6, membership at 0.5, one command at 0.2: 1 - 0.7 x 0.5 x 0.8 = 0.72. Where the adversary
    has agreed to the forces a quarter of that is left.
    """
    yardsticks = {
        "exposure__forces": 0.6,
        "exposure__membership": 0.5,
        "exposure__command": 0.2,
        "exposure__agreed": 0.25,
    }
    joined = _presence(5000, "membership: NATO\npreparation: integrated_command\n")
    assert by_hand(compact(), **yardsticks).exposure == 0
    assert by_hand(compact("membership: NATO\n"), **yardsticks).exposure == pytest.approx(0.5)
    assert by_hand(compact(joined), **yardsticks).exposure == pytest.approx(0.72)
    agreed = compact(joined + "consents: {deployment: russia}\n")
    assert by_hand(agreed, **yardsticks).exposure == pytest.approx(0.18)


@pytest.mark.usefixtures("of_these_facts")
def test_what_peace_costs_each_member() -> None:
    """What peace costs each member.

    5,000 soldiers at 100,000 EUR a year are 0.5 bn, 0.02 % of France's 2,500 bn; standing aid is 0.2 % of Poland's
    product, whatever that is. At 0.05 of the stake for each per cent: 0.001 and 0.01. Who gives nothing pays nothing.
    """
    yardsticks = {"presence__soldier_year": 100.0, "aid__share_gdp": 0.2, "standing__weight": 0.05}
    aid = "standing_support: [{by: poland, bindingness: shall_specified}]\n"
    cost = by_hand(compact(_presence(5000, aid)), **yardsticks).standing_cost
    assert cost.tolist() == pytest.approx([0.001, 0, 0.01])


def test_a_finding_counts_as_far_as_something_may_follow_it() -> None:
    """Where nobody may act without a finding, and the adversary blocks it nine times of ten, one in ten is left."""
    blocked = changed(
        "decision: {rule: each_for_itself}",
        "trigger: {blocked_by: russia}\ndecision: {rule: each_for_itself, outside_action: forbidden}",
    )
    free, bound = by_hand(compact(), **SEEN).confusion, by_hand(blocked, **SEEN).confusion
    assert bound[0, Threat.INVADE, INVASION] == pytest.approx(0.1 * free[0, Threat.INVADE, INVASION])


DAYS = {
    "days__hold": 20.0,
    "own_defence__not_mentioned": 1.0,
    "days__determine__silent": 6.0,
    "days__decide__silent": 4.0,
    "days__prepared__none": 1.0,
    "days__mobilise__support": 10.0,
    "days__mobilise__deploy": 30.0,
    "days__mobilise__defend": 70.0,
    "days__in_place": 0.5,
    "days__deadline_kept": 2.0,
    "days__spread": 1.0,
}


def test_what_comes_in_time() -> None:
    """What comes in time.

    10 days to find and decide, and 10, 30, 70 to mobilise, against 20 in which the state holds. A deadline of a
    day to decide is kept in two. A promise to deploy in 5 days, believed by 0.8, is kept in 10: 40^0.2 x 10^0.8
    days. Troops in place halve the days to mobilise as far as they are a tripwire: 100 of 10,000 save a half of a
    hundredth, 5,000 a quarter, and more than 10,000 no more than half.
    """
    c = by_hand(compact(), **DAYS)
    assert c.timeliness.tolist() == pytest.approx([1, *(PHI(log(20 / days)) for days in (20, 40, 80))])
    hurried = by_hand(compact("trigger: {decide_within: 24 h}\n"), **DAYS)
    assert hurried.timeliness[Tier.SUPPORT] == pytest.approx(PHI(log(20 / 12)))
    promised = by_hand(changed("tier: deploy,", "tier: deploy, within: 5 d,"), **DAYS)
    days = exp(0.2 * log(40) + 0.8 * log(10))
    assert promised.timeliness[Tier.DEPLOY] == pytest.approx(PHI(log(20 / days)))
    for troops, mobilised in ((100, 30 * 0.995), (5000, 30 * 0.75), (90_000, 30 * 0.5)):
        standing = by_hand(compact(_presence(troops)), **DAYS)
        assert standing.timeliness[Tier.DEPLOY] == pytest.approx(PHI(log(20 / (10 + mobilised))))


def test_how_vague_it_is() -> None:
    """1 - (1 - 0.4 x all commitments left to the debtor) x (1 - 0.5 for leaving open whether anybody acts) = 0.7."""
    assert by_hand(compact("ambiguity: [whether]\n")).opacity == pytest.approx(0.7)


def test_what_stands_ready() -> None:
    """What stands ready.

    ln(1 + 2 x 8,000 / 800,000); a ceiling of 200,000 of 800,000 cuts three quarters; the duty is read off the
    word.
    """
    c = by_hand(compact("deployments: [{by: france, forces: 8000 troops, since: ceasefire}]\n"))
    assert c.deployed_force == pytest.approx(log1p(2 * 8000 / 800_000))
    limited = compact("duties: {own_defence: limited, limits: [{on: 200000 troops, sense: ceiling}]}\n")
    assert by_hand(limited).demilitarised == pytest.approx(0.75)
    assert by_hand(limited, own_defence__limited=0.6).self_defence == 0.6


def test_what_is_given_in_peace() -> None:
    """What is given in peace.

    0.4 anyway, and of the other 0.6 what is promised: 0.2 (intends) x 7 of 11 of the weight x 0.5 (a year's
    money).
    """
    text = compact("standing_support: [{by: [france, poland], bindingness: intends, funded_for: 1 y}]\n")
    assert by_hand(text).aid == pytest.approx(0.4 + 0.6 * 0.2 * 7 / 11 * 0.5)
    assert by_hand(compact("exclusions: [{what: foreign_arms}]\n")).aid == 0
