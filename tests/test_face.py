"""`import foedus`: what a program is given, that it is there, typed, cheap to import, documented and shown."""

import doctest
import inspect
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pytest

import foedus
from foedus.errors import SeveralErrors, UnknownName, WrongRequest
from foedus.game.outcomes import OUTCOMES
from foedus.jobs.assumptions.sweep import SweepResult
from foedus.jobs.compare import CompareResult
from foedus.jobs.telling.showing import JobResult

PAGE = Path(__file__).parent.parent / "docs" / "python.md"
MINSK, NATO = "ukraine/minsk_osce_2015", "ukraine/nato_membership"
SMALL: dict[str, Any] = {"grid": "5,5,2", "horizon": "2y", "workers": 1}
FUNCTIONS = {name: getattr(foedus, name) for name in foedus.__all__ if name != "__version__"}

_functions = pytest.mark.parametrize("name", FUNCTIONS)


@pytest.fixture(scope="module")
def compared() -> CompareResult:
    """Compare two texts once."""
    return foedus.compare([MINSK, NATO], futures=4, **SMALL)


@pytest.fixture(scope="module")
def swept() -> SweepResult:
    """Sweep the balance of forces once."""
    return foedus.sweep([MINSK, NATO], "balance.moved", [-0.4, 0.4], futures=3, **SMALL)


@_functions
def test_every_example_runs(name: str) -> None:
    """What the documentation of a function shows is what happens."""
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
    example = parser.get_doctest(inspect.getdoc(FUNCTIONS[name]) or "", {}, f"foedus.{name}", None, None)
    assert example.examples, f"foedus.{name} shows no example"
    told: list[str] = []
    runner.run(example, out=told.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(told)


@_functions
def test_every_function_is_typed(name: str) -> None:
    """Each argument and each result has a type, so that a checker of types helps whoever writes a program."""
    function = FUNCTIONS[name]
    arguments = inspect.signature(function).parameters
    assert set(get_type_hints(function)) == {*arguments, "return"}


def test_the_page_lists_exactly_the_face() -> None:
    """docs/python.md names every function, in a heading of its own, and no other."""
    assert sorted(_told()) == sorted(FUNCTIONS)


@_functions
def test_the_page_says_what_the_function_says(name: str) -> None:
    """The arguments and the first sentence are those of the function itself."""
    arguments, sentence = _told()[name]
    assert sentence == (inspect.getdoc(FUNCTIONS[name]) or "").split("\n")[0].replace("``", "`")
    told = [word.split("=")[0].strip() for word in re.sub(r"=\([^)]*\)", "", arguments).split(",") if word]
    kinds: dict[Any, str] = {inspect.Parameter.VAR_POSITIONAL: "*", inspect.Parameter.VAR_KEYWORD: "**"}
    signature = inspect.signature(FUNCTIONS[name]).parameters
    assert told == [kinds.get(each.kind, "") + each.name for each in signature.values()]


def _told() -> dict[str, tuple[str, str]]:
    """Return what the page says of each function: its arguments, and the first line below the heading."""
    found = re.findall(r"^### `foedus\.(\w+)\((.*)\)`\n\n(.*)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(found) == len({name for name, *_ in found})
    return {name: (arguments, sentence) for name, arguments, sentence in found}


def test_every_example_of_the_page_runs() -> None:
    """The page's own Python is executed, from top to bottom, as a reader would."""
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert blocks
    space: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), space)  # noqa: S102  the project's own page


def test_the_import_is_cheap() -> None:
    """No library of numbers is loaded, and less than 50 ms go by, until a function is asked for."""
    code = (
        "import sys, time, json; began = time.perf_counter(); import foedus; took = time.perf_counter() - began; "
        "print(json.dumps([took, sorted(sys.modules)]))"
    )
    runs = [json.loads(subprocess.check_output([sys.executable, "-c", code], text=True)) for _ in range(3)]
    assert min(took for took, _ in runs) < 0.05
    loaded = {name.split(".")[0] for name in runs[0][1]}
    assert not loaded & {"numpy", "pandas", "pydantic", "numba", "rich", "click", "email"}


def test_names_that_do_not_exist_are_refused() -> None:
    """A slip in a name is an error like any other, and completion offers the face."""
    with pytest.raises(AttributeError, match="no attribute 'comprae'"):
        _ = foedus.comprae  # type: ignore[attr-defined]
    assert set(foedus.__all__) <= set(dir(foedus))
    assert foedus.__version__


def test_a_loaded_text_is_as_good_as_its_name(compared: CompareResult) -> None:
    """Names, paths and records can be mixed, and give the same numbers."""
    again = foedus.compare([foedus.load(MINSK), NATO], futures=4, **SMALL)
    assert np.array_equal(again.ensemble.outcomes, compared.ensemble.outcomes)
    alone = foedus.solve([MINSK, NATO], foedus.sample(futures=4), **SMALL)
    assert np.array_equal(alone.ensemble.outcomes, compared.ensemble.outcomes)


