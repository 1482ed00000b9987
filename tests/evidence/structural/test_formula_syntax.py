"""What a formula may say, and that nothing in it is ever run: 400 made-up formulas, or FOEDUS_SOAK of them."""

import os
import sys
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pytest

from foedus.errors import FoedusError, InvalidFile
from foedus.evidence.structural import NotIdentified, fit_egame12
from foedus.evidence.structural.egame.egame import TreeGame
from foedus.evidence.structural.likelihood.trees import EGAME12
from foedus.evidence.structural.table.formula import parse
from foedus.evidence.structural.table.sample import take_sample
from tests.evidence.structural.made_up import tree_data

SOAK = int(os.environ.get("FOEDUS_SOAK", "0")) or 400
ODD_NAMES = ("power-balance", "a b", "log(x1)", "x.y", "größe")


@pytest.fixture(scope="module")
def data() -> pd.DataFrame:
    """Return 120 rows with plain and odd names."""
    table = tree_data("egame12", rows=120, seed=1)
    random = np.random.default_rng(2)
    table["g"] = np.array(list("abcd"))[np.arange(120) % 4]
    return table.assign(**{name: random.standard_normal(120) for name in ODD_NAMES})


@pytest.mark.parametrize(
    ("part", "place", "told", "mend"),
    [
        ("{__import__('os').system('id')}", 1, "`{` cannot stand here", "formulas run no code"),
        ("I(__import__('os').system('id'))", 3, "__import__ is not a function of formulas", "formulas call I, C"),
        ("x1.__class__", 1, "`x1.__class__` is refused", "another name"),
        ("log(x1.values)", 5, "no column x1.values", "perhaps x1 is meant; formulas have no attributes"),
        ("x1[0]", 3, "`[` cannot stand here", "no subscripts"),
        ("lambda x: 1", 1, "is a word of Python", "in backticks"),
        ("np.log(x1)", 1, "np.log is not a function", "write log(x1)"),
        ("I(x1^2)", 5, "`^` cannot stand here", "I(x**2)"),
        ("x1^2", 1, "a power outside I()", "write I(x1**2)"),
        ("x1**2", 1, "a power outside I()", "write I(x1**2)"),
        ("factor(g)", 1, "factor is not a function", "write C(g)"),
        ("as.factor(g)", 1, "as.factor is not a function", "write C(g)"),
        ("2 * x1", 1, "the number 2 is no regressor", "write I(2 * x)"),
        ("-x1", 1, "nothing stands before the minus", "write I(-x)"),
        ("I(9**9**9 + x1)", 3, "a power is that of a column", "write x**2"),
        ("log(2)", 1, "uses no column", "name a column"),
        ("I(poly(x1, 2) + 1)", 3, "poly(…) stands by itself", "a regressor of its own"),
        ("poly(x1, 99)", 10, "degree is `99`", "from 1 to 10"),
        ("C(g, contr.sum)", 4, "`,` cannot stand here", "`)` is wanted"),
        ("x1 + ", 5, "it ends too soon", "a column is missing"),
        ("x1 ~ x2", 4, "2 signs ~", "outcome ~ u11"),
        ("a*b*c*d*e*f*g*h*i*j*k", 18, "more than 500 terms", "cross fewer"),
        ("(" * 50 + "x1" + ")" * 50, 41, "more than 40 brackets", "simpler"),
        ("x1\u2028+ \u202ex2", 6, "cannot stand here", "wanted here"),
    ],
)
def test_what_a_formula_may_not_say_is_shown_with_what_to_write(
    data: pd.DataFrame, part: str, place: int, told: str, mend: str
) -> None:
    """The finding stands at the very sign that is refused, and says what to write in its stead."""
    with pytest.raises(InvalidFile) as raised:
        fit_egame12(f"y ~ {part} | 0 | 1 | x3", data)
    (finding,) = raised.value.findings
    assert told in finding.message
    assert mend in finding.mend
    assert finding.column == len("y ~ ") + place


def test_a_long_formula_is_refused_before_it_is_read() -> None:
    """Ten thousand characters are read; more are not."""
    with pytest.raises(InvalidFile, match="has 10026 characters"):
        parse("y ~ " + "x" * 10_010 + " | 0 | 1 | 1", utilities=EGAME12.utilities)


