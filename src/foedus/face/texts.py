"""The face, on texts: load, show, compare word by word, check, compile and explain them."""

from pathlib import Path
from typing import Unpack

from foedus.arrangement.record import Arrangement
from foedus.face.options import RunOptions, Texts, run_of, several
from foedus.jobs.asking.texts import Given, load_text, meant, refuse_several
from foedus.jobs.check import CheckRequest, CheckResult, check_texts
from foedus.jobs.explain import CompileResult, ExplainResult, explain_text
from foedus.jobs.explain import compile_text as compile_job
from foedus.jobs.show import (
    LibraryResult,
    PageResult,
    show_change_of_meaning,
    show_differences,
    show_library,
    show_text,
    write_text,
)


def load(name: Given) -> Arrangement:
    """Load an arrangement from a file, or from the library by its name.

    Raises `foedus.errors.InvalidFile` with every finding, or `foedus.errors.UnknownName` with the nearest name.

    >>> import foedus
    >>> compact = foedus.load("ukraine/kyiv_security_compact_2022")
    >>> compact.id
    'kyiv_security_compact_2022'
    >>> len(compact.parties.guarantor) > 5
    True
    """
    return load_text(name).arrangement


def source(text: Given) -> str:
    """Return a text as it is written, to be copied and changed; a record that was loaded is written anew.

    >>> import foedus
    >>> "bindingness: shall" in foedus.source("ukraine/nato_membership")
    True
    >>> foedus.source(foedus.load("ukraine/nato_membership")).splitlines()[0]
    'foedus: 1'
    """
    return write_text(text)


def library() -> LibraryResult:
    """List the arrangements that ship with foedus.

    >>> import foedus
    >>> names = foedus.library().to_pandas()
    >>> "budapest_memorandum_1994" in set(names["id"])
    True
    """
    return show_library()


def show(text: Given) -> PageResult:
    """Show everything that a text says, and everything that is not known of it, as a page to read.

    >>> import foedus
    >>> page = foedus.show("ukraine/budapest_memorandum_1994")
    >>> print(page.markdown().splitlines()[0])
    # Memorandum on Security Assurances in connection with Ukraine's accession to the NPT
    """
    return show_text(text)


def diff(old: Given, new: Given, *, meaning: bool = False) -> PageResult:
    """Tell what differs between two texts, clause by clause; with ``meaning``, in who owes what after which incident.

    Raises `foedus.errors.NoAnswer` where a change of meaning cannot be told.

    >>> import foedus
    >>> page = foedus.diff("ukraine/nato_membership", "ukraine/kyiv_security_compact_2022", meaning=True)
    >>> "weaker" in str(page)
    True
    """
    return show_change_of_meaning(old, new) if meaning else show_differences(old, new)


def check(
    texts: Texts, *, only: str | tuple[str, ...] = (), carriers: bool = False, accepted: str | Path | None = None
) -> CheckResult:
    """Look for holes, each with the incident that slips through; ``only`` names the checks to run.

    Findings name lines where a text was named, and clauses alone where a loaded arrangement was given. With
    ``carriers`` it is also told which clauses carry each check that found nothing. ``accepted`` is a file that names
    findings the parties live with. Raises what is wrong with a text.

    >>> import foedus
    >>> holes = foedus.check("ukraine/budapest_memorandum_1994")
    >>> holes.has_errors
    True
    >>> found = holes.to_pandas()
    >>> "V01" in set(found["check"])
    True
    """
    file = None if accepted is None else Path(accepted)
    given = tuple(meant(several(texts)))
    result = check_texts(CheckRequest(given, only=several(only), with_carriers=carriers, accepted=file))
    refuse_several(result.unusable)
    return result


def compile_text(text: Given, **options: Unpack[RunOptions]) -> CompileResult:
    """Turn a text into the arrays of the game, with the clause behind every number, at the middle of every range.

    Of the options only ``views`` and ``parameters`` matter here. The arrays are those of docs/theory.md.

    >>> import foedus
    >>> compiled = foedus.compile("ukraine/kyiv_security_compact_2022")
    >>> compiled.arrays.oblige.shape[1:]  # findings, tiers
    (5, 4)
    >>> list(compiled.to_pandas().columns)
    ['array', 'entry', 'value', 'clause', 'because']
    """
    return compile_job(text, parameters=run_of(1, options).parameters)


def explain(text: Given, **options: Unpack[RunOptions]) -> ExplainResult:
    """Sum up what the game reads in a text: who is bound to what, who decides, what is found, what stands ready.

    Of the options only ``views`` and ``parameters`` matter here.

    >>> import foedus
    >>> "Who is bound to what" in str(foedus.explain("ukraine/kyiv_security_compact_2022"))
    True
    """
    return explain_text(text, parameters=run_of(1, options).parameters)
