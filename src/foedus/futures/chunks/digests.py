"""Digests of arrangements: what they say, whatever their files look like."""

from collections.abc import Sequence

from foedus.arrangement.dump import to_plain
from foedus.arrangement.record import Arrangement
from foedus.values.digest import digest_of


def digests_of(arrangements: Sequence[Arrangement]) -> tuple[str, ...]:
    """Return the digest of each arrangement, its id included."""
    return tuple(digest_of(to_plain(arrangement)) for arrangement in arrangements)
