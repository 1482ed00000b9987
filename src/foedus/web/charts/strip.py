"""A strip: where a quantity lies over futures, as a band on one line, with the same beside it under another text.

The thin band holds nine futures of ten, the thick one the middle half, the upright stroke is the median, the dot the
average; a hollow diamond is the average of what it is compared with. Shapes tell them apart, colours only help.
"""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

_WIDTH, _HEIGHT = 240.0, 26.0
_EDGE = 6.0


def strip(
    spread: Mapping[str, float], *, most: float, said: str, other: Mapping[str, float] | None = None, least: float = 0.0
) -> Markup:
    """Draw a spread on an axis from ``least`` to ``most``; ``said`` is what it shows, in words."""
    at = _place(least, most)
    parts, middle = _marks(spread, at=at), _HEIGHT / 2
    if other is not None:
        x = at(other["mean"])
        parts.insert(
            -1,
            f'<path class="other" d="M{x} {middle - 6.5}L{x + 6.5} {middle}L{x} {middle + 6.5}L{x - 6.5} {middle}Z"/>',
        )
    return _svg("strip", parts, said=said)


def _place(least: float, most: float) -> Callable[[float], float]:
    def at(value: float) -> float:
        share = (value - least) / ((most - least) or 1.0)
        return round(_EDGE + (_WIDTH - 2 * _EDGE) * min(1.0, max(0.0, share)), 1)

    return at


def _marks(spread: Mapping[str, float], *, at: Callable[[float], float]) -> list[str]:
    """Draw axis, bands, stroke and dot, the dot last and so on top."""
    middle = _HEIGHT / 2
    low, high = at(spread["low"]), at(spread["high"])
    quarter, three = at(spread["lower_quarter"]), at(spread["upper_quarter"])
    return [
        f'<line class="axis" x1="{_EDGE}" x2="{_WIDTH - _EDGE}" y1="{middle}" y2="{middle}"/>',
        f'<rect class="outer" x="{low}" y="{middle - 1.5}" width="{max(1.0, high - low):.1f}" height="3"/>',
        f'<rect class="inner" x="{quarter}" y="{middle - 4.5}" width="{max(1.5, three - quarter):.1f}" height="9"/>',
        f'<line class="median" x1="{at(spread["median"])}" x2="{at(spread["median"])}" y1="{middle - 7}"'
        f' y2="{middle + 7}"/>',
        f'<circle class="mean" cx="{at(spread["mean"])}" cy="{middle}" r="4.6"/>',
    ]


def ticks(*, most: float, label: Any, least: float = 0.0) -> Markup:
    """Draw the axis of strips below each other: both ends and the middle."""
    parts = []
    for share, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        x = _EDGE + (_WIDTH - 2 * _EDGE) * share
        parts.append(f'<line class="tick" x1="{x}" x2="{x}" y1="0" y2="4"/>')
        value = least + (most - least) * share
        parts.append(f'<text x="{x}" y="20" text-anchor="{anchor}">{escape(label(value))}</text>')
    return Markup(
        f'<svg class="ticks" viewBox="0 0 {_WIDTH:g} 24" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )


def ladder(promises: Mapping[str, int]) -> Markup:
    """Draw how firmly each tier is promised: three columns of five steps, from the right to the named duty."""
    parts = []
    words = ("nobody promises it", "a right", "an intention", "a duty to consult", "a duty to act", "a named duty")
    for column, strength in enumerate(promises.values()):
        for step in range(1, 6):
            x, y = column * 15, (5 - step) * 7
            held = "held" if step <= strength else "free"
            parts.append(f'<rect class="{held}" x="{x}" y="{y}" width="12" height="5"/>')
    said = "; ".join(f"{tier}: {words[strength]}" for tier, strength in promises.items())
    return Markup(
        f'<svg class="ladder" viewBox="0 0 42 33" role="img" aria-label="{escape(said)}">'
        f"<title>{escape(said)}</title>{''.join(parts)}</svg>"
    )


def share_strip(share: float, *, low: float, high: float, said: str) -> Markup:
    """Draw a share of futures with the interval that their number leaves open, on an axis from none to all."""
    spread = {"low": low, "lower_quarter": low, "median": share, "upper_quarter": high, "high": high, "mean": share}
    return _svg("strip share", _marks(spread, at=_place(0.0, 1.0)), said=said)


def share_bar(share: float, *, said: str) -> Markup:
    """Draw a share of a whole as a bar."""
    filled = f'<rect class="part" x="0" y="3" width="{_WIDTH * share:.1f}" height="8"/>'
    whole = f'<rect class="whole" x="0" y="3" width="{_WIDTH:g}" height="8"/>'
    return Markup(
        f'<svg class="bar" viewBox="0 0 {_WIDTH:g} 14" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(said)}"><title>{escape(said)}</title>{whole}{filled}</svg>'
    )


def _svg(name: str, parts: list[str], *, said: str) -> Markup:
    return Markup(
        f'<svg class="{name}" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" aria-label="{escape(said)}">'
        f"<title>{escape(said)}</title>{''.join(parts)}</svg>"
    )
