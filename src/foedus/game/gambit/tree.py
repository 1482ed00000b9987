"""One or two periods of the game as an extensive form in Gambit's .efg format, for somebody else's solver."""

import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from foedus.game.gambit.payoffs import PeriodEnding, PeriodHistory, cell, foreseen, noise, period_endings, received
from foedus.game.gambit.truncation import NEVER, left_out
from foedus.game.plain.board import Board
from foedus.values.arrays import FloatArray
from foedus.values.words import Determination, Threat, Tier

Key = tuple[object, ...]
MOST_ENDS = 100_000
"""Ends of the largest tree that is written."""
LABELS = (
    "Information sets: conduct; threat (conduct); proposal (type, determination); join (guarantor, type, "
    "determination, tier); persist (conduct, threat, determination, tier). In the second period the public state comes "
    "first: determination and tier of the first (- where nothing could be learned), balance, slices lost. Actions are "
    "the numbers of docs/theory.md, section 1. Payoffs are divided by each player's lam: solve at lambda = 1."
)


class TooLarge(ValueError):
    """A tree with more ends than anybody could solve."""


def one_period_efg(board: Board, *, state: tuple[int, int, int], ending: FloatArray | None = None) -> str:
    """Return the period that starts in ``state`` (b, k, s) as the text of an .efg file; see `periods_efg`."""
    return periods_efg(board, state=state, periods=1, ending=ending)


def periods_efg(
    board: Board,
    *,
    state: tuple[int, int, int],
    periods: int,
    ending: FloatArray | None = None,
    remarks: Sequence[str] = (),
    most_ends: int = MOST_ENDS,
) -> str:
    """Return one or two periods from ``state`` (b, k, s) as the text of an .efg file.

    Each player's payoffs are divided by its lam, so that Gambit's agent logit equilibrium at lambda = 1 is the
    equilibrium of docs/theory.md. Players: "P", "A", then "G0", "G1", ..., the guarantors only if some tier may be
    proposed; in a second period "P'", "A'", "G0'", ..., since in the game everybody is a fresh agent in every period.

    ``ending`` (slices lost in the end, party, n, e) are the discounted values that follow the last period, whose n and
    e are meant, or anything that broadcasts to this shape; nothing follows by default.

    ``remarks`` are put into the comment of the file, before what the tree leaves out and how its labels read.

    Raises:
        ValueError: ``periods`` is neither 1 nor 2.
        TooLarge: the tree has more than ``most_ends`` ends.
    """
    if periods not in (1, 2):
        raise ValueError(f"periods_efg: periods must be 1 or 2, is {periods}")
    after = np.broadcast_to(np.zeros(()) if ending is None else ending, (board.grid.slices, 4, 5, 4))
    tree = _Tree(board=board, periods=periods, ending=after, sets={}, ends=itertools.count(1), most_ends=most_ends)
    title = f"guarantee game, {periods} period{'s' if periods > 1 else ''}"
    names = " ".join(f'"{name}"' for name in tree.players)
    comment = " ".join([*remarks, *left_out(board, periods=periods, state=state), LABELS]).replace('"', "'")
    return "\n".join([f'EFG 2 R "{title}" {{ {names} }}', f'"{comment}"', *tree.first(state), ""])


