"""Run the notebook and write what its cells give into it: `python -m bench.docs.notebook`.

The cells are plain Python in the notebook's own format, version 4.5; running them needs nothing but foedus.
"""

import ast
import base64
import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from bench.measuring.page import ROOT

NOTEBOOK = ROOT / "docs" / "notebook" / "from_text_to_plot.ipynb"
_DPI = 72


def main() -> None:
    """Run every cell and keep what it gave."""
    notebook = read(NOTEBOOK)
    for cell, outputs in run(notebook):
        cell["outputs"] = outputs
    NOTEBOOK.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(NOTEBOOK)


def read(path: Path) -> dict[str, Any]:
    """Read a notebook."""
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def run(notebook: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Run the code cells from top to bottom in one space; give each with its outputs."""
    space: dict[str, Any] = {}
    for number, cell in enumerate((cell for cell in notebook["cells"] if cell["cell_type"] == "code"), start=1):
        yield cell, _run_cell("".join(cell["source"]), space, number=number)


def _run_cell(source: str, space: dict[str, Any], *, number: int) -> list[dict[str, Any]]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(tree, f"<cell {number}>", "exec"), space)  # noqa: S102  the project's own notebook
        value = None
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), f"<cell {number}>", "eval"), space)  # noqa: S307
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": _lines(printed.getvalue())})
    if value is not None:
        outputs.append(
            {"output_type": "execute_result", "execution_count": None, "metadata": {}, "data": _shown(value)}
        )
    return outputs


def _shown(value: Any) -> dict[str, Any]:
    """Return a value as a notebook shows it: a picture, HTML, or words."""
    figure = getattr(value, "figure", None)
    if figure is not None and hasattr(figure, "savefig"):
        picture = io.BytesIO()
        figure.savefig(picture, format="png", dpi=_DPI, bbox_inches="tight")
        return {"image/png": base64.b64encode(picture.getvalue()).decode() + "\n", "text/plain": ["a chart"]}
    words = {"text/plain": _lines(repr(value))}
    html = getattr(value, "_repr_html_", None)
    return {"text/html": _lines(html())} | words if html else words


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


if __name__ == "__main__":
    main()
