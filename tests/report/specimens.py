"""A comparison of packaged arrangements with invented outcomes, and everything that a page of it needs."""

from functools import cache

from foedus.arrangement.dump import to_plain
from foedus.arrangement.library import library_files, load_from_library
from foedus.arrangement.record import Arrangement
from foedus.errors import Finding, Severity
from foedus.futures.ensemble import Ensemble
from foedus.futures.parameters.load import default_parameters
from foedus.insight.comparison.compare import compare
from foedus.insight.comparison.record import Comparison
from foedus.report.comparison.page import comparison_page
from foedus.report.page.inline import plain_text
from foedus.report.page.page import Chart, Facts, Folded, Page, Paragraph, Section
from foedus.report.page.provenance import Provenance, provenance_of_outcomes
from foedus.report.page.table import Table
from foedus.report.page.writers.html import write_html
from foedus.report.words.labels import arrangement_labels
from tests.insight.specimens import TWELVE, made_up

BASELINE = "budapest_memorandum_1994"
COMMAND = "foedus compare ukraine --futures 200 --seed 7"


@cache
def arrangements() -> dict[str, Arrangement]:
    """Return twelve packaged arrangements, the baseline among them."""
    names = [name for name in library_files() if name.startswith("ukraine/")]
    chosen = sorted(names, key=lambda name: not name.endswith(BASELINE))[:12]
    return {record.id: record for record in map(load_from_library, chosen)}


def labels() -> dict[str, str]:
    """Return the names that a page gives them."""
    return arrangement_labels(arrangements())


@cache
def ensemble() -> Ensemble:
    """Make up outcomes for them; the profiles belong to nobody."""
    return made_up(dict(zip(arrangements(), TWELVE.values(), strict=True)))


@cache
def comparison() -> Comparison:
    """Compare them."""
    return compare(ensemble(), baseline=BASELINE)


@cache
def provenance() -> Provenance:
    """Say where the made-up outcomes come from."""
    plain = {name: to_plain(record) for name, record in arrangements().items()}
    return provenance_of_outcomes(
        ensemble(),
        command=COMMAND,
        arrangements=plain,
        parameters_digest=default_parameters().digest,
        baseline=BASELINE,
    )


@cache
def page(*, with_findings: bool = True) -> Page:
    """Build the page."""
    return comparison_page(
        comparison(),
        arrangements=arrangements(),
        parameters=default_parameters().entries,
        provenance=provenance(),
        party_names={"russia": "Russia"},
        findings={BASELINE: [FINDING]} if with_findings else None,
    )


def section(name: str, *, of: Page) -> Section:
    """Return the section of a page at a place."""
    return next(each for each in of.sections if each.name == name)


def words_in(section: Section) -> list[str]:
    """Return its paragraphs as plain text."""
    return [plain_text(block.words) for block in section.blocks if isinstance(block, Paragraph)]


def tables_in(section: Section) -> list[Table]:
    """Return its tables, those behind charts and those that are folded too."""
    tables: list[Table] = []
    for block in section.blocks:
        if isinstance(block, Table):
            tables.append(block)
        elif isinstance(block, Chart):
            tables.append(block.table)
        elif isinstance(block, Folded):
            tables += [each for each in block.blocks if isinstance(each, Table)]
    return tables


def answers() -> dict[str, str]:
    """Return what the page answers, by what each statement is about."""
    (facts,) = section("answer", of=page()).blocks
    assert isinstance(facts, Facts)
    return {fact.label: plain_text(fact.paragraphs[0].words) for fact in facts.facts}


@cache
def html(*, with_findings: bool = True) -> str:
    """Render the page."""
    return write_html(page(with_findings=with_findings))


FINDING = Finding(
    file="budapest_memorandum_1994.yaml",
    line=40,
    column=3,
    path="trigger.determined_by",
    code="V01",
    message="the adversary can block the finding <alone>",
    why="then nothing follows",
    mend="name another body",
    severity=Severity.ERROR,
    incident="threat invade; against finding russia",
)
