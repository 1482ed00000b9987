"""The reference page of data sets and figures, as Markdown."""

from collections.abc import Iterable, Mapping, Sequence

from foedus.evidence.data.record import DataSet
from foedus.evidence.targets.record import DeclaredFigure, FigureMeasure, Target

_OPENING = """\
# Public data and what they say

foedus carries no data of others: most data sets below may not be passed on. What it carries is this catalogue, readers
that check a file before anything is computed from it, and the figures computed from the files, each with its interval
and number of cases. Reading them needs an extra: `pip install 'foedus[evidence]'`. Put the files into a folder, name
it in `FOEDUS_DATA`, and:

```sh
foedus data                         # the catalogue, and which files are there
foedus data show kiel_tracker       # citation, address, version, columns and codes of one
foedus data figures                 # every figure computed, beside the value published or studied
foedus data figures --write my_targets.yaml
foedus data reference               # this page
```

A file is comma-separated text (or Stata's `.dta` under the same name) with the provider's column names. A missing
column, a version that is not the one described, or a code that the description does not know is refused, with the
expected version and where to get it. Any other difference from the file used in development shows as `other`, and its
figures may differ.

This page is printed by `foedus data reference`; the figures are those of the packaged `evidence/targets.yaml`, written
by `foedus data figures --write`. How they were decided on: [decision 009](decisions/009-data-and-targets.md).
"""

_FIGURES = """\

## Figures

Value with its 95 % interval, number of cases, and how the interval was made. *Provided* means that the value is the one
stated by an earlier study, because the file was not at hand. All are descriptions of what happened to cases that came
about, not effects: promises are tested where an adversary expected them to be weak, peacekeepers go where it is hard.
"""


def write_reference(
    data_sets: Mapping[str, DataSet], figures: Mapping[str, DeclaredFigure], targets: Sequence[Target]
) -> str:
    """Return the page as Markdown."""
    sections = [_OPENING, _FIGURES, _figure_table(targets), _left_out(figures, targets), "\n## Data sets\n"]
    return "".join([*sections, *(_data_set(data_set) for data_set in data_sets.values())])


def _figure_table(targets: Iterable[Target]) -> str:
    rows = [
        f"| {t.id} | {_cell(t.what)} | {_number(t.value)}{_interval(t)} | {t.n or 'not stated'} | {_cell(t.unit)} | "
        f"{t.origin.value}; {t.interval} |\n"
        for t in targets
    ]
    return "\n| figure | what | value | n | unit | made |\n|---|---|---|---|---|---|\n" + "".join(rows)


def _left_out(figures: Mapping[str, DeclaredFigure], targets: Iterable[Target]) -> str:
    kept = {target.id for target in targets}
    rows = [
        f"| {figure.id} | {_cell(figure.what)} | {_stated(figure)} | {_why_left_out(figure)} |\n"
        for figure in figures.values()
        if figure.id not in kept
    ]
    opening = """
Computed and compared by `foedus data figures` as well, but no targets:

| figure | what | studied | why |
|---|---|---|---|
"""
    return opening + "".join(rows)


def _why_left_out(figure: DeclaredFigure) -> str:
    if figure.superseded_by:
        return _cell(f"{figure.superseded_by} is used instead: {figure.note}")
    if figure.measure is FigureMeasure.P_VALUE:
        return _cell("a test, not a quantity" + (f"; {figure.note}" if figure.note else ""))
    return "its file was not at hand and no study states it"


def _data_set(data_set: DataSet) -> str:
    checksum = f"`{data_set.sha256}` ({data_set.sha256_of})" if data_set.sha256 else "not known"
    facts = (
        f"- {data_set.citation}",
        f"- Terms: {data_set.terms}. Address: <{data_set.address}>. Version: {data_set.version}.",
        f"- File `{data_set.file}`; one row is {data_set.row}; {data_set.period}"
        + (f"; {data_set.rows} rows." if data_set.rows else "."),
        f"- SHA-256: {checksum}.",
        f"- Serves: {data_set.serves}.",
        *((f"- Note: {data_set.note}.",) if data_set.note else ()),
    )
    return f"\n### {data_set.id}\n\n{data_set.title}.\n\n" + "\n".join(facts) + "\n" + _columns(data_set)


def _columns(data_set: DataSet) -> str:
    if not data_set.columns:
        return ""
    rows = [
        f"| {column.name} | `{column.source}` | {column.kind.value} | {_cell(column.what)}{_codes(column.codes)} |\n"
        for column in data_set.columns
    ]
    return "\n| column | in the file | holds | meaning |\n|---|---|---|---|\n" + "".join(rows)


def _codes(codes: Mapping[str, str]) -> str:
    listed = "; ".join(f"{code} {meaning}" for code, meaning in codes.items())
    return f" ({_cell(listed)})" if listed else ""


def _stated(figure: DeclaredFigure) -> str:
    return figure.studied + (f" (n {figure.n})" if figure.studied and figure.n else "")


def _interval(target: Target) -> str:
    if target.low is None and target.high is None:
        return ""
    low, high = ("open" if end is None else _number(end) for end in (target.low, target.high))
    return f" [{low}, {high}]"


def _number(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
