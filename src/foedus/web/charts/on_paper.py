"""Charts of the report on a page of the site: their styles as attributes, which the policy of contents allows."""

import re

_STYLED = re.compile(r' style="([^"]*)"')
_SHEET = re.compile(r"<svg\b([^>]*>(?:(?!</svg>).)*?)<style[^>]*>\s*\*\s*\{([^}]*)\}\s*</style>", re.DOTALL)
"""A drawing and the rule for all of it that it brings along."""
_FONT = re.compile(r"(?:(bold|\d00)\s+)?([\d.]+px)\s+(.+)")


def without_inline_styles(html: str) -> str:
    """Write what stands in ``style`` of SVG as presentation attributes, which mean the same.

    A rule for everything in a drawing becomes attributes of the drawing, which what is in it inherits.
    """
    html = _SHEET.sub(lambda found: f"<svg{_attributes(found[2])}{found[1]}", html)
    return _STYLED.sub(lambda found: _attributes(found[1]), html)


def _attributes(style: str) -> str:
    stated = (part.partition(":") for part in style.split(";") if part.strip())
    return "".join(_attribute(name.strip(), value.strip()) for name, _, value in stated)


def _attribute(name: str, value: str) -> str:
    if name != "font":
        return f' {name}="{value}"'
    found = _FONT.fullmatch(value)
    if found is None:
        return ""
    weight = f' font-weight="{found[1]}"' if found[1] else ""
    return f'{weight} font-size="{found[2]}" font-family="{found[3]}"'
