"""The empty twin of a text: the same parties under the same framework nation, and not one clause."""

from dataclasses import replace

from foedus.arrangement.process import Decision
from foedus.arrangement.record import Arrangement
from foedus.insight.anatomy.clauses import text_with

_SUFFIX = "_without_clauses"
_LONGEST = 40
"""Letters that the language allows a short name."""


def empty_twin(arrangement: Arrangement) -> Arrangement:
    """Return the text in which every clause is silent; who takes part, who leads, what is protected and when, stay.

    What a text does beyond its twin it does by what it says, and not by who happens to stand in it.
    """
    silent = text_with(arrangement, ())
    called = arrangement.short_name or arrangement.name
    return replace(
        silent,
        id=f"{arrangement.id}{_SUFFIX}",
        short_name=f"No clauses: {called}"[:_LONGEST],
        decision=Decision(framework_nation=arrangement.decision.framework_nation),
        scope=replace(silent.scope, excludes=()),
        summary=None,
        notes=(),
    )
