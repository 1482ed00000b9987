"""Changes after which a program means the same, each looked at by a person, with the reason."""

from collections.abc import Mapping

from bench.judges.mutants import Mutant

REASONS: Mapping[tuple[str, str], str] = {
    (
        "checks/search/space.py",
        "zip(new, parts, strict=True) → zip(parts, new, strict=True)",
    ): "each is held against the other, and being the same goes both ways"
}
"""End of the file's path and the change in words, and why nobody could notice it."""


def same_meaning(change: Mutant) -> str:
    """Return why a change is none, or an empty text."""
    path = change.file.as_posix()
    return next((why for (file, words), why in REASONS.items() if path.endswith(file) and words == change.words), "")
