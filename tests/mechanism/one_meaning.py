"""What the arrays must say of a text where every chance is 0 or 1: what the rules say, and nothing else."""

import contextlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from foedus.arrangement.conditions import FACTS, LEVELS, Acts, And, Condition, Fact, Level, Not
from foedus.arrangement.parties import load_party_facts
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import DecisionRule, Finds, TierWord
from foedus.checks.case import Case
from foedus.checks.search import formula
from foedus.checks.search.plain_engine import PlainEngine
from foedus.checks.search.space import DOMAIN, CannotTell
from foedus.checks.search.z3_engine import Z3Engine
from foedus.futures.parameters.load import default_parameters
from foedus.mechanism.compiled import CompiledArrangement
from foedus.mechanism.from_arrangement import Compilation, compile_arrangement
from foedus.mechanism.numbers.weights import weights_of
from foedus.mechanism.rules.conditions import holds
from foedus.mechanism.rules.decisions import is_closed, may_respond
from foedus.mechanism.rules.duties import TIERS, called_for, falls_due, is_duty_to_act, snapback_called_for
from foedus.mechanism.rules.findings import OPENS, is_judge_in_its_own_cause, proof_asked
from foedus.mechanism.rules.roles import debtors, named
from foedus.mechanism.rules.stopping import is_enough
from foedus.mechanism.rules.world import World
from foedus.values.words import Conduct, Determination, Tier

THREATS = {Finds.HYBRID: "coerce", Finds.INCURSION: "seize", Finds.INVASION: "invade", Finds.PROVOKED: "seize"}
COLUMNS = {Finds.HYBRID: "hybrid", Finds.INCURSION: "incursion", Finds.INVASION: "invasion"}
_FULL = ("bindingness.", "content.", "legal_form.", "publicity.")
_NONE = ("vagueness.", "tripwire", "mass.", "attribution.false")
_SOFT = ("may", "intends", "will_consult")
_FORCE_OF_SOFT_WORDS = (0.0, 1.0)


@dataclass(frozen=True)
class Sure:
    """What is so for certain, whatever was determined."""

    facts: frozenset[str]
    attribution: str
    acts: bool
    """Whether everybody acts whose acting a condition waits for."""
    refuses: bool
    """Whether the adversary refuses wherever it has a say."""

    def yardsticks(self, *, soft: float) -> Mapping[str, float]:
        """Return yardsticks whose chances are all 0 or 1, and whose strengths are full, those of soft words given."""
        values = dict(default_parameters().central)
        for name in values:
            if name.startswith(_FULL):
                values[name] = 1.0
            elif name.startswith(_NONE):
                values[name] = 0.0
            elif name.startswith("fact."):
                _, fact, _ = name.split(".")
                values[name] = float(self.acts if fact == "acts" else fact in self.facts)
        levels = LEVELS["attribution"]
        for level in levels[1:]:
            values[f"attribution.{level}"] = float(levels.index(level) <= levels.index(self.attribution))
        for word in _SOFT:
            values[f"bindingness.{word}"] = soft
        return values | {"veto.used": float(self.refuses), "tripwire.troops": 1.0}

    def world(self, arrangement: Arrangement, finding: Finds) -> World:
        """Return the world in which a finding was determined."""
        facts = set(self.facts)
        if finding is Finds.PROVOKED:
            facts.add("provoked")
        if not arrangement.scope.excludes:
            facts.add("in_scope")
        levels = LEVELS["attribution"]
        proven = proof_asked(arrangement, OPENS[finding])
        against = frozenset(arrangement.parties.adversary) if self.refuses else frozenset[str]()
        return World(
            threat=THREATS[finding],
            attribution=max(self.attribution, proven, key=levels.index),
            facts=frozenset(facts),
            idle=frozenset() if self.acts else arrangement.parties.everyone,
            against_finding=against,
            against_response=against,
            determined=finding,
        )


