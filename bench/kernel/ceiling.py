"""The operations of a sweep, and its time beside what this machine could do: `python -m bench.kernel.ceiling`.

The count walks the kernel's source: every vector operation in `_answer`, `_quiet`, `_choose` and `look_ahead`, loops as
often as they turn, functions as often as they are called, for one column of the grid in which no tier is blocked. The
ceiling is the time that these operations take one kind after the other, each at the highest rate that a loop of nothing
else reaches in registers or the first cache; sums and products as if each two were one fused instruction. A sweep
overlaps kinds; but it also loads and stores, which is not counted.
"""

import argparse
import ast
import inspect
import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from time import perf_counter
from types import SimpleNamespace
from typing import Any

import numpy as np

from bench.games.designs import designs, futures
from bench.measuring.repeats import print_table, short, spread
from foedus.game import Grid
from foedus.game.kernel import ahead, lanes, sweep
from foedus.game.kernel.jit import compiled
from foedus.game.kernel.lanes import LANES, exp, load, log, look_up, store, whole
from foedus.game.kernel.pack import derive, narrow, odds_of, pack_clauses, pack_future
from foedus.game.kernel.room import ENTRIES, make_room, on_lines, start
from foedus.game.kernel.sweep import sweep as take_sweep

ROUNDS, SWEEPS = 200_000, 1000
SIMPLE = {"higher_of": 2, "lower_of": 2, "pick": 1, "floor": 1, "whole": 1, "absolute": 1, "next_lane": 1}
"""Vector operations of the kernel's small functions."""
SINGLES = frozenset(
    {"f", "v", "n", "e", "p", "g", "th", "threat", "last", "points", "first", "at", "RESPONSE", "THREAT"}
)
"""Names in the kernel's source that stand for single numbers."""


