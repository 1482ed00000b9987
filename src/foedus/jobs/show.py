"""Show texts and the language they are written in: pages, differences, the library, the schema, a skeleton.

What only one of these needs is loaded by it: to show one text or to list the library is to take a third of a second.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console

from foedus.arrangement.dump import dump
from foedus.errors import NoAnswer
from foedus.jobs.asking.texts import Given, load_text, load_texts
from foedus.jobs.telling.rows import frame_of
from foedus.jobs.telling.showing import JobResult
from foedus.report.arrangement.library import LibraryRow, library_listing
from foedus.report.arrangement.library_table import listing_as_data, print_listing
from foedus.report.arrangement.show import arrangement_page
from foedus.report.page.page import Page
from foedus.report.page.writers.markdown import write_markdown
from foedus.report.page.writers.terminal import print_page

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class PageResult(JobResult):
    """A page to read."""

    page: Page

    def print_on(self, console: Console) -> None:
        """Print it."""
        print_page(self.page, console=console)

    def markdown(self) -> str:
        """Return it as Markdown."""
        return write_markdown(self.page)


@dataclass(frozen=True, eq=False, repr=False)
class LibraryResult(JobResult):
    """The arrangements that ship with foedus."""

    rows: tuple[LibraryRow, ...]

    def print_on(self, console: Console) -> None:
        """Print two lines for each, by theatre."""
        print_listing(self.rows, console=console)

    def to_data(self) -> list[dict[str, Any]]:
        """Return plain data for JSON."""
        return listing_as_data(self.rows)

    def to_pandas(self) -> "pd.DataFrame":
        """Return one row for each arrangement; ``folder/id`` is the name that it is loaded by."""
        return frame_of(self.to_data())


def show_text(given: Given) -> PageResult:
    """Show everything that a text says, and everything that is not known of it."""
    return PageResult(arrangement_page(load_text(given).arrangement))


def write_text(given: Given) -> str:
    """Return a text as it is written in its file; a record that was given itself is written anew."""
    text = load_text(given)
    return text.file.read_text(encoding="utf-8") if text.file else dump(text.arrangement)


def show_differences(old: Given, new: Given) -> PageResult:
    """Tell what differs between two texts, clause by clause."""
    from foedus.arrangement.diff import find_differences
    from foedus.report.arrangement.difference import difference_page

    before, after = (text.arrangement for text in load_texts((old, new)))
    return PageResult(difference_page(find_differences(old=before, new=after), old=before, new=after))


def show_change_of_meaning(old: Given, new: Given) -> PageResult:
    """Tell what changes in who owes what after which incident; raise `NoAnswer` where that cannot be told."""
    from foedus.checks.meaning import compare_meaning
    from foedus.checks.search.space import CannotTell
    from foedus.report.checks.meaning import meaning_page

    before, after = (text.arrangement for text in load_texts((old, new)))
    try:
        return PageResult(meaning_page(compare_meaning(before, after), old=before, new=after))
    except CannotTell as reason:
        raise NoAnswer(f"cannot tell: {reason}") from reason


def show_library() -> LibraryResult:
    """List the arrangements that ship with foedus."""
    return LibraryResult(library_listing())


def schema_text() -> str:
    """Write the JSON Schema of arrangement files."""
    from foedus.arrangement.language.schema import write_json_schema

    return write_json_schema()


def language_reference_text() -> str:
    """Write the reference page of the language, as Markdown."""
    from foedus.report.arrangement.language_reference import write_language_reference

    return write_language_reference()


def copy_text(given: Given, *, identifier: str | None = None) -> str:
    """Write a text as one of your own to change; it is called ``my_`` and its old id where no name is given."""
    from foedus.arrangement.language.new import write_copy

    arrangement = load_text(given).arrangement
    return write_copy(arrangement, identifier=identifier or f"my_{arrangement.id}")


def skeleton_text() -> str:
    """Write a commented arrangement to start from."""
    from foedus.arrangement.language.new import write_skeleton

    return write_skeleton()
