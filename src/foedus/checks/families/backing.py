"""What stands behind a promise: what it covers by name, who can ask, what is prepared, what is at stake, who knows."""

from collections.abc import Iterator

from foedus.arrangement.clauses import Commitment
from foedus.arrangement.conditions import And, Fact, Not
from foedus.arrangement.vocabulary import Covered, From, Interest, Measure, Preparation, Publicity, TierWord
from foedus.checks.case import Case
from foedus.checks.finding import Check, Hole
from foedus.checks.search.space import assume
from foedus.checks.words import agreeing, clauses, parties
from foedus.errors import FindingKind, Severity
from foedus.mechanism.rules.roles import named
from foedus.text.source import Path
from foedus.values.duration import Duration
from foedus.values.names import listed, sentence

_SEEN_IN = {
    Covered.PUBLIC_VESSELS: (frozenset({Measure.NAVAL_ESCORT}), "public vessels"),
    Covered.AIRCRAFT: (frozenset({Measure.AIR_DEFENCE, Measure.NO_FLY_ZONE}), "aircraft"),
    Covered.NETWORKS: (frozenset({Measure.CYBER_DEFENCE}), "networks"),
}
"""The acts by which a text shows that it counts on an attack of this kind, and what is then attacked."""
_A_MONTH = 31 * 24.0


# G07


def find_missing_from_the_list(case: Case) -> Iterator[Hole]:
    """G07: a list of what counts as attacked that leaves out what the text itself helps to protect."""
    a = case.arrangement
    if not a.scope.also_covers:
        return
    listed_as = ("scope", "also_covers")
    for each, (acts, words) in _SEEN_IN.items():
        naming = [(i, clause) for i, clause in case.binding if acts & set(clause.measures)]
        if naming and each not in a.scope.also_covers:
            what = listed(act.replace("_", " ") for act in sorted(acts & set(naming[0][1].measures)))
            yield Hole(
                sentence(
                    f"what counts as attacked beside the territory is listed without {words}, although "
                    f"clause {naming[0][1].id} gives {what}"
                ),
                (listed_as, *(("commitments", i, "measures") for i, _ in naming)),
            )
    if Covered.GUARANTOR_FORCES not in a.scope.also_covers and (placed := _placed(case)):
        yield Hole(
            "What counts as attacked beside the territory is listed without the guarantors' forces that stand in it.",
            (listed_as, *placed),
        )


def _placed(case: Case) -> list[Path]:
    a = case.arrangement
    return [("deployments", i) for i, each in enumerate(a.deployments) if each.since is not From.ATTACK]


# P05


def find_requests_nobody_can_make(case: Case) -> Iterator[Hole]:
    """P05: forces owed only on a request, in a text that names nobody to make it where the government cannot."""
    duties = {owed.path: owed.when for owed in case.duties}
    found: list[tuple[int, Commitment]] = []
    for index, clause in case.binding:
        owed = duties.get(("commitments", index))
        if owed is None or clause.tier is TierWord.SUPPORT:
            continue
        unasked = And((assume(case.plain, facts={"requested": True}), Not(Fact("requested")), Not(owed)))
        if case.engine.is_possible(And((unasked, assume(owed, facts={"requested": True})))):
            found.append((index, clause))
    if found:
        verb = "waits" if len(found) == 1 else "wait"
        yield Hole(
            sentence(
                f"{clauses(each.id for _, each in found)} {verb} for a request, and the text does not say who may make "
                "it where the government has been overthrown or cannot be reached"
            ),
            tuple(("commitments", i, "when") for i, _ in found),
        )


# F06


