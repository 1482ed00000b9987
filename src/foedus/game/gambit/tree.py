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
from foedus.game.plain.stage import LOOKS_LIKE
from foedus.values.arrays import FloatArray
from foedus.values.words import Determination, Ground, Threat, Tier

Key = tuple[object, ...]
MOST_ENDS = 100_000
"""Ends of the largest tree that is written."""
LABELS = (
    "Information sets: conduct; threat (what is seen: 0 nothing, 1 an incident); proposal (type, determination); join "
    "(guarantor, type, determination, tier); persist (what is seen, threat, determination, tier); resist (ground, "
    "determination, tier); defend (type, governing finding, tier); fight (guarantor, type, governing finding, tier). "
    "In the second period the public state comes first: determination and tier of the first (- where nothing could be "
    "learned), balance, slices lost. Actions are the numbers of docs/theory.md, section 1; for persist, resist, "
    "defend and fight 1 is yes. W0, W1, ... are the guarantors once war is on. Payoffs are divided by each player's "
    "lam: solve at lambda = 1."
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
    equilibrium of docs/theory.md. Players: "P", "A", then the guarantors in the crisis "G0", "G1", ... if some tier may
    be proposed, and once war is on "W0", "W1", ... if defence may be; in a second period "P'", "A'", "G0'", ..., since
    in the game everybody is a fresh agent in every period.

    ``ending`` (slices lost in the end, party, n, e) are the discounted values that follow the last period, whose n and
    e are meant, or anything that broadcasts to this shape; nothing follows by default.

    ``remarks`` are put into the comment of the file, before what the tree leaves out and how its labels read.

    Raises:
        ValueError: ``periods`` is neither 1 nor 2.
        TooLarge: the tree has more than ``most_ends`` ends.
    """
    if periods not in (1, 2):
        raise ValueError(f"periods_efg: periods must be 1 or 2, is {periods}")
    after = np.broadcast_to(np.zeros(()) if ending is None else ending, (board.grid.slices, 4, 5, 3))
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
        """Tiers that may be proposed in the crisis."""
        return [r for r in range(Tier.DEFEND) if r == Tier.NONE or not self.board.compiled.blocked[r]]

    @property
    def may_defend(self) -> bool:
        """Whether defence may be proposed once war is on."""
        return not self.board.compiled.blocked[Tier.DEFEND]

    @property
    def types_matter(self) -> bool:
        """Whether guarantors ever decide anything."""
        return len(self.tiers) > 1 or self.may_defend

    @property
    def seats(self) -> list[int]:
        """Which of a period's players (see `received`) have something to decide."""
        members = len(self.board.compiled.weight)
        in_crisis, in_war = range(2, 2 + members), range(2 + members, 2 + 2 * members)
        return [0, 1, *(in_crisis if len(self.tiers) > 1 else ()), *(in_war if self.may_defend else ())]

    @property
    def players(self) -> list[str]:
        """Players of the first period, then of the second."""
        members = len(self.board.compiled.weight)
        everybody = ["P", "A", *[f"{stage}{i}" for stage in "GW" for i in range(members)]]
        return [everybody[seat] + "'" * later for later in range(self.periods) for seat in self.seats]

    def first(self, state: tuple[int, int, int]) -> Iterator[str]:
        """Write everything: first the coalition's type, if it ever matters."""
        b, k, s = state
        if not self.types_matter:
            yield from self._period(PeriodHistory(k=k, s=s, th=0))
            return
        belief = Fraction(float(self.board.belief.ravel()[b]))
        yield self._chance("type", {"0": 1 - belief, "1": belief})
        for th in range(2):
            yield from self._period(PeriodHistory(k=k, s=s, th=th))

    def _period(self, path: PeriodHistory) -> Iterator[str]:
        yield self._choice(seat=0, label=("conduct",), actions=range(2))
        phi = self.board.accident
        restrained = {g: x for g, x in ((Ground.QUIET, 1.0 - phi), (Ground.ACCIDENT, phi)) if x > 0.0}
        yield self._chance("ground", {str(int(g)): Fraction(x) for g, x in restrained.items()})
        for ground in (*restrained, Ground.PROVOCATION):
            yield from self._threat(dataclasses.replace(path, ground=ground))

    def _threat(self, path: PeriodHistory) -> Iterator[str]:
        yield self._choice(seat=1, label=("threat", LOOKS_LIKE[path.ground]), actions=range(4))
        for act in range(4):
            yield from self._determination(dataclasses.replace(path, act=act))

    def _determination(self, path: PeriodHistory) -> Iterator[str]:
        row = self.board.compiled.confusion[path.ground, path.act].tolist()
        found = {str(n): Fraction(x) for n, x in enumerate(row) if x > 0}
        yield self._chance("determination", found)
        for n in map(int, found):
            with_n = dataclasses.replace(path, n=n)
            yield from (self._respond(with_n) if not self._answers(n) else self._proposal(with_n))

    def _answers(self, n: int) -> bool:
        """Tell whether guarantors are consulted on ``n``."""
        return n != Determination.NO_BREACH and len(self.tiers) > 1

    def _proposal(self, path: PeriodHistory) -> Iterator[str]:
        leader = 2 + self.board.compiled.proposer
        yield self._choice(seat=leader, label=("proposal", path.th, path.n), actions=self.tiers)
        for r in self.tiers:
            proposed = dataclasses.replace(path, r=r)
            yield from (self._respond(proposed) if r == Tier.NONE else self._join(proposed))

    def _join(self, path: PeriodHistory) -> Iterator[str]:
        compiled, i = self.board.compiled, len(path.joined)
        if i == len(compiled.weight):
            executed = path.r if self._suffices(path.joined, tier=path.r) else Tier.NONE
            yield from self._respond(dataclasses.replace(path, executed=executed))
            return
        answers = [1] if i == compiled.proposer else [0, 1]
        if i != compiled.proposer:
            yield self._choice(seat=2 + i, label=("join", i, path.th, path.n, path.r), actions=answers)
        for answer in answers:
            yield from self._join(dataclasses.replace(path, joined=(*path.joined, bool(answer))))

    def _suffices(self, joined: tuple[bool, ...], *, tier: int) -> bool:
        """Tell whether those who join reach the quorum and no required member stands aside."""
        compiled, stands = self.board.compiled, np.array(joined)
        return bool(compiled.weight[stands].sum() >= compiled.quorum[tier] and not np.any(compiled.must & ~stands))

    def _respond(self, path: PeriodHistory) -> Iterator[str]:
        if path.act < Threat.SEIZE:
            yield from self._close(path)
        elif path.n == Determination.NO_BREACH:
            yield from self._carry_through(path)
        else:
            label = ("persist", LOOKS_LIKE[path.ground], path.act, path.n, path.executed)
            yield self._choice(seat=1, label=label, actions=range(2))
            yield from self._close(dataclasses.replace(path, persists=False))
            yield from self._carry_through(path)

    def _carry_through(self, path: PeriodHistory) -> Iterator[str]:
        if path.act == Threat.INVADE:
            yield from self._war(path)
            return
        label = ("resist", int(path.ground), path.n, path.executed)
        yield self._choice(seat=0, label=label, actions=range(2))
        yield from self._close(path)
        yield from self._war(dataclasses.replace(path, resists=True))

    def _war(self, path: PeriodHistory) -> Iterator[str]:
        if not self.may_defend:
            yield from self._close(path)
            return
        compiled = self.board.compiled
        leader = 2 + len(compiled.weight) + compiled.proposer
        yield self._choice(seat=leader, label=("defend", *self._war_state(path)), actions=range(2))
        yield from self._close(path)
        yield from self._fight(dataclasses.replace(path, is_proposed=True))

    def _fight(self, path: PeriodHistory) -> Iterator[str]:
        compiled, i = self.board.compiled, len(path.fighting)
        if i == len(compiled.weight):
            is_defended = self._suffices(path.fighting, tier=Tier.DEFEND)
            yield from self._close(dataclasses.replace(path, is_defended=is_defended))
            return
        answers = [1] if i == compiled.proposer else [0, 1]
        if i != compiled.proposer:
            label = ("fight", i, *self._war_state(path))
            yield self._choice(seat=2 + len(compiled.weight) + i, label=label, actions=answers)
        for answer in answers:
            yield from self._fight(dataclasses.replace(path, fighting=(*path.fighting, bool(answer))))

    def _war_state(self, path: PeriodHistory) -> tuple[int, int, int]:
        """Return what bears on a decision about defence: type, governing finding, tier executed before."""
        return path.th, int(self.board.compiled.governs[path.act - Threat.SEIZE, path.n]), int(path.executed)

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
        if not self.types_matter:
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
        scaled = np.concatenate([(row / noise(board))[self.seats] for row in rows])
        number = next(self.ends)
        if number > self.most_ends:
            raise TooLarge(f"the tree has more than {self.most_ends:,} ends")
        return f't "" {number} "" {{ {" ".join(f"{x:.15f}" for x in scaled)} }}'

    def _chance(self, name: str, chances: Mapping[str, Fraction]) -> str:
        number = self._number(("chance", len(self.sets.get("chance", ()))))
        total = sum(chances.values())
        actions = " ".join(f'"{action}" {x / total}' for action, x in chances.items())
        return f'c "" {number} "{name} {number}" {{ {actions} }} 0'

    def _choice(self, *, seat: int, label: Key, actions: Sequence[int]) -> str:
        """Write a choice of one of this period's players."""
        acting = 1 + self.seats.index(seat) + (len(self.seats) if self.before is not None else 0)
        listed = " ".join(f'"{a}"' for a in actions)
        name = " ".join(str(part) for part in (*self.seen, *label))
        return f'p "" {acting} {self._number((acting, *self.seen, *label))} "{name}" {{ {listed} }} 0'

    def _number(self, label: Key) -> int:
        mine = self.sets.setdefault(label[0], {})
        return mine.setdefault(label, len(mine) + 1)