def main() -> None:
    """Print the count, the rates, and the share of the ceiling that a sweep reaches in either precision."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    count = count_operations()
    print(
        f"one column of 16 beliefs, one sweep: {count['arithmetic']} sums, products and picks, "
        f"{count['divide']} quotients, {count['exp']} exponentials, {count['log']} logarithms, "
        f"{count['look_up']} look-ups of a belief, {count['look_up_wide']} of the response table\n"
    )
    rows = []
    for dtype in (np.float32, np.float64):
        rates = {name: [_rate(work, dtype) for _ in range(options.repeats)] for name, work in _WORKS.items()}
        times = [_column_seconds(dtype) for _ in range(options.repeats)]
        best = {name: max(each) for name, each in rates.items()}
        least = (
            count["arithmetic"] / (2 * best["multiply-add"])
            + count["exp"] / best["exp"]
            + count["log"] / best["log"]
            + (count["look_up"] + 3 * count["look_up_wide"]) / best["look-up"]
            + count["divide"] / best["quotient"]
        )
        rows.append(
            [
                np.dtype(dtype).name,
                *(spread([rate / 1e9 for rate in each]) for each in rates.values()),
                spread([time * 1e9 for time in times]),
                short(least * 1e9),
                f"{100 * least / min(times):.0f} %",
            ]
        )
    print_table(
        [
            "precision",
            *(f"{name}, G vectors/s" for name in _WORKS),
            "a column in a sweep, ns",
            "at these rates, ns",
            "share of the ceiling",
        ],
        rows,
        title=f"One thread, vectors of {LANES}, {options.repeats} repeats:",
    )


def count_operations() -> Counter[str]:
    """Count the vector operations of one column in one sweep, no tier being blocked, in a slice before the last."""
    count = Counter[str]()
    for name, times in (("_answer", 4), ("_quiet", 1), ("_choose", 1)):
        count.update({kind: times * n for kind, n in _count_function(name).items()})
    return count + Counter({"arithmetic": 4 * (4 * 9 + 12)})  # look_ahead: four tiers, nine neighbours, four values


def _count_function(name: str) -> Counter[str]:
    function: Any = getattr(sweep, name, None) or getattr(ahead, name, None) or getattr(lanes, name)
    source = textwrap.dedent(inspect.getsource(getattr(function, "py_func", function)))
    sight = SimpleNamespace(shape=(11, 13, 3, 1))
    known: dict[str, Any] = {
        "v": sight,
        "s": 0,
        "slices": 2,
        "chunks": 1,
        "points": 41,
        "WIDE": sweep.WIDE,
        "n": 1,
        "first": 1,
    }
    tree: Any = ast.parse(source).body[0]
    return _count_body(tree.body, known)


def _count_body(statements: Sequence[Any], known: dict[str, Any]) -> Counter[str]:
    count = Counter[str]()
    for each in statements:
        if isinstance(each, ast.For):
            for turn in _turns(each.iter):
                count += _count_body(each.body, {**known, each.target.id: turn})
        elif isinstance(each, ast.If):
            count += _count_body(each.body if _holds(each.test, known) else each.orelse, known)
        else:
            count += _count_expression(each, known)
            if isinstance(each, ast.Return):
                break
    return count


def _count_expression(node: ast.AST, known: dict[str, Any]) -> Counter[str]:
    count = Counter[str]()
    if isinstance(node, ast.IfExp):
        return _count_expression(node.body if _holds(node.test, known) else node.orelse, known)
    if isinstance(node, ast.BinOp) and not _is_single(node):
        count["divide" if isinstance(node.op, ast.Div) else "arithmetic"] += 1
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        count += _count_call(node.func.id)
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Tuple | ast.Subscript):
            count += _count_expression(child, known)
    return count


def _count_call(name: str) -> Counter[str]:
    if name in ("exp", "log", "look_up", "look_up_wide"):
        return Counter({name: 1})
    if name in SIMPLE:
        return Counter({"arithmetic": SIMPLE[name]})
    if name in ("logistic", "_place", "between", "_executed", "_mean", "index_of"):
        return _count_function(name)
    return Counter()


def _is_single(node: ast.AST) -> bool:
    """Tell whether an expression is one number, not a vector: made of constants, parameters and indices alone."""
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return names <= SINGLES


def _holds(test: ast.expr, known: dict[str, Any]) -> bool:
    """Decide a condition from what is known; conditions on the game are those of a game with every tier open."""
    words = ast.unparse(test)
    if "v.open" in words:
        return ("> 0.0" in words and "== 0.0" not in words) or " or " in words
    if words == "v.is_even":
        return True
    return bool(eval(compile(ast.Expression(test), "<condition>", "eval"), {}, known))  # noqa: S307  our own source


def _turns(loop: Any) -> range:
    return range(*(int(each.value) for each in loop.args))


@compiled
def _multiply_add(row: Any, rounds: int) -> int:
    a, b, c, d = load(row, (0,)), load(row, (1,)), load(row, (2,)), load(row, (3,))
    e, f, g, h = load(row, (4,)), load(row, (5,)), load(row, (6,)), load(row, (7,))
    x, y = load(row, (8,)), load(row, (9,))
    for _ in range(rounds // 8):
        a, b, c, d = a * x + y, b * x + y, c * x + y, d * x + y
        e, f, g, h = e * x + y, f * x + y, g * x + y, h * x + y
    store(row, (0,), a + b + c + d + e + f + g + h)
    return 0


@compiled
def _exponential(row: Any, rounds: int) -> int:
    a, b, c, d = load(row, (0,)), load(row, (1,)), load(row, (2,)), load(row, (3,))
    for i in range(rounds // 4):
        x = load(row, (i % 8,)) + i * 1e-9
        a, b, c, d = a + exp(x), b + exp(x * 0.5), c + exp(x * 0.25), d + exp(x * 0.125)
    store(row, (0,), a + b + c + d)
    return 0


@compiled
def _logarithm(row: Any, rounds: int) -> int:
    a, b, c, d = load(row, (0,)), load(row, (1,)), load(row, (2,)), load(row, (3,))
    for i in range(rounds // 4):
        x = load(row, (i % 8,)) + i * 1e-9
        a, b, c, d = a + log(x), b + log(x * 0.5), c + log(x * 0.25), d + log(x * 0.125)
    store(row, (0,), a + b + c + d)
    return 0


@compiled
def _look(row: Any, rounds: int) -> int:
    a, b, c, d = load(row, (0,)), load(row, (1,)), load(row, (2,)), load(row, (3,))
    e, f, g, h = load(row, (4,)), load(row, (5,)), load(row, (6,)), load(row, (7,))
    index = whole(load(row, (10,)))
    for i in range(rounds // 8):
        at = i % 3
        a, b = a + look_up(row, (at,), index), b + look_up(row, (at + 1,), index)
        c, d = c + look_up(row, (at + 2,), index), d + look_up(row, (at + 3,), index)
        e, f = e + look_up(row, (at + 4,), index), f + look_up(row, (at + 5,), index)
        g, h = g + look_up(row, (at + 6,), index), h + look_up(row, (at + 7,), index)
    store(row, (0,), a + b + c + d + e + f + g + h)
    return 0


@compiled
def _divide(row: Any, rounds: int) -> int:
    a, b, c, d = load(row, (0,)), load(row, (1,)), load(row, (2,)), load(row, (3,))
    for i in range(rounds // 4):
        x = load(row, (i % 8,)) + i * 1e-9
        a, b, c, d = a + 1.0 / x, b + 2.0 / (x + 1.0), c + 3.0 / (x + 2.0), d + 4.0 / (x + 3.0)
    store(row, (0,), a + b + c + d)
    return 0


_WORKS: dict[str, Callable[[Any, int], int]] = {
    "multiply-add": _multiply_add,
    "exp": _exponential,
    "log": _logarithm,
    "look-up": _look,
    "quotient": _divide,
}


def _rate(work: Callable[[Any, int], int], dtype: Any) -> float:
    """Return vectors a second."""
    row = np.full((11, LANES), 0.5, dtype)
    row[10] = np.arange(LANES)
    work(row, 16)
    began = perf_counter()
    work(row, ROUNDS)
    return ROUNDS / (perf_counter() - began)


@compiled
def _sweeps(f: Any, a: Any, game: Any, room: Any, z: Any, new: Any, times: int) -> float:
    residual = 0.0
    for _ in range(times):
        residual += take_sweep(f, a, game, room, z, new, 1, 2, 1.0)
    return residual


def _column_seconds(dtype: Any) -> float:
    """Return what a sweep spends on one column of a slice, every tier being open."""
    grid = Grid()
    f, a = pack_future(next(iter(futures(seed=3, count=1)))), pack_clauses(designs()["article 5, quorum"])
    game = derive(f, a, odds_of(grid), grid.balance, grid.beliefs, grid.slices)
    game = narrow(game) if dtype == np.float32 else game
    room = make_room((grid.beliefs, grid.balances, grid.slices, 1), len(a.x_grid), dtype)
    z, new = (on_lines((grid.balances * grid.slices, ENTRIES, LANES), dtype) for _ in range(2))
    start(z)
    _sweeps(f, a, game, room, z, new, 1)
    began = perf_counter()
    _sweeps(f, a, game, room, z, new, SWEEPS)
    return (perf_counter() - began) / SWEEPS / grid.balances


if __name__ == "__main__":
    main()
