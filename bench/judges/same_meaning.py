"""Changes after which a program means the same, each looked at by a person, with the reason."""

from collections.abc import Mapping

from bench.judges.mutants import Mutant

REASONS: Mapping[tuple[str, str], str] = {
    (
        "checks/search/space.py",
        "zip(new, parts, strict=True) → zip(parts, new, strict=True)",
    ): "each is held against the other, and being the same goes both ways",
    (
        "evidence/calibration/maximum_entropy.py",
        "0.5 → 0.75",
    ): "how much shorter the next step is tried; the one minimum, where the steps end, is the same",
    (
        "evidence/calibration/maximum_entropy.py",
        "np.clip(prices + direction * 0.5 ** halvings, 0.0, dearest) → "
        "np.clip(0.0, prices + direction * 0.5 ** halvings, dearest)",
    ): "the larger of nothing and a price, and no more than the dearest, is the same in either order",
    (
        "evidence/calibration/maximum_entropy.py",
        "slope >= 0 → slope > 0",
    ): "a price of nothing on level ground may be left alone or tried; the one minimum is the same",
    (
        "evidence/calibration/parameter_shifts.py",
        "1.0 → 1.5",
    ): "where no claim stands, the line lies below every chance, and how far below is nothing to anybody",
}
"""End of the file's path and the change in words, and why nobody could notice it."""


def same_meaning(change: Mutant) -> str:
    """Return why a change is none, or an empty text."""
    path = change.file.as_posix()
    return next((why for (file, words), why in REASONS.items() if path.endswith(file) and words == change.words), "")
