"""A small arrangement to change one clause of, and the middle of every yardstick."""

from functools import cache

from foedus.arrangement.load import loads
from foedus.arrangement.record import Arrangement
from foedus.futures.parameters.load import default_parameters
from foedus.mechanism.from_arrangement import Compilation, compile_arrangement

COMPACT = """
foedus: 1
id: compact
name: A compact
theatre: test
legal_form: treaty
publicity: public
status: hypothetical
parties:
  protected_state: ukraine
  adversary: russia
  guarantor: [france, united_kingdom, poland]
scope: {territory: Ukraine}
commitments:
  - {id: defence, by: all_guarantors, answers: [incursion, invasion], tier: deploy, bindingness: shall_discretionary}
decision: {rule: each_for_itself}
sources: [{title: made for the tests}]
"""


@cache
def compact(extra: str = "") -> Arrangement:
    """Return the compact with further YAML behind it."""
    return loads(COMPACT + extra)


def changed(old: str, new: str) -> Arrangement:
    """Return the compact with a piece of its text replaced."""
    assert old in COMPACT
    return loads(COMPACT.replace(old, new))


def compiled(arrangement: Arrangement) -> Compilation:
    """Compile with the middle of every yardstick."""
    return compile_arrangement(arrangement, default_parameters().central)
