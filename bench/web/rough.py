"""How far rough pictures lie from the exact ones, and what they spare: `python -m bench.web.rough`.

Levers of several texts, each solved in the same futures exactly and roughly, from where the text came to rest as it
was. What a picture shows is the average of the paired differences to that text; a game is at another equilibrium, or
not at rest, where war or territory lost lie more than 0.001 or 0.01 off.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import process_time

import numpy as np

from bench.measuring.repeats import print_table, spread
from foedus.arrangement.library import load_from_library
from foedus.arrangement.record import Arrangement
from foedus.futures.ensemble import Ensemble
from foedus.game.outcomes import column_of
from foedus.jobs.asking.run_settings import RunSettings
from foedus.jobs.explorer.levers import levers_of, pulled
from foedus.jobs.explorer.picture import apart, picture_of
from foedus.jobs.explorer.pieces import (
    AnchoredPiece,
    PieceOrder,
    RoughOrder,
    solve_piece,
    solve_piece_anchored,
    solve_piece_roughly,
)
from foedus.jobs.explorer.terms import full_terms, warm_up
from foedus.values.arrays import FloatArray

_TEXTS = (
    *("ukraine/multinational_force_paris_2026", "ukraine/nato_membership", "ukraine/istanbul_draft_2022"),
    *("ukraine/kyiv_security_compact_2022", "history/korea_1953", "history/locarno_1925"),
)
_MOVED = (
    *("commitments[0].bindingness", "commitments[0].tier", "duties.own_defence", "decision.rule"),
    *("deployments[0].forces", "preparation", "consents.response", "balance.log_ratio", "interest"),
)
"""Levers that are moved where a text has them, each to its first and last answer that is not the text's own."""


@dataclass(frozen=True)
class _Tried:
    """One lever of one text."""

    text: str
    lever: str
    effect: float
    """Average difference in the chance of war that the lever makes, exactly."""
    off: float
    """How far the rough picture was off."""
    gaps: FloatArray
    """(game) how far war or territory lost lie off, the larger."""
    exact_seconds: float
    rough_seconds: float


def main() -> None:
    """Print a table and what it comes to."""
    parser = argparse.ArgumentParser(prog="python -m bench.web.rough", description=__doc__)
    parser.add_argument("--futures", type=int, default=40)
    parser.add_argument("--texts", nargs="+", default=_TEXTS)
    options = parser.parse_args()
    warm_up()
    run = full_terms(futures=options.futures)
    tried = [each for name in options.texts for each in _levers_tried(name, run)]
    rows = [
        (each.text, each.lever, f"{100 * each.effect:+.2f}", f"{100 * each.off:.2f}", *_shares([each]))
        for each in tried
    ]
    columns = ("text", "lever", "war, exact", "rough off by", "games > 0.001 off, %", "> 0.01 off, %")
    print_table(columns, rows, title=f"Average differences in {options.futures} futures, in points")
    print(f"Rough pictures are off by {spread([100 * each.off for each in tried])} points, {len(tried)} levers;")
    print("of all games {} % are more than 0.001 off and {} % more than 0.01.".format(*_shares(tried)))
    games = len(tried) * options.futures
    exact, rough = (1000 * sum(getattr(each, f"{way}_seconds") for each in tried) / games for way in ("exact", "rough"))
    print(f"Processor time of a game, the compiling of its text included: exact {exact:.1f} ms, rough {rough:.1f} ms.")


def _shares(tried: list[_Tried]) -> tuple[str, str]:
    gaps = np.concatenate([each.gaps for each in tried])
    above = [f"{100 * np.mean(gaps > least):.1f}" for least in (0.001, 0.01)]
    return above[0], above[1]


def _levers_tried(name: str, run: RunSettings) -> Iterator[_Tried]:
    text = load_from_library(name)
    saved = solve_piece_anchored(PieceOrder(text, run, 0, run.futures))
    for path, value, moved in _moved(text):
        yield _try(name, f"`{path}: {value}`", PieceOrder(moved, run, 0, run.futures), saved)


def _moved(text: Arrangement) -> Iterator[tuple[str, str, Arrangement]]:
    for lever in levers_of(text):
        others = [each.value for each in lever.answers if each.value not in ("", lever.value)]
        for value in dict.fromkeys(others[:1] + others[-1:]) if lever.path in _MOVED else ():
            moved = pulled(text, path=lever.path, value=value)
            if moved is not None:
                yield lever.path, value, moved


def _try(name: str, lever: str, order: PieceOrder, saved: AnchoredPiece) -> _Tried:
    began = process_time()
    exact = solve_piece(order)
    between = process_time()
    rough = solve_piece_roughly(RoughOrder(order, saved.anchors))
    ended = process_time()
    # only futures that the exact picture shows
    rough = replace(rough, converged=rough.converged & exact.converged)
    right, seen = (picture_of([each], [saved.ensemble], run=order.run) for each in (exact, rough))
    return _Tried(
        text=name,
        lever=lever,
        effect=right.lines[0].difference.mean.value,
        off=apart(seen, right),
        gaps=_gaps(rough, exact),
        exact_seconds=between - began,
        rough_seconds=ended - between,
    )


def _gaps(rough: Ensemble, exact: Ensemble) -> FloatArray:
    columns = [column_of(name) for name in ("war", "lost")]
    gaps: FloatArray = np.abs(rough.outcomes - exact.outcomes)[:, 0, columns].max(axis=1)
    return gaps[exact.converged[:, 0]]


if __name__ == "__main__":
    main()