def sure(draw: random.Random) -> Sure:
    """Draw what is so for certain."""
    kept = draw.random() ** 0.3  # mostly much of what a text asks for, so that something falls due
    facts = frozenset(name for name in FACTS if (draw.random() < kept) != (name in ("provoked", "adversary_agrees")))
    return Sure(facts, draw.choice(LEVELS["attribution"]), acts=draw.random() < 0.8, refuses=draw.random() < 0.5)


def assert_one_meaning(arrangement: Arrangement, draw: random.Random) -> None:
    """Raise AssertionError where arrays, formulas and rules part, in worlds that are drawn."""
    plain = replace(arrangement, decision=replace(arrangement.decision, capability=()))
    given, soft = sure(draw), draw.choice(_FORCE_OF_SOFT_WORDS)
    yardsticks = given.yardsticks(soft=soft)
    compilation = compile_arrangement(plain, yardsticks)
    weights = weights_of(plain, yardsticks, load_party_facts())
    for finding in Finds:
        world = given.world(plain, finding)
        _assert_owed(plain, compilation, world, finding, weights=weights, is_soft_counted=soft > 0)
        _assert_found(plain, compilation.compiled, world, finding)
    _assert_closed(plain, compilation, given.world(plain, Finds.INVASION), weights)
    _assert_stopped(plain, compilation, given, weights, draw)
    assert_formula_is_the_rules(arrangement, draw)


def _assert_owed(
    arrangement: Arrangement,
    compilation: Compilation,
    world: World,
    finding: Finds,
    *,
    weights: Mapping[str, int],
    is_soft_counted: bool,
) -> None:
    rows = compilation.compiled.oblige[:, Determination[finding.name], 1:]
    said = {
        (party, tier)
        for party, row in zip(compilation.members, rows, strict=False)
        for tier, strength in zip(TIERS, row, strict=True)
        if strength > 0
    }
    asked = (
        set(_calls(arrangement, world, weights))
        if is_soft_counted
        else {(duty.debtor, duty.tier) for duty in falls_due(arrangement, world, weights=weights)}
    )
    owed = {(party, tier) for party, highest in asked for tier in TIERS[: TIERS.index(highest) + 1]}
    assert said == owed, f"who owes what on {finding}: {sorted(said ^ owed)} in {world.row()}"
    assert set(rows.ravel().tolist()) <= {0.0, 1.0}


def _calls(arrangement: Arrangement, world: World, weights: Mapping[str, int]) -> Iterator[tuple[str, TierWord]]:
    calls = [called_for(arrangement, clause, world, weights=weights) for clause in arrangement.commitments]
    for call in (*calls, snapback_called_for(arrangement, world, weights=weights)):
        yield from ((debtor, call.tier) for debtor in call.debtors) if call else ()


def _assert_found(arrangement: Arrangement, compiled: CompiledArrangement, world: World, finding: Finds) -> None:
    place, opens = Determination[finding.name], may_respond(arrangement, world)
    counts = bool(compiled.confusion[Conduct.RESTRAIN, :, place].sum() > 0)
    if finding is Finds.PROVOKED:
        opens = opens and not is_judge_in_its_own_cause(arrangement)
        counts = bool(compiled.confusion[Conduct.PROVOKE, :, place].sum() > 0)
    assert counts == opens, f"whether {finding} opens a response in {world.row()}"


def _assert_closed(
    arrangement: Arrangement, compilation: Compilation, world: World, weights: Mapping[str, int]
) -> None:
    for tier in TIERS:
        said = bool(compilation.compiled.blocked[Tier[tier.name]])
        closed = not compilation.members or is_closed(arrangement, world, tier, weights=weights)
        assert said == closed, f"whether {tier} is blocked in {world.row()}"


