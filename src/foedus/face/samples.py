"""The face, on futures: what they are drawn from, the draws, and texts solved in them."""

from typing import Unpack

from foedus.face.options import RunOptions, Texts, progress_of, run_of, several
from foedus.jobs.asking.defaults import FUTURES
from foedus.jobs.parameters import ParametersRequest, ParametersResult, ViewsResult, list_parameters, list_views
from foedus.jobs.sample import EnsembleResult, SampleResult, draw_sample, middle_of, solve_texts_in


def parameters(*words: str, changed: bool = False, **options: Unpack[RunOptions]) -> ParametersResult:
    """List the parameters with their ranges and sources: the one of that name, or all with the words in their name.

    With ``changed`` only those that ``views`` and ``parameters`` make differ from the default; of the options only
    these two matter here. Raises `foedus.errors.UnknownName` where no name has all the words in it.

    >>> import foedus
    >>> foedus.parameters("prior").to_pandas()["unit"].item()
    'probability'
    >>> sorted(foedus.parameters("stake").to_pandas()["name"])
    ['stake_A']
    """
    run = run_of(1, options)
    return list_parameters(ParametersRequest(words, overlays=run.overlays, views=run.views, is_changed=changed))


def views() -> ViewsResult:
    """List the views of the world that the option ``views`` takes by name.

    >>> import foedus
    >>> "calibrated" in foedus.views().views
    True
    """
    return list_views()


def sample(**options: Unpack[RunOptions]) -> SampleResult:
    """Draw futures and solve nothing: the same options give the same draws everywhere.

    >>> import foedus
    >>> draws = foedus.sample(futures=8, seed=1).to_pandas()
    >>> len(draws)
    8
    >>> bool(draws["prior"].between(0, 1).all())
    True
    """
    return draw_sample(run_of(FUTURES["compare"], options))


def solve(texts: Texts, drawn: SampleResult | None = None, **options: Unpack[RunOptions]) -> EnsembleResult:
    """Solve texts in the futures of a sample; without one, in the one future at the middle of every range.

    The outcomes are exact in each future (docs/theory.md, sections 8 and 9); use them only where ``converged``.
    Options that say which futures are drawn do not matter here: `sample` draws them.

    >>> import foedus
    >>> middle = foedus.solve("ukraine/minsk_osce_2015", grid="5,5,2", horizon="2y").to_pandas()
    >>> middle["converged"].item()
    True
    >>> draws = foedus.sample(futures=3)
    >>> both = ["ukraine/minsk_osce_2015", "ukraine/nato_membership"]
    >>> foedus.solve(both, draws, grid="5,5,2", horizon="2y").to_pandas()["war"].unstack().shape
    (3, 2)
    """
    run = run_of(1, options)
    futures = drawn or middle_of(run.parameters)
    return solve_texts_in(several(texts), futures.sample, run=run, tell=progress_of(options))
