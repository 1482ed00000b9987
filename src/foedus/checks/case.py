"""Everything that a check looks at, with what several checks need computed once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.conditions import And, Condition, Fact, Not, Or
from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import TierWord
from foedus.checks.search import formula
from foedus.checks.search.engines import Engine, EngineName, engine_for
from foedus.checks.search.space import (
    ATTRIBUTIONS,
    FALSE,
    THREATS,
    Space,
    assume,
    both,
    either,
    is_threat,
    negated,
    space_of,
)
from foedus.checks.timescales import Range, load_timescales
from foedus.mechanism.rules.duties import BINDING, TIERS, Duty, delivers, falls_due, is_duty_to_act
from foedus.mechanism.rules.roles import debtors
from foedus.mechanism.rules.why import explain
from foedus.mechanism.rules.world import JUDGED_FACTS, World
from foedus.text.source import Path

_BENIGN = ("requested", "consulted", "council_decides", "parliament_approves", "funds_appropriated")


@dataclass(frozen=True)
class Owed:
    """Somebody's duty under one clause, and when it falls due with every vote a yes."""

    path: Path
    debtors: tuple[str, ...]
    when: Condition
    delivers: bool


@dataclass(frozen=True)
class Case:
    """An arrangement under examination."""

    arrangement: Arrangement
    engine_name: EngineName = "auto"
    weights: Mapping[str, int] = field(default_factory=dict)
    """Weights of the members in a quorum; a member without one counts one."""

    @cached_property
    def duties(self) -> tuple[Owed, ...]:
        """The clauses that put somebody under a duty to act."""
        a = self.arrangement
        found = [
            Owed(("commitments", index), owing, self.once(formula.due(a, clause)), delivers=delivers(clause))
            for index, clause in self.binding
            if (owing := self.debtors_of[index])
        ]
        guarantors = debtors(("all_guarantors",), a)
        if a.sanctions.snapback_on and a.sanctions.snapback_bindingness in BINDING and guarantors:
            when = formula.snapback_due(a)
            found.append(Owed(("sanctions", "snapback_on"), guarantors, when, delivers=True))
        return tuple(found)

    @cached_property
    def binding(self) -> tuple[tuple[int, Commitment], ...]:
        """The commitments that are duties to act, with their places."""
        return tuple((i, clause) for i, clause in enumerate(self.arrangement.commitments) if is_duty_to_act(clause))

    @cached_property
    def cover(self) -> Condition:
        """Whether anybody is under a duty to act."""
        return either(owed.when for owed in self.duties)

    @cached_property
    def nobody(self) -> Condition:
        """Whether nobody owes anything, whether the adversary agrees or not."""
        return both(negated(assume(self.cover, facts={"adversary_agrees": agrees})) for agrees in (True, False))

    @cached_property
    def debtors_of(self) -> tuple[tuple[str, ...], ...]:
        """The debtors of each commitment, the adversary left out."""
        known: dict[tuple[str, ...], tuple[str, ...]] = {}
        for clause in self.arrangement.commitments:
            if clause.by not in known:
                known[clause.by] = debtors(clause.by, self.arrangement)
        return tuple(known[clause.by] for clause in self.arrangement.commitments)

    def once(self, condition: Condition) -> Condition:
        """Return the first condition that says the same, so that engines look at it once."""
        return self._met.setdefault(condition, condition)

    @cached_property
    def _met(self) -> dict[Condition, Condition]:
        return {}

    @cached_property
    def highest_tier(self) -> TierWord | None:
        """The highest tier that any commitment names."""
        tiers = [clause.tier for clause in self.arrangement.commitments]
        return max(tiers, key=TIERS.index, default=None)

    @property
    def promised(self) -> tuple[TierWord, ...]:
        """The tiers up to the highest that any commitment names; all of them where none does."""
        return TIERS[: TIERS.index(self.highest_tier) + 1] if self.highest_tier else TIERS

    @cached_property
    def engine(self) -> Engine:
        """The engine that searches the worlds; the solver takes over where there are too many to look at each."""
        return engine_for(self.space, name=self.engine_name)

    @cached_property
    def timescales(self) -> Mapping[str, Range]:
        """How long things take."""
        return load_timescales()

    @cached_property
    def hostile(self) -> Condition:
        """Whether the act was unprovoked and on covered territory, and all but the adversary did what is asked."""
        return And((Not(Fact("provoked")), Fact("in_scope"), *(Fact(name) for name in _BENIGN)))

    @cached_property
    def honest(self) -> Condition:
        """Whether a major offensive is called what it is."""
        return Or((Not(is_threat("invade")), And(tuple(Fact(name) for name in sorted(JUDGED_FACTS)))))

    @cached_property
    def plain(self) -> Condition:
        """Whether nothing but the threat and the parties' acts departs from the plain case."""
        usual = (Fact(name) for name in sorted(_CIRCUMSTANCES))
        return And((self.hostile, *usual, *(Not(Fact(name)) for name in _EXTREMES)))

    @cached_property
    def carriers(self) -> tuple[Path, ...]:
        """Return the fewest clauses, in the order of the file, that cover all that the duties together cover."""
        later: list[Condition] = [FALSE]
        for owed in reversed(self.duties[1:]):
            later.append(Or((owed.when, later[-1])))
            self.engine.is_possible(later[-1])  # from the inside out, so that none is deep when it is looked at
        kept: list[Owed] = []
        earlier: Condition = FALSE
        for owed, rest in zip(self.duties, reversed(later), strict=False):
            if self.engine.is_possible(And((owed.when, Not(Or((earlier, rest)))))):
                kept.append(owed)
                earlier = Or((owed.when, earlier))
        return tuple(owed.path for owed in kept)

    def covers(self, world: World) -> bool:
        """Tell whether anybody owes anything in a world, by the rules."""
        return bool(self.due_in(world))

    def owes(self, world: World, path: Path) -> bool:
        """Tell whether a clause puts anybody under a duty in a world, by the rules."""
        return any(duty.clause == path for duty in self.due_in(world))

    def due_in(self, world: World) -> tuple[Duty, ...]:
        """Return the duties that fall due in a world, by the rules; many holes are tried in the same one."""
        if world not in self._due_in:
            self._due_in[world] = falls_due(self.arrangement, world, weights=self.weights)
        return self._due_in[world]

    @cached_property
    def _due_in(self) -> dict[World, tuple[Duty, ...]]:
        return {}

    def explained(self, world: World) -> tuple[str, ...]:
        """Return what the rules say of each clause in a world; many holes are told in the same one."""
        if world not in self._explained:
            self._explained[world] = explain(self.arrangement, world, weights=self.weights)
        return self._explained[world]

    @cached_property
    def _explained(self) -> dict[World, tuple[str, ...]]:
        return {}

    def title(self, path: Path) -> str:
        """Name the place of a duty as a sentence does: "clause defence", "the return of sanctions"."""
        if path[0] != "commitments":
            return "the return of sanctions"
        return f"clause {self.arrangement.commitments[int(path[1])].id}"

    def searched(self) -> str:
        """Say what was searched."""
        space = self.space
        facts = ", ".join(space.facts) or "none"
        return (
            f"{len(THREATS)} act forms x {len(ATTRIBUTIONS)} levels of attribution x "
            f"{2 ** (len(space.facts) + len(space.parties))} combinations of facts ({facts})"
            + (f" and of who acts ({', '.join(space.parties)})" if space.parties else "")
            + f" = {space.size} worlds; votes for, against and in silence of every member"
        )

    @cached_property
    def space(self) -> Space:
        """The worlds that the text can tell apart; territory left out matters only where some is."""
        a = self.arrangement
        written = [clause.when for clause in a.commitments] + [clause.unless for clause in a.commitments]
        written += [exclusion.unless for exclusion in a.exclusions] + [a.term.void_if]
        found = [condition for condition in written if condition is not None]
        found += [Fact("provoked"), formula.opened(a), *([Fact("in_scope")] if a.scope.excludes else [])]
        return space_of(found)


_EXTREMES = ("constitution_overthrown", "nuclear_weapons_used")
_CIRCUMSTANCES = frozenset(
    {"ceasefire_in_force", "settlement_in_force", "external", "persists", "named_scenario"} | JUDGED_FACTS
)
