"""The levers of a text: clauses that can be written otherwise, each with the ways in which it can be written.

Every way is a change of the record, so that a design is a text like any other. What a lever replaces loses the words
and the article of the document that it came from, which say what it no longer does.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from foedus.arrangement.record import Arrangement
from foedus.arrangement.vocabulary import Bindingness
from foedus.errors import UnknownName
from foedus.insight.design.decision_levers import deadline_lever, proof_lever, rule_lever, veto_lever
from foedus.insight.design.lever import Lever
from foedus.insight.design.means_levers import (
    ambiguity_lever,
    defence_lever,
    deployment_lever,
    exclusion_lever,
    monitoring_lever,
    preparation_lever,
    snapback_lever,
    support_lever,
)
from foedus.insight.design.promise_levers import promise_levers
from foedus.insight.design.promises import tidy


def levers_of(
    arrangement: Arrangement, *, army: float, keep: Iterable[str] = (), vary: Iterable[str] = ()
) -> tuple[Lever, ...]:
    """Return the levers that a text has, in the order in which they are pulled.

    An option that leaves this text as it is, or says what another one says, is left out, and so is a lever without
    another option. ``keep`` names clauses or levers that stay; ``vary`` those that alone may change. ``army`` is the
    strength of the protected state's forces. Raises ``UnknownName`` for a name that is neither.
    """
    every = _every(arrangement, army=army)
    kept = _chosen(keep, every, touched=lambda lever: lever.clauses)
    varied = _chosen(vary, every, touched=lambda lever: lever.clauses[:1])
    levers = [
        _that_change(lever, arrangement)
        for lever in every
        if lever.id not in kept and (not varied or lever.id in varied)
    ]
    return tuple(lever for lever in levers if len(lever.options) > 1)


def text_of(arrangement: Arrangement, *, levers: Sequence[Lever], choices: Sequence[int]) -> Arrangement:
    """Return the text with an option of each lever."""
    text = arrangement
    for lever, choice in zip(levers, choices, strict=True):
        if choice:
            text = lever.options[choice].change(text)
    return tidy(text)


def _chosen(
    names: Iterable[str], levers: Sequence[Lever], *, touched: Callable[[Lever], tuple[str, ...]]
) -> frozenset[str]:
    chosen: set[str] = set()
    for name in names:
        found = {lever.id for lever in levers if name in (lever.id, *touched(lever))}
        if not found:
            known = list(dict.fromkeys(word for lever in levers for word in (*lever.clauses, lever.id)))
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"
            raise UnknownName(f"{name!r} is no clause or lever of this text; {hint}")
        chosen |= found
    return frozenset(chosen)


def _that_change(lever: Lever, arrangement: Arrangement) -> Lever:
    """Drop options that say of this text what another one says; one that only works with another lever stays."""
    texts: list[Arrangement] = [arrangement]
    options = [lever.options[0]]
    for option in lever.options[1:]:
        text = option.change(arrangement)
        if text not in texts or option.word in _AFTER_OTHERS:
            texts.append(text)
            options.append(option)
    return replace(lever, options=tuple(options))


def _every(arrangement: Arrangement, *, army: float) -> tuple[Lever, ...]:
    """Return every lever there is, in the order in which they are pulled: what is promised, then how."""
    promises = promise_levers() if arrangement.parties.guarantor else ()
    helpers = (
        (rule_lever(), deployment_lever(arrangement), preparation_lever(), support_lever(), snapback_lever())
        if promises
        else ()
    )
    return (
        *promises,
        *helpers,
        veto_lever(arrangement),
        deadline_lever(),
        proof_lever(),
        defence_lever(army),
        monitoring_lever(),
        ambiguity_lever(),
        exclusion_lever(),
    )


_AFTER_OTHERS = frozenset(str(word) for word in Bindingness)
"""Options that say nothing of a text without promises, until another lever has made one."""