def find_forces_unprepared(case: Case) -> Iterator[Hole]:
    """F06: forces owed within days, for which nothing is prepared in peace."""
    a = case.arrangement
    if a.preparation is not Preparation.NONE:
        return
    found = [
        (i, clause)
        for i, clause in case.binding
        if clause.tier is not TierWord.SUPPORT and isinstance(clause.within, Duration) and case.debtors_of[i]
    ]
    hasty = [(i, clause, clause.within) for i, clause in found if isinstance(clause.within, Duration)]
    hasty = [each for each in hasty if each[2].hours <= _A_MONTH]
    if hasty:
        first = min(hasty, key=lambda each: each[2].hours)
        yield Hole(
            sentence(
                f"{clauses(clause.id for _, clause, _ in hasty)} {'owe' if len(hasty) > 1 else 'owes'} forces, the "
                f"first within {first[2].in_words}, and nothing is prepared: no plan, no staff, no command"
            ),
            (("preparation",), *(("commitments", i, "within") for i, _, _ in hasty)),
        )


# R06


def find_nothing_at_stake(case: Case) -> Iterator[Hole]:
    """R06: a guarantor that owes forces or leads, and to which the text itself says that nothing is at stake."""
    a = case.arrangement
    for index, stated in enumerate(a.interest):
        if stated.level is not Interest.NONE_KNOWN:
            continue
        idle = named(stated.by, a) & set(a.parties.guarantor)
        leads = a.decision.framework_nation in idle
        if idle:
            role = "is to lead, and" if leads and len(idle) == 1 else f"{agreeing(idle, 'is', 'are')} to guarantee, and"
            yield Hole(
                sentence(
                    f"{parties(idle)} {role} by the text's own word nothing shows that the protected state matters to "
                    f"{agreeing(idle, 'it', 'them')}"
                ),
                (("interest", index, "level"), ("interest", index)),
                severity=Severity.WARNING if leads else Severity.INFORMATION,
            )


# O06


def find_secret_promises(case: Case) -> Iterator[Hole]:
    """O06: a promise of which the adversary is not told."""
    if case.arrangement.publicity is Publicity.SECRET and case.arrangement.commitments:
        yield Hole(
            "The text is secret: what the adversary does not know cannot hold it back, and a parliament that was not "
            "asked may refuse to pay.",
            (("publicity",),),
        )


CHECKS = (
    Check(
        id="G07",
        kind=FindingKind.OPEN,
        title="attack that the list leaves out",
        promise="Whatever the text helps to protect counts as attacked when it is attacked.",
        severity=Severity.INFORMATION,
        how="what is listed beside the territory, against the acts that the clauses name and the forces in place",
        mend="add it to the list (`scope.also_covers`)",
        find=find_missing_from_the_list,
        subject=lambda case: case.arrangement.scope.also_covers,
    ),
    Check(
        id="P05",
        kind=FindingKind.OPEN,
        title="request that nobody is left to make",
        promise="Help can be asked for where the government cannot ask.",
        severity=Severity.INFORMATION,
        how="search of the plain worlds: forces are owed with a request and not without",
        mend="say who asks where the government cannot, such as its envoy, or let the attack itself suffice",
        find=find_requests_nobody_can_make,
        subject=lambda case: [each for _, each in case.binding if each.when is not None],
    ),
    Check(
        id="F06",
        kind=FindingKind.OPEN,
        title="forces that nothing is prepared for",
        promise="Forces that are owed within a month have been prepared for in peace.",
        severity=Severity.WARNING,
        how="read off the text: forces owed in words of duty within 31 days, and no preparation",
        mend="agree plans and a staff in peace: `preparation: joint_planning`",
        find=find_forces_unprepared,
        subject=lambda case: [each for _, each in case.binding if each.tier is not TierWord.SUPPORT],
    ),
    Check(
        id="R06",
        kind=FindingKind.OPEN,
        title="guarantor with nothing at stake",
        promise="The protected state matters to whoever guarantees it.",
        severity=Severity.WARNING,
        how="interests that the text states; graver where the guarantor leads",
        mend="give it a stake, such as forces in place, or let another lead",
        find=find_nothing_at_stake,
        subject=lambda case: case.arrangement.interest,
    ),
    Check(
        id="O06",
        kind=FindingKind.OPEN,
        title="promise kept secret",
        promise="The adversary knows what is promised.",
        severity=Severity.WARNING,
        how="read off the text",
        mend="publish the promise, if not every plan by which it is kept",
        find=find_secret_promises,
        subject=lambda case: case.arrangement.commitments,
    ),
)