def test_names_that_are_no_words_stand_in_backticks(data: pd.DataFrame) -> None:
    """A name with a hyphen, blanks, dots or brackets is found, by itself and inside a call; brackets call nothing."""
    sample = take_sample(TreeGame(EGAME12), "y ~ `power-balance` + x.y | `a b` | exp(`a b`) | `log(x1)` + größe", data)
    columns = np.hstack(sample.matrices).T[[1, 2, 4, 6, 8, 9]]
    expected = [data["power-balance"], data["x.y"], data["a b"], np.exp(data["a b"]), data["log(x1)"], data["größe"]]
    assert np.array_equal(columns, expected)


def test_whole_numbers_do_not_overflow(data: pd.DataFrame) -> None:
    """The twentieth power of a hundred thousand is 1e100, though no whole number of 64 bits."""
    table = data.assign(n=np.where(data.x1 > 0, 100_000, 1))
    sample = take_sample(TreeGame(EGAME12), "y ~ I(n**20) | 0 | 1 | 1", table)
    assert sample.matrices[0][:, 1].max() == pytest.approx(1e100)


def test_a_column_that_is_called_as_a_function_is(data: pd.DataFrame) -> None:
    """A column named log is a regressor like any other; where the formula calls log as well it is not known which."""
    table = data.assign(log=data.x1)
    assert take_sample(TreeGame(EGAME12), "y ~ log | 0 | 1 | 1", table).design.names[1] == "u11:log"
    with pytest.raises(InvalidFile, match="log is a column and a function here"):
        take_sample(TreeGame(EGAME12), "y ~ log + log(x1) | 0 | 1 | 1", table)


