"""Numbers as people read them: few digits, no false precision, a real minus sign, no line break before the unit."""

_NO_BREAK = "\u00a0"
_MINUS = "\u2212"

FEW = 20
"""Fewer futures than this carry no percentiles and no counts of a hundred."""


def percent(share: float) -> str:
    """Write a share as ``0 %``, ``<0.1 %``, ``4.2 %``, ``43 %`` or ``>99.9 %``."""
    return f"{_bare_percent(share)}{_NO_BREAK}%"


def percent_range(low: float, high: float) -> str:
    """Write a range of shares with one unit, such as ``0.4 to 13 %``."""
    ends = dict.fromkeys((_bare_percent(low), _bare_percent(high)))
    return f"{' to '.join(ends)}{_NO_BREAK}%"


def points(difference: float) -> str:
    """Write a difference of two shares in percentage points, with its sign."""
    hundredths = 100 * difference
    digits = 0 if abs(hundredths) >= 9.95 else 1
    return _signed(f"{hundredths:+.{digits}f}")


def distance(difference: float) -> str:
    """Write the size of a difference of two shares in percentage points, without its sign."""
    return points(abs(difference)).lstrip("+")


def points_range(low: float, high: float) -> str:
    """Write a range of differences in percentage points."""
    return f"{points(low)} to {points(high)}"


def amount(value: float) -> str:
    """Write an amount in units of the stake with two or three decimals."""
    if value == 0:
        return "0"
    if abs(value) < 0.0005:
        return f">{_MINUS}0.001" if value < 0 else "<0.001"
    digits = 2 if abs(value) >= 0.0995 else 3
    return f"{value:.{digits}f}".replace("-", _MINUS)


def amount_range(low: float, high: float) -> str:
    """Write a range of amounts."""
    return " to ".join(dict.fromkeys((amount(low), amount(high))))


def signed_amount(value: float) -> str:
    """Write a difference of two amounts with its sign."""
    return _signed(f"{value:+.{2 if abs(value) >= 0.0995 else 3}f}")


def signed_amount_range(low: float, high: float) -> str:
    """Write a range of differences of amounts."""
    return f"{signed_amount(low)} to {signed_amount(high)}"


def euros(billions: float) -> str:
    """Write an amount of money with two significant digits, such as ``180 bn EUR`` or ``0.3 bn EUR``."""
    return f"{bare_billions(billions)}{_NO_BREAK}bn{_NO_BREAK}EUR"


def euros_range(low: float, high: float) -> str:
    """Write a range of amounts of money."""
    return f"{bare_billions(low)} to {euros(high)}"


def billions_cell(mean: float, low: float, high: float) -> str:
    """Write an amount of money with its range below, in bn EUR, for a table."""
    ends = dict.fromkeys((bare_billions(low), bare_billions(high)))
    return f"{bare_billions(mean)}\n{' to '.join(ends)}"


def count_of_100(share: float) -> str:
    """Write a share of futures as a bare count of a hundred: ``83``, ``<1`` or ``>99``."""
    if 0 < share <= 0.005:
        return "<1"
    return ">99" if 0.995 <= share < 1 else f"{100 * share:.0f}"


def counted(share: float, *, of: int, what: str = "futures") -> str:
    """Write a share of so many as a count of a hundred, such as ``62 of 100 futures``; of few, as it was counted."""
    if of < FEW:
        return f"{count(share, of=of)} of{_NO_BREAK}{plural(of, what) if what else of}"
    if share <= 0 or share >= 1:
        return ("all" if share >= 1 else "none of the" if what else "none") + (f" {what}" if what else "")
    return f"{count_of_100(share)} of{_NO_BREAK}100{f' {what}' if what else ''}"


def count(share: float, *, of: int) -> str:
    """Write a share of so many as a bare count of a hundred; of few, as a count of them."""
    return count_of_100(share) if of >= FEW else f"{share * of:.1f}".removesuffix(".0")


def out_of(futures: int) -> str:
    """Say what `count` counts out of: ``100``, or the futures themselves where they are few."""
    return "100" if futures >= FEW else str(futures)


def plural(number: int, what: str) -> str:
    """Write a count of things named in the plural: ``1 future``, ``3 futures``."""
    return f"{number} {what.removesuffix('s') if number == 1 else what}"


def tick_percent(share: float) -> str:
    """Write a share at an axis, such as ``25 %``."""
    return f"{round(100 * share, 6):g}{_NO_BREAK}%"


def tick_points(difference: float) -> str:
    """Write a difference of shares at an axis, such as ``−25``."""
    return _signed(f"{round(100 * difference, 6):+g}")


def tick_amount(value: float) -> str:
    """Write an amount at an axis, such as ``0.1``."""
    return f"{round(value, 9):g}".replace("-", _MINUS)


def tick_hundred(share: float) -> str:
    """Write a share at an axis as a count of a hundred."""
    return f"{round(100 * share, 6):g}"


def plain(value: float) -> str:
    """Write a parameter's value with three significant digits."""
    text = f"{value:.3g}"
    if "e+" in text:
        return f"{float(text):,.0f}".replace("-", _MINUS)
    return (f"{value:.5f}".rstrip("0") if "e-" in text else text).replace("-", _MINUS)


def years(value: float) -> str:
    """Write a number of years, such as ``10 years``."""
    return f"{value:g}{_NO_BREAK}year{'' if value == 1 else 's'}"


def _bare_percent(share: float) -> str:
    if share == 0:
        return "0"
    if 0 < share < 0.0005:
        return "<0.1"
    if 0.9995 <= share < 1:
        return ">99.9"
    digits = 0 if abs(share) >= 0.0995 and not 0.995 <= share < 1 else 1
    return f"{100 * share:.{digits}f}".replace("-", _MINUS)


def bare_billions(value: float) -> str:
    """Write an amount of money in bn EUR without its unit, to two digits."""
    if value < 0.05:
        return "0" if value == 0 else "<0.1"
    rounded = float(f"{value:.2g}")
    return f"{rounded:,.0f}" if rounded >= 10 else f"{rounded:.1f}"


def _signed(text: str) -> str:
    bare = text.lstrip("+-")
    return bare if not bare.strip("0.") else text.replace("-", _MINUS)
