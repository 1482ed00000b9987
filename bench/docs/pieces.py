"""Pages of which a part is made: what stands between two marks is replaced, everything else stays as it was written."""

import re
from collections.abc import Mapping

_MARK = "<!-- made: {} -->"
_END = "<!-- end -->"


def with_pieces(page: str, pieces: Mapping[str, str]) -> str:
    """Put each piece between its marks; a mark without a piece, or a piece without a mark, is a mistake."""
    marked = set(re.findall(_MARK.format("(.+?)"), page))
    if marked != set(pieces):
        raise ValueError(f"marks and pieces differ: {', '.join(sorted(marked ^ set(pieces)))}")
    for name, text in pieces.items():
        head, mark, rest = page.partition(_MARK.format(name))
        page = f"{head}{mark}\n{text.strip()}\n{_END}{rest.partition(_END)[2]}"
    return page


def pieces_of(page: str) -> dict[str, str]:
    """Return what stands between the marks of a page now, by the names of the marks."""
    found = re.findall(rf"{_MARK.format('(.+?)')}\n(.*?){_END}", page, flags=re.DOTALL)
    return {name: text.strip() for name, text in found}
