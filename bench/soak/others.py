"""Claims with mistakes, and the arrays of a game with numbers that are none."""

import json
from functools import cache
from random import Random
from typing import Any

from bench.soak.texts import CHANGES
from bench.soak.trial import Kind, NotRight
from foedus.futures.parameters.load import default_parameters
from foedus.game import Grid
from foedus.insight.claims.load import packaged_claims, read_claim
from foedus.jobs.explain import compile_text
from foedus.jobs.solve import SolveRequest, example_future, solve_game

_NUMBERS: tuple[Any, ...] = (-1, 0, 2, 1e300, -1e300, float("nan"), float("inf"), 40, True, None, "1", [], {}, 10**40)


def make_claim(random: Random) -> str:
    """Return a packaged claim with one to four changes."""
    text = random.choice(_claims())
    for _ in range(random.choice([1, 1, 2, 4])):
        text = random.choice(CHANGES)(text, random)
    return text


def use_claim(text: str) -> None:
    """Read it."""
    read_claim(text, file="<made>", parameters=default_parameters())


def make_game(random: Random) -> str:
    """Return an arrangement's arrays and a future as JSON, some numbers replaced."""
    game = json.loads(_game())
    for _ in range(random.choice([0, 1, 1, 2])):
        part = game[random.choice(["compiled", "future"])]
        key = random.choice(list(part))
        part[key] = _spoilt(part[key], random)
    return json.dumps(game)


def use_game(text: str) -> None:
    """Solve it on a small grid; what counts as solved is finite, and its chances lie between 0 and 1."""
    game = json.loads(text)
    asked = SolveRequest(
        game["compiled"], game["future"], grid=Grid(4, 4, 2), horizon_periods=4, tolerance=1e-4, max_sweeps=300
    )
    solution = solve_game(asked).solution
    if solution.is_converged and not solution.outcome.is_possible:
        raise NotRight("an outcome that cannot be counts as solved")


CLAIMS = Kind("claims", make_claim, use_claim)
GAMES = Kind("games in arrays", make_game, use_game)


def _spoilt(value: Any, random: Random) -> Any:
    if isinstance(value, list) and value and random.random() < 0.7:
        place = random.randrange(len(value))
        return [*value[:place], _spoilt(value[place], random), *value[place + 1 :]]
    return random.choice(_NUMBERS)


@cache
def _claims() -> tuple[str, ...]:
    return tuple(file.read_text(encoding="utf-8") for file in packaged_claims().values())


@cache
def _game() -> str:
    arrays = compile_text("ukraine/no_guarantee", parameters=default_parameters()).to_data()
    return json.dumps({"compiled": arrays, "future": example_future()})
