"""The page of claims as Markdown: a table to argue with, and every claim in full."""

from collections.abc import Iterable, Iterator, Mapping

from foedus.report.claims.page import ClaimEntry, ClaimsPage, Quoted
from foedus.report.page.markdown import escape
from foedus.report.page.tables import Table


def write_claims(page: ClaimsPage, *, command: str, took: str = "") -> str:
    """Write the page as Markdown; ``command`` makes it, and ``took`` says how long that lasted."""
    named = {f"#{entry.id}": entry.in_short for entry in page.entries}
    parts = [
        f"# {page.title}",
        f"{page.subtitle}. Made by `{command}`; no figure on this page is written by hand.{f' {took}' if took else ''}",
        *([f"Assumptions: {escape(' '.join(page.made.basis))}"] if page.made.basis else []),
        *page.how_to_read,
        "By the rule:\n\n" + "\n".join(f"- {rule}" for rule in page.rules),
        f"**{escape(page.summary)}**",
        *(_table(table, named=named) for table in page.tables),
        "## The claims in full",
    ]
    for entry in page.entries:
        parts += _entry(entry)
    if page.changed:
        parts.append(_table(page.changed, named=named))
    parts += ["## How this was made", _made(page)]
    return "\n\n".join(parts) + "\n"


def _table(table: Table, *, named: Mapping[str, str]) -> str:
    """Write a table; ``named`` says which heading stands at a place on the page."""
    head = [" ".join(part for part in (column.heading, column.unit) if part) for column in table.columns]
    lines = [f"## {escape(table.caption)}", "", _cells(head), "|" + "---|" * len(head)]
    for row, link in zip(table.rows, table.row_links or [""] * len(table.rows), strict=True):
        first = f"[{escape(row[0])}](#{_anchor(named[link])})" if link else escape(row[0])
        lines.append(_cells([first, *(escape(cell).replace("\n", " ") for cell in map(_one_line, row[1:]))]))
    return "\n".join([*lines, *(["", escape(table.note)] if table.note else [])])


def _one_line(cell: str) -> str:
    first, *others = cell.split("\n")
    if not others:
        return first
    return f"{first} ({others[0]})" if " to " in others[0] else "; ".join((first, *others))


def _cells(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _anchor(heading: str) -> str:
    """Return the name under which a heading is linked to on a code host."""
    kept = "".join(char for char in heading.lower() if char.isalnum() or char in "_- ")
    return kept.replace(" ", "-")


def _entry(entry: ClaimEntry) -> Iterator[str]:
    yield f"### {escape(entry.in_short)}"
    yield f"{escape(entry.statement)} ({escape(entry.source.rstrip('.'))}; `{entry.id}`.)"
    yield f"**{escape(entry.verdict[0])}** {escape(' '.join(entry.verdict[1:]))}"
    yield f"Compared: {escape(entry.comparison)} The claim is `{entry.holds}`."
    yield "\n".join(f"- {escape(name)}: {_side(words)}" for name, words in entry.sides)
    if entry.figures:
        lines = [_cells(("figure", "what it is", "average over futures (5 to 95 %)")), "|---|---|---|"]
        yield "\n".join(
            [*lines, *(_cells((f"`{name}`", escape(what), escape(said))) for name, what, said in entry.figures)]
        )
    if len(entry.parts) > 1:
        yield "\n".join(f"- {escape(part)}" for part in entry.parts)
    if entry.failing:
        yield "Where: " + escape(" ".join(entry.failing))
    for heading, references in (("Argued by", entry.argued_by), ("For", entry.pro), ("Against", entry.contra)):
        if references:
            yield f"{heading}:\n\n" + "\n".join(f"- {_reference(each)}" for each in references)
    if entry.reading:
        yield f"Reading of the literature: {escape(entry.reading)}"
    if entry.limits:
        yield "What the model cannot say:\n\n" + "\n".join(f"- {escape(limit)}" for limit in entry.limits)


def _side(words: str) -> str:
    base, _, rest = words.partition(", ")
    return f"`{base}`" + (f", {escape(rest)}" if rest else "")


def _reference(reference: Quoted) -> str:
    if reference.evidence == "case of the library":
        return f"{escape(reference.says)} Case: `{reference.citation}`."
    address = reference.url.replace("(", "%28").replace(")", "%29")
    cited = f"[{escape(reference.citation)}]({address})" if address else escape(reference.citation)
    return f"{escape(reference.says)} {cited} ({reference.evidence})."


def _made(page: ClaimsPage) -> str:
    made = page.made
    settings = ", ".join(f"{key} {value}" for key, value in made.settings.items())
    versions = ", ".join(f"{key} {value}" for key, value in made.versions.items())
    return (
        f"Inputs `{made.inputs_digest[:16]}`, parameters `{made.parameters_digest[:16]}`. Settings: "
        f"{escape(settings)}. Versions: {escape(versions)}."
    )
