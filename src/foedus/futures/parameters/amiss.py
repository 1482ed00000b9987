"""How it is told what is wrong at a place of a parameter file."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from foedus.errors import Finding
from foedus.text.source import ParsedText
from foedus.text.source import Path as Place

_WHY = "a number without unit, range and source cannot be argued about"
_LONGEST = 80
"""Signs of a name for which a like one is sought; to compare longer ones takes longer than it helps."""


def wrong(
    source: ParsedText, place: Place, message: str, mend: str, *, code: str = "wrong-parameter", why: str = _WHY
) -> Finding:
    """Make the finding for a place in a parameter file."""
    shown = ".".join(str(step) for step in place)
    return source.finding(place, code=code, message=f"{shown!r} {message}", why=why, mend=mend)


def nearest(name: str, known: Mapping[str, Any]) -> str:
    """Suggest the parameter that may have been meant, or the members of the family that is named."""
    family = [each for each in known if each.startswith(f"{name}.")]
    if family:
        return f"name one of them: {', '.join(family[:8])}"
    near = get_close_matches(name, list(known), n=1) if len(name) <= _LONGEST else []
    return f"did you mean {near[0]!r}?" if near else "see `foedus params` for all names"
