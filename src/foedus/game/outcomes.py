"""The outcomes that are kept of every game: each is declared here once, and shown from here wherever it appears.

To add one, compute it in the game's `Outcome` and declare it below: result files, tables, charts, claims, thresholds,
anatomies and sensitivities then have it.
"""

from difflib import get_close_matches

import numpy as np

from foedus.game.declared_outcome import Better, DeclaredOutcome, OutcomeKind, Reading, Shown
from foedus.game.outcome import Outcome
from foedus.values.arrays import FloatArray

_PER_INTEREST = "stake = 1, per unit of interest"


def _over_types(pair: tuple[float, float], prior: float) -> float:
    return (1 - prior) * pair[0] + prior * pair[1]


def _chance(name: str, words: str, /, *, what: str, short: str, shown: Shown = Shown.LISTED) -> DeclaredOutcome:
    return DeclaredOutcome(
        name, what, words, short, kind=OutcomeKind.CHANCE, unit="chance", better=Better.LOWER, shown=shown
    )


def _count(
    name: str, words: str, /, *, what: str, short: str, better: Better = Better.LOWER, unit: str = "times"
) -> DeclaredOutcome:
    return DeclaredOutcome(name, what, words, short, kind=OutcomeKind.COUNT, unit=unit, better=better)


def _value(
    name: str, words: str, /, *, what: str, short: str, unit: str = "stake = 1", read: Reading | None = None
) -> DeclaredOutcome:
    kind, better = OutcomeKind.VALUE, Better.HIGHER
    return DeclaredOutcome(name, what, words, short, kind=kind, unit=unit, better=better, read=read)


OUTCOMES: dict[str, DeclaredOutcome] = {
    declared.name: declared
    for declared in (
        _chance(
            "war",
            "Renewed major war",
            what="probability of renewed major war within the horizon",
            short="Major war",
            shown=Shown.HARM,
        ),
        DeclaredOutcome(
            "lost",
            what="expected share of the stake lost to seizures, below the threshold of major war",
            words="Territory lost below that threshold",
            short="Territory lost",
            kind=OutcomeKind.SHARE,
            unit="share of the stake",
            better=Better.LOWER,
            shown=Shown.HARM,
        ),
        _chance(
            "defend",
            "Guarantors at war with the adversary",
            what="probability that guarantors are at war with the adversary",
            short="Guarantors at war",
            shown=Shown.HARM,
        ),
        _chance(
            "entrap",
            "Entrapment",
            what="probability of that after a provocation by the protected state",
            short="Entrapment",
            shown=Shown.PRICE,
        ),
        _chance("conquest", "Conquest", what="probability that the adversary wins a war", short="Conquest"),
        _count("seizures", "Seizures attempted", what="expected number of seizures attempted", short="Seizures"),
        _count(
            "coercions",
            "Half-years of coercion",
            what="expected number of half-years of coercion",
            short="Coercion",
            unit="half-years",
        ),
        _count(
            "provocations",
            "Provocations by the protected state",
            what="expected number of provocations by the protected state",
            short="Provocations",
        ),
        _count(
            "withdrawals",
            "Withdrawals by the adversary",
            what="expected number of withdrawals by the adversary",
            short="Withdrawals",
            better=Better.NEITHER,
        ),
        _count(
            "honoured",
            "Obligations met",
            what="expected number of times an obligation fell due and was met",
            short="Honoured",
            better=Better.NEITHER,
        ),
        _count(
            "breached",
            "Obligations not met",
            what="expected number of times an obligation fell due and was not met",
            short="Breached",
        ),
        DeclaredOutcome(
            "cost",
            what="expected undiscounted cost to all guarantors together, in units of the stake",
            words="Cost to guarantors",
            short="Cost",
            kind=OutcomeKind.COST,
            unit="stake = 1",
            better=Better.LOWER,
            shown=Shown.PRICE,
            read=lambda exact, _prior: sum(exact.cost_guarantors),
        ),
        _value(
            "value_A",
            "The adversary's own reckoning",
            what="the adversary's value at the start",
            short="Adversary's reckoning",
        ),
        _value(
            "value_P",
            "The protected state's own reckoning",
            what="the protected state's value at the start",
            short="Own reckoning",
        ),
        _value(
            "value_G",
            "The guarantors' own reckoning",
            what="the coalition's value at the start, per unit of interest, over its types",
            short="Guarantors' reckoning",
            unit=_PER_INTEREST,
            read=lambda exact, prior: _over_types(exact.value_G, prior),
        ),
        _value(
            "gain_A",
            "The adversary's gain over fighting on",
            what="value_A less the adversary's value of fighting on; clearly above 0: it would rather sign",
            short="Adversary's gain",
            read=lambda exact, _prior: exact.value_A - exact.fight_A,
        ),
        _value(
            "gain_P",
            "The protected state's gain over fighting on",
            what="value_P less the protected state's value of fighting on",
            short="Protected state's gain",
            read=lambda exact, _prior: exact.value_P - exact.fight_P,
        ),
        _value(
            "gain_G",
            "The guarantors' gain over the war going on",
            what="value_G less the coalition's value of the war going on, per unit of interest",
            short="Guarantors' gain",
            unit=_PER_INTEREST,
            read=lambda exact, prior: _over_types(exact.value_G, prior) - _over_types(exact.fight_G, prior),
        ),
    )
}
"""[name] in the order of the outcome axis of arrays and files."""


def column_of(name: str) -> int:
    """Return the place of an outcome on the outcome axis."""
    return list(OUTCOMES).index(name)


def figures_of(exact: Outcome, *, prior: float) -> FloatArray:
    """Return (outcome) every declared outcome of one game; ``prior`` is the chance of the coalition's high type."""
    return np.array(
        [
            getattr(exact, name) if declared.read is None else declared.read(exact, prior)
            for name, declared in OUTCOMES.items()
        ]
    )


def shown_in(place: Shown) -> tuple[str, ...]:
    """Return the outcomes that a comparison shows in a place."""
    return tuple(name for name, declared in OUTCOMES.items() if declared.shown is place)


def unknown_outcome(name: str) -> str:
    """Say that a name is no outcome, and which was meant."""
    near = get_close_matches(name, OUTCOMES, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"outcomes are {', '.join(OUTCOMES)}"
    return f"{name!r} is no outcome; {hint}"