@pytest.mark.parametrize("block", range(8))
def test_formulas_that_are_right_give_what_they_say(data: pd.DataFrame, block: int) -> None:
    """Sums of made-up regressors become columns with the very numbers that plain arithmetic gives."""
    for number in range(block, SOAK // 8, 8):
        random = Random(f"right {number}")  # noqa: S311 (a seeded trial)
        terms = [right_term(random, data) for _ in range(random.randint(1, 4))]
        text = " + ".join(dict(terms))
        try:
            sample = take_sample(TreeGame(EGAME12), f"y ~ {text} | 0 | 1 | 1", data)
        except NotIdentified:
            continue  # two of the terms say the same
        except InvalidFile as error:
            assert "infinite or not a number" in str(error), text  # noqa: PT017 (what else could be said is a fault)
            continue
        made, expected = list(sample.matrices[0].T), list(dict(terms).values())
        for values in expected:
            assert any(np.allclose(values, each, rtol=1e-12) for each in made), text
        assert len(made) == len(expected) + 1, text


@pytest.mark.parametrize("block", range(8))
def test_no_formula_runs_anything(data: pd.DataFrame, tmp_path: Path, block: int) -> None:
    """Made-up, broken and hostile formulas end in a finding or in numbers, and never write, call or import."""
    canary = tmp_path / "canary"
    hostile = hostile_pieces(canary)
    table = data.assign(**dict.fromkeys(hostile, data.x1))  # a stranger names the columns as well
    accepted = 0
    with told_to_the_system() as events:
        for number in range(block, SOAK, 8):
            random = Random(f"any {number}")  # noqa: S311 (a seeded trial)
            text = any_formula(random, data, hostile)
            try:
                take_sample(TreeGame(EGAME12), text, table)
                accepted += 1
                if number % 50 == 0:
                    fit_egame12(text, table)
            except FoedusError:
                pass
    assert not canary.exists()
    assert not events
    assert accepted > SOAK // 8 // 100  # a trial in which everything is refused at the door would show little


def right_term(random: Random, data: pd.DataFrame) -> tuple[str, np.ndarray]:
    """Return a regressor as a formula writes it, with its values."""
    kind = random.randrange(4)
    text, values = arithmetic(random, data, depth=random.randint(1, 3))
    if kind == 0:
        (one, first), (two, second) = sorted((column(random, data), column(random, data)), key=lambda each: each[0])
        return (f"{one}:{two}", first * second) if one != two else (one, first)
    if kind == 1:
        return f"log(abs({text}) + 1)", np.log(np.abs(values) + 1)
    if kind == 2:
        return f"I(({text}) * ({text} > 0.1))", values * (values > 0.1)
    return f"I({text})", values


def arithmetic(random: Random, data: pd.DataFrame, *, depth: int) -> tuple[str, np.ndarray]:
    """Return an expression with its values; it names a column at least."""
    if depth == 0:
        return column(random, data)
    text, values = arithmetic(random, data, depth=depth - 1)
    number = random.choice(["2", "0.5", "3e-1", "1"])
    match random.randrange(6):
        case 0:
            return f"({text}) + {number}", values + float(number)
        case 1:
            return f"{number} * ({text})", float(number) * values
        case 2:
            return f"({text})**2", values**2
        case 3:
            return f"-({text})", -values
        case 4:
            other, more = column(random, data)
            return f"({text}) - {other}", values - more
        case _:
            return f"({text})/{number}", values / float(number)


def column(random: Random, data: pd.DataFrame) -> tuple[str, np.ndarray]:
    """Return a column's name with its values."""
    name = random.choice(["x1", "x2", "x3", "x4", "power-balance", "a b", "x.y"])
    return (name if name.isidentifier() else f"`{name}`"), data[name].to_numpy()


def hostile_pieces(canary: Path) -> list[str]:
    """Return texts that would write the canary, were they run."""
    write = f"open('{canary}','w')"
    double = write.replace("'", '"')
    return [
        write,
        double,
        f"__import__('pathlib').Path('{canary}').touch()",
        f'__import__("os").system("touch {canary}")',
        f"{{{write}}}",
        f"I({double})",
        f"C(g, {double})",
        f"x1) + {double} + (x1",
        f"x1' + {write} + '",
        f'np.save("{canary}", x1)',
        f"x1.to_csv('{canary}')",
        f"(lambda: {write})()",
        f"[{write} for _ in (1,)]",
        f"x1[{write}]",
        f"exec({double!r})",
        f"eval('{write.replace(chr(39), chr(34))}')",
        "().__class__.__base__.__subclasses__()",
        f"poly(x1, degree={double})",
        f"x1 if {double} else x2",
        f"(y := {double})",
    ]


def any_formula(random: Random, data: pd.DataFrame, hostile: list[str]) -> str:
    """Return a formula made of right, hostile and broken pieces."""
    parts, is_tame = [], random.random() < 0.5
    for _ in range(4 if is_tame else random.choice([4, 4, 4, 3, 5])):
        pieces = [right_term(random, data)[0], "1", "0", "x3", "C(g)", "g", "poly(x2, 2)", "bs(x1, df=4)", "x1*x2*g"]
        quoted = [f"`{random.choice(hostile)}`", f"log(`{random.choice(hostile)}`)", random.choice(hostile)]
        piece = random.choice([*pieces, *(quoted[:1] if is_tame else quoted)])
        parts.append(
            piece + random.choice(["", "", " + x4", ""] if is_tame else ["", " - 1", ":x2", "**2", " +", "^2"])
        )
    observed = random.choice(["y", "`y`"] if is_tame else ["y", "`y`", "y + x1", random.choice(hostile)])
    text = f"{observed} ~ {' | '.join(parts)}"
    for _ in range(random.choice([0, 0, 0, 1] if is_tame else [0, 1, 3])):
        place = random.randrange(len(text))
        sign = random.choice([*"()[]{}`'\"|~+-*/^.,:;@%=<>\\\n\t\0 _x1\u2028\u202eé", "**", "lambda "])
        text = text[:place] + random.choice([sign, ""]) + text[place + random.choice([0, 1]) :]
    return text


class told_to_the_system:  # noqa: N801 (it stands in a `with`)
    """Notes what is asked of the system while a block runs: processes, sockets, files written."""

    events: list[str] = []  # noqa: RUF012 (one hook serves all, since Python cannot take it away again)
    is_on = False
    is_hooked = False

    def __enter__(self) -> list[str]:
        if not self.__class__.is_hooked:
            sys.addaudithook(self._hear)
            self.__class__.is_hooked = True
        self.events.clear()
        self.__class__.is_on = True
        return self.events

    def __exit__(self, *_: object) -> None:
        self.__class__.is_on = False

    @classmethod
    def _hear(cls, event: str, arguments: tuple[object, ...]) -> None:
        is_written = event == "open" and str(arguments[1]).startswith(("w", "a", "x"))
        if cls.is_on and (is_written or event in ("os.system", "subprocess.Popen", "socket.connect", "os.exec")):
            cls.events.append(f"{event} {arguments}")