def test_a_result_shows_itself(compared: CompareResult, swept: SweepResult) -> None:
    """As words on a terminal, as HTML in a notebook; neither takes names from files for markup."""
    for result in (compared, swept, foedus.check(MINSK), foedus.solve(MINSK, **SMALL), foedus.sample(futures=2)):
        assert "\x1b" not in str(result)
        assert len(str(result).splitlines()) >= 2
        assert repr(result) == str(result)
        assert result._repr_html_().startswith("<pre")
    assert "Minsk" in str(compared)
    assert "NATO membership" in str(swept)


def test_a_result_is_written_where_it_is_asked_for(compared: CompareResult, tmp_path: Path) -> None:
    """The files are those of the command; a folder that cannot be written is told as a mistake."""
    assert [path.name for path in compared.write(tmp_path / "out")] == list(compared.contents)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WrongRequest, match="cannot be written"):
        compared.write(tmp_path / "file" / "out")


def test_tables_say_the_same_as_arrays(compared: CompareResult, swept: SweepResult) -> None:
    """Pandas and xarray hold the numbers of the ensemble, by name."""
    war = compared.to_pandas()["war"].unstack("arrangement")
    arrays = compared.to_xarray()
    assert np.array_equal(war[["minsk_osce_2015", "nato_membership"]], compared.ensemble.outcomes[:, :, 0])
    assert np.array_equal(arrays["war"].sel(arrangement="nato_membership"), war["nato_membership"])
    assert arrays["war"].attrs == {"long_name": OUTCOMES["war"].what, "units": OUTCOMES["war"].unit}
    by_value = swept.to_xarray()["war"].mean("future").sel(arrangement="nato_membership")
    assert swept.average("war")["nato_membership"].tolist() == pytest.approx(by_value.to_numpy().tolist())


def test_a_sweep_moves_one_parameter_alone(swept: SweepResult) -> None:
    """The draws are the same under every value, but for the parameter that is set."""
    sample = swept.ensemble.sample
    low, high = np.split(sample.values, 2)
    moved = {name for name, one, other in zip(sample.names, low.T, high.T, strict=True) if (one != other).any()}
    assert moved == {"balance.moved"}
    assert set(low[:, sample.names.index("balance.moved")]) == {-0.4}


def test_where_the_adversary_is_stronger_war_is_likelier(swept: SweepResult) -> None:
    """Under either text, on average over the same futures."""
    weak, strong = swept.average("war").to_numpy()
    assert (weak < strong).all()


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: foedus.load("ukraine/nato_membershop"), UnknownName, "did you mean 'ukraine/nato_membership'"),
        (lambda: foedus.compare([MINSK]), WrongRequest, "at least two arrangements"),
        (lambda: foedus.compare([MINSK, NATO], horizon="soon"), WrongRequest, "is not a duration"),
        (lambda: foedus.compare([MINSK, NATO], grid="1,2"), WrongRequest, "is not a grid"),
        (lambda: foedus.compare([MINSK, NATO], require="wars<=1"), WrongRequest, "did you mean 'war'"),
        (lambda: foedus.compare([MINSK, NATO], futures=0), WrongRequest, "futures must be at least 1"),
        (lambda: foedus.compare(["nobody", "nothing"]), SeveralErrors, "nothing"),
        (lambda: foedus.sweep(MINSK, "balance.move", [0.0]), UnknownName, "did you mean 'balance.moved'"),
        (lambda: foedus.sweep(MINSK, "balance.moved", []), WrongRequest, "different finite values"),
        (lambda: foedus.sweep(MINSK, "sigma_balance", [-1.0], futures=1), WrongRequest, "must be above 0"),
        (lambda: foedus.anatomy(MINSK, outcome="wars"), UnknownName, "did you mean 'war'"),
        (lambda: foedus.design(MINSK, signers="none"), WrongRequest, "signers are everyone"),
        (lambda: foedus.parameters("no_such"), UnknownName, "no parameter has"),
    ],
)
def test_a_mistake_is_an_error_that_says_what_to_change(
    ask: Callable[[], JobResult], error: type[Exception], message: str
) -> None:
    """Before any game is solved, and in the words of the command line."""
    with pytest.raises(error, match=re.escape(message)):
        ask()


def test_options_that_do_not_exist_are_told() -> None:
    """A misspelt option is not passed over in silence."""
    misspelt: dict[str, Any] = {"futurse": 3}
    with pytest.raises(WrongRequest, match="no such option: futurse"):
        foedus.compare([MINSK, NATO], **misspelt)


def test_without_xarray_the_way_to_it_is_told(compared: CompareResult, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is optional, and named where it is missing."""
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(WrongRequest, match=r"pip install 'foedus\[xarray\]'"):
        compared.to_xarray()
