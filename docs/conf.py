"""How `make docs` builds the site: the pages as they stand here, in four rooms, with nothing fetched from anywhere."""

import re
from pathlib import Path
from tomllib import loads

from sphinx.application import Sphinx

HERE = Path(__file__).parent
ROOT = HERE.parent
OUTSIDE = re.compile(r"\[(?P<words>[^\]\n]+)\]\((?P<target>(?:\.\./)+(?!docs/)[^)\s]+|decisions/)\)")
"""A link out of docs/, which the site does not carry: told as the words of the link."""

project = "foedus"
copyright = "The foedus authors"  # noqa: A001  Sphinx's word
version = loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
extensions = ["myst_parser"]
root_doc = "index"
exclude_patterns = ["_site"]
myst_heading_anchors = 6
highlight_language = "none"
nitpicky = True

html_theme = "alabaster"
html_title = "foedus"
html_theme_options = {
    "description": "Security guarantees as text files: checked, solved as a game, compared and explained.",
    "fixed_sidebar": False,
    "show_powered_by": False,
}
templates_path = ["_site"]
html_sidebars = {"**": ["about.html", "searchfield.html", "rooms.html"]}
html_static_path = ["_site"]
html_css_files = ["foedus.css"]
html_show_sourcelink = False
html_copy_source = False
html_use_index = False


def setup(app: Sphinx) -> None:
    """Let every page be read as the site needs it."""
    app.connect("source-read", _read_for_the_site)


def _read_for_the_site(_app: Sphinx, _name: str, source: list[str]) -> None:
    """Keep what leads out of docs/ as words, and a flow chart that only some readers draw as its lines."""
    text = OUTSIDE.sub(lambda link: link["words"], source[0])
    text = text.replace("](../docs/", "](")
    source[0] = re.sub(r"^```mermaid$", "```text", text, flags=re.MULTILINE)