def _assert_stopped(
    arrangement: Arrangement, compilation: Compilation, given: Sure, weights: Mapping[str, int], draw: random.Random
) -> None:
    """Whoever joins, the required members and the quorum say whether it is enough, as the rules do."""
    compiled, members = compilation.compiled, compilation.members
    against = frozenset(arrangement.parties.adversary) if given.refuses else frozenset[str]()
    world = World(against_finding=against, against_response=against)
    guarantors = [party for party in members if party in arrangement.parties.guarantor]
    for tier in TIERS:
        if not guarantors or not is_enough(arrangement, members, tier, world=world, weights=weights):
            continue  # the mechanism cannot decide it at all
        for joining in _coalitions(guarantors, members[compiled.proposer], draw):
            weight = sum(int(w) for party, w in zip(members, compiled.weight, strict=True) if party in joining)
            required = {party for party, must in zip(members, compiled.must, strict=True) if must}
            said = required <= joining and weight >= compiled.quorum[Tier[tier.name]]
            enough = is_enough(arrangement, joining, tier, world=world, weights=weights)
            if _asks_for_one_of_several(arrangement, joining):
                continue
            assert said == enough, f"whether {sorted(joining)} are enough for {tier}, refused: {given.refuses}"


def _asks_for_one_of_several(arrangement: Arrangement, joining: frozenset[str]) -> bool:
    """Tell whether a council needs the voice of one veto holder or another, which no required member can say."""
    holders = named(arrangement.consents.response, arrangement) or named(arrangement.trigger.blocked_by, arrangement)
    return arrangement.decision.rule is DecisionRule.COUNCIL_WITH_VETO and not holders & joining


def _coalitions(guarantors: list[str], proposer: str, draw: random.Random) -> Iterator[frozenset[str]]:
    """Yield who may join; the framework nation always does."""
    yield frozenset(guarantors)
    yield from (frozenset(guarantors) - {party} for party in guarantors if party != proposer)
    for _ in range(12):
        yield frozenset(party for party in guarantors if party == proposer or draw.random() < 0.5)


def assert_formula_is_the_rules(arrangement: Arrangement, draw: random.Random) -> None:
    """Raise AssertionError where a duty as a condition, under either engine, is not what the rules say falls due."""
    space = Case(arrangement).space
    engines: list[PlainEngine | Z3Engine] = [Z3Engine(space)]
    with contextlib.suppress(CannotTell):  # too many worlds to look at each; the solver alone is asked
        engines.append(PlainEngine(space))
    for _ in range(2):
        world = _drawn_world(arrangement, draw)
        point = _point(world, space.facts, space.parties)
        due = {(duty.clause, duty.tier) for duty in falls_due(arrangement, world)}
        for index, clause in enumerate(arrangement.commitments):
            if not is_duty_to_act(clause) or not set(clause.by) & {"all_guarantors", *arrangement.responders}:
                continue
            at_least = draw.choice(TIERS)
            condition = formula.due(arrangement, clause, at_least=at_least, votes=world)
            highest = [tier for path, tier in due if path == ("commitments", index)]
            owed = any(TIERS.index(tier) >= TIERS.index(at_least) for tier in highest)
            if set(debtors(clause.by, arrangement)) - world.against_finding:
                assert holds(condition, world) == owed, f"{clause.id} at {at_least} in {world.row()}"
            for engine in engines:
                assert engine.is_possible(And((condition, point))) == holds(condition, world), f"{world.row()}"


def _drawn_world(arrangement: Arrangement, draw: random.Random) -> World:
    space = Case(arrangement).space
    everyone = sorted(arrangement.parties.everyone)
    while True:
        departures = [name for name in (*space.facts, *space.parties) if draw.random() < 0.35]
        world = space.world(
            threat=draw.choice(("coerce", "seize", "invade")),
            attribution=draw.choice(LEVELS["attribution"]),
            departures=departures,
        )
        if holds(DOMAIN, world):
            break
    votes = [frozenset(party for party in everyone if draw.random() < 0.15) for _ in range(2)]
    return replace(world, against_finding=votes[0], against_response=votes[1])


def _point(world: World, facts: tuple[str, ...], parties: tuple[str, ...]) -> Condition:
    """Return the condition that holds in one world of a space alone."""
    parts: list[Condition] = [Level("threat", "==", world.threat), Level("attribution", "==", world.attribution)]
    parts += [Fact(name) if name in world.facts else Not(Fact(name)) for name in facts]
    parts += [Not(Acts(party)) if party in world.idle else Acts(party) for party in parties]
    return And(tuple(parts))