@dataclass(frozen=True)
class _Tree:
    """Writes the tree in prefix order; ``sets`` numbers each player's information sets as they are met.

    A period is written for a public state ``seen`` and the paths of the periods ``before``, each with its course.
    """

    board: Board
    periods: int
    ending: FloatArray
    sets: dict[object, dict[Key, int]]
    ends: Iterator[int]
    most_ends: int
    seen: Key = ()
    before: tuple[PeriodHistory, PeriodEnding] | None = None

    @property
    def tiers(self) -> list[int]:
        """Tiers that may be proposed."""
        return [r for r in range(4) if r == Tier.NONE or not self.board.compiled.blocked[r]]

    @property
    def players(self) -> list[str]:
        """Players of the first period, then of the second."""
        names = ["P", "A"]
        if len(self.tiers) > 1:
            names += [f"G{i}" for i in range(len(self.board.compiled.weight))]
        return [name + "'" * later for later in range(self.periods) for name in names]

    def first(self, state: tuple[int, int, int]) -> Iterator[str]:
        """Write everything: first the coalition's type, if it ever matters."""
        b, k, s = state
        if len(self.tiers) == 1:
            yield from self._period(PeriodHistory(k=k, s=s, th=0))
            return
        belief = Fraction(float(self.board.belief.ravel()[b]))
        yield self._chance("type", {"0": 1 - belief, "1": belief})
        for th in range(2):
            yield from self._period(PeriodHistory(k=k, s=s, th=th))

    def _period(self, path: PeriodHistory) -> Iterator[str]:
        yield self._choice(player=1, label=("conduct",), actions=range(2))
        for g in range(2):
            yield self._choice(player=2, label=("threat", g), actions=range(4))
            for act in range(4):
                yield from self._determination(dataclasses.replace(path, g=g, act=act))

    def _determination(self, path: PeriodHistory) -> Iterator[str]:
        row = self.board.compiled.confusion[path.g, path.act].tolist()
        found = {str(n): Fraction(x) for n, x in enumerate(row) if x > 0}
        yield self._chance("determination", found)
        for n in map(int, found):
            with_n = dataclasses.replace(path, n=n)
            yield from (self._respond(with_n) if not self._answers(n) else self._proposal(with_n))

    def _answers(self, n: int) -> bool:
        """Tell whether guarantors are consulted on ``n``."""
        return n != Determination.NO_BREACH and len(self.tiers) > 1

    def _proposal(self, path: PeriodHistory) -> Iterator[str]:
        leader = 3 + self.board.compiled.proposer
        yield self._choice(player=leader, label=("proposal", path.th, path.n), actions=self.tiers)
        for r in self.tiers:
            proposed = dataclasses.replace(path, r=r)
            yield from (self._respond(proposed) if r == Tier.NONE else self._join(proposed))

    def _join(self, path: PeriodHistory) -> Iterator[str]:
        compiled, i = self.board.compiled, len(path.joined)
        if i == len(compiled.weight):
            stands = np.array(path.joined)
            enough = compiled.weight[stands].sum() >= compiled.quorum[path.r] and not np.any(compiled.must & ~stands)
            yield from self._respond(dataclasses.replace(path, executed=path.r if enough else 0))
            return
        answers = [1] if i == compiled.proposer else [0, 1]
        if i != compiled.proposer:
            yield self._choice(player=3 + i, label=("join", i, path.th, path.n, path.r), actions=answers)
        for answer in answers:
            yield from self._join(dataclasses.replace(path, joined=(*path.joined, bool(answer))))

    def _respond(self, path: PeriodHistory) -> Iterator[str]:
        if path.act < Threat.SEIZE or path.executed < Tier.DEPLOY:
            yield from self._close(path)
            return
        label = ("persist", path.g, path.act, path.n, path.executed)
        yield self._choice(player=2, label=label, actions=range(2))
        for answer in range(2):
            yield from self._close(dataclasses.replace(path, persists=bool(answer)))

    def _close(self, path: PeriodHistory) -> Iterator[str]:
        """End the tree, or go on to the next period."""
        may_come = period_endings(path, board=self.board)
        is_last = self.before is not None or self.periods == 1
        if is_last:
            worth = sum(
                x * (cell(path, course, board=self.board) + self._after(path, course)) for course, x in may_come.items()
            )
            yield self._end(path, np.asarray(worth))
        elif PeriodEnding.WAR in may_come:
            yield self._end(path, cell(path, PeriodEnding.WAR, board=self.board))
        else:
            yield from self._go_on(path, may_come)

    def _go_on(self, path: PeriodHistory, may_come: Mapping[PeriodEnding, float]) -> Iterator[str]:
        """Let chance draw what was taken, the next balance and whether governments change."""
        move, f = self.board.transition[path.executed, path.k], self.board.future
        drawn = (1.0 - f.prior, f.prior)
        types = {th: f.turnover * drawn[th] + (1.0 - f.turnover) * (th == path.th) for th in range(2)}
        if len(self.tiers) == 1:
            types = {0: 1.0}
        nexts = {
            (course, k, th): x * float(move[k]) * y
            for course, x in may_come.items()
            for k in range(len(move))
            for th, y in types.items()
        }
        chances = {key: Fraction(x) for key, x in nexts.items() if x > NEVER}
        yield self._chance("next", {f"{c.name.lower()} {k} {th}": x for (c, k, th), x in chances.items()})
        lesson: Key = (path.n, path.executed) if self._answers(path.n) else ("-", "-")
        for course, k, th in chances:
            s = path.s + (course is PeriodEnding.TAKEN)
            later = dataclasses.replace(self, seen=(*lesson, k, s), before=(path, course))
            yield from later._period(PeriodHistory(k=k, s=s, th=th))

    def _after(self, path: PeriodHistory, course: PeriodEnding) -> FloatArray:
        """Return (party) what follows the last period."""
        if course is PeriodEnding.WAR:
            return np.zeros(4)
        return np.asarray(self.ending[path.s + (course is PeriodEnding.TAKEN), :, path.n, path.executed])

    def _end(self, path: PeriodHistory, worth: FloatArray) -> str:
        """Write an end: the payoff of everybody, in units of its own noise."""
        board = self.board
        own = received(path, worth, board=board)
        if self.before is not None:
            first, course = self.before
            earlier = received(first, cell(first, course, board=board), board=board)
            rows = [earlier + foreseen(path, worth, board=board), own]
        else:
            rows = [own, *[np.zeros_like(own)] * (self.periods - 1)]
        playing = len(self.players) // self.periods
        scaled = np.concatenate([(row / noise(board))[:playing] for row in rows])
        number = next(self.ends)
        if number > self.most_ends:
            raise TooLarge(f"the tree has more than {self.most_ends:,} ends")
        return f't "" {number} "" {{ {" ".join(f"{x:.15f}" for x in scaled)} }}'

    def _chance(self, name: str, chances: Mapping[str, Fraction]) -> str:
        number = self._number(("chance", len(self.sets.get("chance", ()))))
        total = sum(chances.values())
        actions = " ".join(f'"{action}" {x / total}' for action, x in chances.items())
        return f'c "" {number} "{name} {number}" {{ {actions} }} 0'

    def _choice(self, *, player: int, label: Key, actions: Sequence[int]) -> str:
        """Write a choice of a player of this period, numbered from 1 among the period's players."""
        acting = player + (len(self.players) // 2 if self.before is not None else 0)
        listed = " ".join(f'"{a}"' for a in actions)
        name = " ".join(str(part) for part in (*self.seen, *label))
        return f'p "" {acting} {self._number((acting, *self.seen, *label))} "{name}" {{ {listed} }} 0'

    def _number(self, label: Key) -> int:
        mine = self.sets.setdefault(label[0], {})
        return mine.setdefault(label, len(mine) + 1)
