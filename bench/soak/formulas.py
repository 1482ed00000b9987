"""Formulas for `foedus estimate`: right ones, hostile ones and broken ones; none of them is ever run as a program."""

import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
from tests.evidence.structural.made_up import tree_data
from tests.evidence.structural.test_formula_syntax import ODD_NAMES, any_formula, hostile_pieces

from bench.soak.trial import Kind, NotRight
from foedus.evidence.structural import NotIdentified
from foedus.evidence.structural.egame.egame import TreeGame
from foedus.evidence.structural.likelihood.trees import EGAME12
from foedus.evidence.structural.table.sample import take_sample


def make_formula(random: Random) -> str:
    """Return a formula of right, hostile and broken pieces."""
    return any_formula(random, _table(), hostile_pieces(_canary()))


def use_formula(text: str) -> None:
    """Set the model up from a table; whatever is in the formula, the canary is not written."""
    with suppress(NotIdentified):  # an answer too: the data do not tell these terms apart
        take_sample(TreeGame(EGAME12), text, _table())
    if _canary().exists():
        raise NotRight("a formula was run")


FORMULAS = Kind("formulas", make_formula, use_formula)


@cache
def _canary() -> Path:
    return Path(tempfile.mkdtemp(prefix="foedus-soak-")) / "canary"


@cache
def _table() -> pd.DataFrame:
    table = tree_data("egame12", rows=120, seed=1)
    random = np.random.default_rng(2)
    table["g"] = np.array(list("abcd"))[np.arange(120) % 4]
    return table.assign(**{name: random.standard_normal(120) for name in ODD_NAMES})
