"""The face, on games in many futures: compare, price, take apart, negotiate, design, try claims, find what matters."""

from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from foedus.errors import WrongRequest
from foedus.face.options import RunOptions, Texts, call, progress_of, run_of, several
from foedus.jobs.anatomy import AnatomyRequest, AnatomyResult, take_apart
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.asking.reading import read_requirements
from foedus.jobs.asking.texts import Given
from foedus.jobs.assumptions.sensitivity import BASE, SensitivityRequest, SensitivityResult, find_sensitivity
from foedus.jobs.assumptions.sweep import SweepRequest, SweepResult, sweep_parameter
from foedus.jobs.brief import BriefResult, brief_on_texts
from foedus.jobs.claims import ClaimsRequest, ClaimsResult, try_claims
from foedus.jobs.compare import CompareRequest, CompareResult, compare_texts
from foedus.jobs.design import BUDGET, POPULATION, SIGNERS, DesignRequest, DesignResult, search_designs
from foedus.jobs.negotiate import BALANCE, STEPS, NegotiateRequest, NegotiateResult, negotiate_texts
from foedus.jobs.price import PriceRequest, PriceResult, price_texts


def compare(
    texts: Texts,
    *,
    baseline: str | None = None,
    require: str = "",
    across: bool = False,
    theatre: str | None = None,
    **options: Unpack[RunOptions],
) -> CompareResult:
    """Solve texts in the same futures and compare them; ``require`` says what is good enough, as ``war<=20%``.

    Texts about different states or adversaries are compared only with ``across``; ``theatre`` puts every text between
    the sides of a packaged profile, such as ``baltic_2025``. Raises `foedus.errors.NotConverged`
    where in no future every text was solved to tolerance.

    >>> import foedus
    >>> both = ["ukraine/minsk_osce_2015", "ukraine/nato_membership"]
    >>> result = foedus.compare(both, futures=4, grid="5,5,2", horizon="2y")
    >>> result.comparison.baseline
    'minsk_osce_2015'
    >>> result.to_pandas()["war"].unstack().shape
    (4, 2)
    >>> sorted(result.contents)  # what result.write(folder) writes
    ['report.html', 'results.json', 'results.parquet']
    """
    try:
        requirements = read_requirements(require) if require else ()
    except ValueError as error:
        raise WrongRequest(str(error)) from error
    run = run_of(FUTURES["compare"], options)
    given = several(texts)
    command = call("compare", given, baseline=baseline, require=require, across=across, theatre=theatre, **options)
    request = CompareRequest(
        given, run, baseline=baseline, is_across=across, theatre=theatre, requirements=requirements, command=command
    )
    return compare_texts(request, tell=progress_of(options))


def brief(
    texts: Texts,
    *,
    baseline: str | None = None,
    question: str = "",
    across: bool = False,
    theatre: str | None = None,
    **options: Unpack[RunOptions],
) -> BriefResult:
    """Compare texts and put what came of it onto two sheets: a web page, a PDF, and a file for a word processor.

    ``question`` stands in the place of the one that the texts suggest; all else is as for `foedus.compare`.

    >>> import foedus
    >>> both = ["ukraine/minsk_osce_2015", "ukraine/nato_membership"]
    >>> result = foedus.brief(both, question="Which of the two?", futures=4, grid="5,5,2", horizon="2y")
    >>> result.page.subtitle
    'Which of the two?'
    >>> sorted(result.contents)  # what result.write(folder) writes
    ['brief.docx', 'brief.html', 'brief.pdf']
    """
    run, given = run_of(FUTURES["compare"], options), several(texts)
    command = call("brief", given, baseline=baseline, across=across, theatre=theatre, **options)
    request = CompareRequest(given, run, baseline=baseline, is_across=across, theatre=theatre, command=command)
    return brief_on_texts(request, question=question, tell=progress_of(options))


def sweep(texts: Texts, parameter: str, values: Sequence[float], **options: Unpack[RunOptions]) -> SweepResult:
    """Set one parameter to each of several values, in the same futures, and solve every text in them.

    `foedus.parameters` lists the names. Everything else in a future stays as it was drawn, so that what moves is moved
    by this parameter alone.

    >>> import foedus
    >>> result = foedus.sweep(
    ...     "ukraine/minsk_osce_2015", "balance.moved", [-0.5, 0.5], futures=3, grid="5,5,2", horizon="2y"
    ... )
    >>> result.average("war").shape
    (2, 1)
    >>> result.to_pandas().index.names
    FrozenList(['balance.moved', 'future', 'arrangement'])
    """
    run = run_of(FUTURES["sweep"], options)
    request = SweepRequest(several(texts), parameter=parameter, values=tuple(values), run=run)
    return sweep_parameter(request, tell=progress_of(options))


