"""The notebook of docs/, run from top to bottom."""

from bench.docs.notebook import NOTEBOOK, read, run


def test_the_notebook_runs_from_text_to_plot() -> None:
    """Every cell runs through the face alone, every one but the first gives something, and two give a chart."""
    notebook = read(NOTEBOOK)
    given = [outputs for _, outputs in run(notebook)]
    assert all(given[1:])
    charts = [output for outputs in given for output in outputs if "image/png" in output.get("data", {})]
    assert len(charts) == 2
    words = "".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert "from foedus" not in words
    assert "import foedus." not in words
