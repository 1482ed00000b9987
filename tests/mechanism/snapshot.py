"""The arrays of the library at the middle of every yardstick, as files to review.

`python -m tests.mechanism.snapshot` writes them anew.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import foedus
from foedus.arrangement.load import load
from foedus.arrangement.record import Arrangement
from foedus.mechanism.from_arrangement import Compilation
from foedus.values.words import Determination, Ground, Threat, Tier
from tests.mechanism.specimens import compiled

LIBRARY = sorted((Path(foedus.__file__).parent / "library").glob("*/*.yaml"))
SNAPSHOTS = Path(__file__).parent / "snapshots"
_DIGITS = 6
_LEAST = 2e-6
_SCALARS = ("calm", "exposure", "opacity", "deployed_force", "self_defence", "demilitarised", "aid")


def entries_of(compilation: Compilation) -> dict[str, float | str]:
    """Return every number of a compiled text by name, zeros of obligations left out, like obligations told once."""
    c, ids = compilation.compiled, compilation.members or ("nobody",)
    found: dict[str, float | str] = {"proposer": ids[c.proposer]}
    found |= {f"weight.{party}": int(weight) for party, weight in zip(ids, c.weight, strict=True)}
    found |= {f"interest.{party}": _short(value) for party, value in zip(ids, c.interest, strict=True)}
    found |= {f"standing_cost.{party}": _short(cost) for party, cost in zip(ids, c.standing_cost, strict=True) if cost}
    found |= {f"must.{party}": 1 for party, must in zip(ids, c.must, strict=True) if must}
    for tier in Tier:
        name = tier.name.lower()
        found |= {f"timeliness.{name}": _short(c.timeliness[tier])}
        if tier:
            found |= {f"quorum.{name}": int(c.quorum[tier]), f"blocked.{name}": int(c.blocked[tier])}
    found |= {name: _short(getattr(c, name)) for name in _SCALARS}
    for row, threat in enumerate((Threat.SEIZE, Threat.INVADE)):
        found[f"governs.{threat.name.lower()}"] = " ".join(Determination(n).name.lower() for n in c.governs[row])
    for ground in Ground:
        for threat in Threat:
            for finding in Determination:
                name = f"confusion.{ground.name.lower()}.{threat.name.lower()}.{finding.name.lower()}"
                found[name] = _short(c.confusion[ground, threat, finding])
    for i, party in enumerate(ids):
        for finding in Determination:
            strengths = [_short(value) for value in c.oblige[i, finding, 1:]]
            if any(strengths):
                found[f"oblige.{party}.{finding.name.lower()}"] = " ".join(f"{value:g}" for value in strengths)
    return found


def moved(arrangement: Arrangement) -> Iterator[str]:
    """Name each entry that is not as reviewed, with what it was and what it is."""
    reviewed = json.loads(_file_of(arrangement).read_text(encoding="utf-8"))
    found = entries_of(compiled(arrangement))
    for name in sorted({*reviewed, *found}):
        was, now = reviewed.get(name, 0), found.get(name, 0)
        if not _is_same(was, now):
            yield f"{arrangement.id}: {name} was {was}, is {now}"


def renew() -> None:
    """Write every snapshot anew."""
    SNAPSHOTS.mkdir(exist_ok=True)
    for file in LIBRARY:
        arrangement = load(file)
        entries: Mapping[str, Any] = entries_of(compiled(arrangement))
        _file_of(arrangement).write_text(json.dumps(entries, indent=0) + "\n", encoding="utf-8")


def _is_same(was: object, now: object) -> bool:
    ours, theirs = (str(value).split() for value in (was, now))
    if len(ours) != len(theirs):
        return False
    return all(one == other or _are_close(one, other) for one, other in zip(ours, theirs, strict=True))


def _are_close(one: str, other: str) -> bool:
    try:
        return abs(float(one) - float(other)) <= _LEAST
    except ValueError:
        return False


def _short(value: float) -> float:
    return round(float(value), _DIGITS)


def _file_of(arrangement: Arrangement) -> Path:
    return SNAPSHOTS / f"{arrangement.id}.json"


if __name__ == "__main__":
    renew()