def price(texts: Texts, **options: Unpack[RunOptions]) -> PriceResult:
    """Tell what each hole of level error costs: close it, solve again in the same futures, and take the difference.

    >>> import foedus
    >>> holes = foedus.price("ukraine/no_guarantee")  # nobody can be bound there, so there is nothing to solve
    >>> holes.has_holes, len(holes.to_pandas())
    (True, 0)
    """
    run = run_of(FUTURES["price"], options)
    return price_texts(PriceRequest(several(texts), run), tell=progress_of(options))


def anatomy(text: Given, *, outcome: str = "war", **options: Unpack[RunOptions]) -> AnatomyResult:
    """Divide an outcome among the clauses of a text, so that it is told how much of it each carries.

    >>> import foedus
    >>> parts = foedus.anatomy("ukraine/minsk_osce_2015", futures=2, grid="4,4,1", horizon="2y").to_pandas()
    >>> "monitoring" in set(parts["clauses"])
    True
    """
    command = call("anatomy", text, outcome=outcome, **options)
    request = AnatomyRequest(text, run_of(FUTURES["anatomy"], options), outcome=outcome, command=command)
    return take_apart(request, tell=progress_of(options))


def negotiate(
    texts: Texts, *, balance: tuple[float, float] = BALANCE, steps: int = STEPS, **options: Unpack[RunOptions]
) -> NegotiateResult:
    """Tell who would rather sign which text than fight on, at several balances of forces.

    ``balance`` is the lowest and the highest log force ratio of adversary to protected state at the start, and
    ``steps`` how many balances lie in that range.

    >>> import foedus
    >>> result = foedus.negotiate("ukraine/kremlin_terms_2024", steps=1, futures=2, grid="4,4,1", horizon="2y")
    >>> signs = result.to_pandas().set_index("party")["signs"]
    >>> {"adversary", "protected state", "coalition"} <= set(signs.index)
    True
    """
    given = several(texts)
    command = call("negotiate", given, balance=balance, steps=steps, **options)
    run = run_of(FUTURES["negotiate"], options)
    request = NegotiateRequest(given, run, balance=balance, steps=steps, command=command)
    return negotiate_texts(request, tell=progress_of(options))


def design(
    text: Given,
    *,
    keep: str | Sequence[str] = (),
    vary: str | Sequence[str] = (),
    budget: int = BUDGET,
    population: int = POPULATION,
    trial_futures: int = FUTURES["trial"],
    signers: str = SIGNERS[0],
    **options: Unpack[RunOptions],
) -> DesignResult:
    """Search over the clauses of a text for designs that no other beats; ``keep`` and ``vary`` say what may change.

    >>> import foedus
    >>> found = foedus.design(
    ...     "ukraine/kyiv_security_compact_2022", vary="deployments", budget=2, population=4, futures=2,
    ...     trial_futures=2, grid="4,4,1", horizon="2y",
    ... )
    >>> found.to_pandas()["design"].iloc[0]  # the text as it is comes first
    'kyiv_security_compact_2022'
    >>> set(found.designs) == {point.id for point in found.front.points}
    True
    """
    asked = {"keep": several(keep), "vary": several(vary), "budget": budget, "population": population}
    command = call("design", text, **asked, trial_futures=trial_futures, signers=signers, **options)
    request = DesignRequest(
        text,
        run_of(FUTURES["design"], options),
        keep=several(keep),
        vary=several(vary),
        budget=budget,
        population=population,
        trial_futures=trial_futures,
        signers=signers,
        command=command,
    )
    return search_designs(request, tell=progress_of(options))


def claims(names: str | Path | Sequence[str | Path] = (), **options: Unpack[RunOptions]) -> ClaimsResult:
    """Try claims against the futures: packaged ones by id, your own by file; all packaged ones where none is named.

    >>> import foedus
    >>> result = foedus.claims("the_same_promise_twice", futures=2, grid="5,5,2", horizon="2y")
    >>> result.to_pandas()["ruling"].item()
    'not tested'
    """
    given = tuple(str(name) for name in several(names))
    run = run_of(FUTURES["claims"], options)
    request = ClaimsRequest(run, given, command=call("claims", given, **options))
    return try_claims(request, tell=progress_of(options))


def sensitivity(
    texts: Texts, *, outcome: str = "war", base: int = BASE, most: int = 6, **options: Unpack[RunOptions]
) -> SensitivityResult:
    """Say which assumptions move an outcome of a text, or the difference that two texts make.

    ``futures`` screen all assumptions; ``base`` points (a power of two) then give shares for the ``most`` leading ones.

    >>> import foedus
    >>> found = foedus.sensitivity(
    ...     "ukraine/nato_membership", base=8, most=1, futures=40, grid="4,4,1", horizon="1y", tolerance=1e-3
    ... )
    >>> len(found.to_pandas())  # the leading one, and two groups of all the others
    3
    """
    given = several(texts)
    command = call("sensitivity", given, outcome=outcome, base=base, most=most, **options)
    run = run_of(FUTURES["screen"], options)
    request = SensitivityRequest(given, run, outcome=outcome, base=base, most=most, command=command)
    return find_sensitivity(request, tell=progress_of(options))
