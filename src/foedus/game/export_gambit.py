"""One period of the game as an extensive form in Gambit's .efg format, for solution by somebody else's solver."""

import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from foedus.game.plain.board import ADVERSARY, LOW, PROTECTED, Board
from foedus.values.words import Determination, Threat, Tier

Key = tuple[object, ...]


def one_period_efg(board: Board, *, state: tuple[int, int, int]) -> str:
    """Return the period that starts in ``state`` (b, k, s), with nothing to come after it, as the text of an .efg file.

    Each player's payoffs are divided by its lam, so that Gambit's agent logit equilibrium at lambda = 1 is the
    equilibrium of docs/theory.md with all next values 0. Players: "P", "A", then "G0", "G1", ... Information sets are
    labelled "conduct", "threat g", "proposal th n", "join i th n r" and "persist g l n e"; actions by their numbers.
    """
    players = ["P", "A", *(f"G{i}" for i in range(len(board.compiled.weight)))]
    names = " ".join(f'"{name}"' for name in players)
    tree = _Tree(board=board, state=state, sets={}, outcomes=itertools.count(1))
    return "\n".join([f'EFG 2 R "guarantee game, one period" {{ {names} }}', '""', *tree.types(), ""])


@dataclass(frozen=True)
class _Path:
    """What has happened in the period: type, conduct, threat, determination, proposal and who joined."""

    th: int
    g: int
    act: int
    n: int
    r: int = 0
    joined: tuple[bool, ...] = ()


@dataclass(frozen=True)
class _Tree:
    """Writes the tree; ``sets`` numbers the information sets as they are met, ``outcomes`` the ends."""

    board: Board
    state: tuple[int, int, int]
    sets: dict[Key, int]
    outcomes: Iterator[int]

    def types(self) -> Iterator[str]:
        """Write the whole tree in prefix order: type, conduct, threat, determination, consultation, persistence."""
        b = Fraction(float(self.board.belief.ravel()[self.state[0]]))
        chances = {0: 1 - b, 1: b}
        yield self._chance("type", chances)
        for th in chances:
            yield self._choice(player=1, label=("conduct",), actions=range(2))
            for g in range(2):
                yield self._choice(player=2, label=("threat", g), actions=range(4))
                for act in range(4):
                    yield from self._determinations(th=th, g=g, act=act)

    def _determinations(self, *, th: int, g: int, act: int) -> Iterator[str]:
        row = [Fraction(x) for x in self.board.compiled.confusion[g, act].tolist()]
        chances = {n: x / sum(row) for n, x in enumerate(row) if x > 0}
        yield self._chance("determination", chances)
        for n in chances:
            path = _Path(th=th, g=g, act=act, n=n)
            yield from (self._respond(path, executed=0) if n == Determination.NO_BREACH else self._proposals(path))

    def _proposals(self, path: _Path) -> Iterator[str]:
        compiled = self.board.compiled
        tiers = [r for r in range(4) if r == Tier.NONE or not compiled.blocked[r]]
        yield self._choice(player=3 + compiled.proposer, label=("proposal", path.th, path.n), actions=tiers)
        for r in tiers:
            proposed = dataclasses.replace(path, r=r)
            yield from (self._respond(proposed, executed=0) if r == Tier.NONE else self._join(proposed))

    def _join(self, path: _Path) -> Iterator[str]:
        compiled, i = self.board.compiled, len(path.joined)
        if i == len(compiled.weight):
            stands = np.array(path.joined)
            enough = compiled.weight[stands].sum() >= compiled.quorum[path.r] and not np.any(compiled.must & ~stands)
            yield from self._respond(path, executed=path.r if enough else 0)
            return
        answers = [1] if i == compiled.proposer else [0, 1]
        if i != compiled.proposer:
            yield self._choice(player=3 + i, label=("join", i, path.th, path.n, path.r), actions=answers)
        for answer in answers:
            yield from self._join(dataclasses.replace(path, joined=(*path.joined, bool(answer))))

    def _respond(self, path: _Path, *, executed: int) -> Iterator[str]:
        if path.act < Threat.SEIZE or executed < Tier.DEPLOY:
            yield self._end(path, executed=executed, persists=True)
            return
        yield self._choice(player=2, label=("persist", path.g, path.act, path.n, executed), actions=range(2))
        for answer in range(2):
            yield self._end(path, executed=executed, persists=bool(answer))

    def _end(self, path: _Path, *, executed: int, persists: bool) -> str:
        payoffs = " ".join(f"{x:.15f}" for x in self._payoffs(path, executed=executed, persists=persists))
        return f't "" {next(self.outcomes)} "" {{ {payoffs} }}'

    def _payoffs(self, path: _Path, *, executed: int, persists: bool) -> list[float]:
        """Return each player's payoff in units of its own noise."""
        f, c = self.board.future, self.board.compiled
        cell = self._cell(act=path.act, executed=executed, persists=persists)
        own_cost = (0.0, f.cost_coerce, f.cost_seize, f.cost_invade)[path.act]
        justified = f.justification if path.act >= Threat.SEIZE else 0.0
        adversary = cell[ADVERSARY] - f.penalty[executed] - own_cost + path.g * (justified - f.humiliation)
        payoffs = [(cell[PROTECTED] + path.g * f.provoke_gain) / f.lam_P, adversary / f.lam_A]
        for i in range(len(c.weight)):
            own = c.interest[i] * cell[LOW + path.th]
            if executed > 0 and path.joined[i]:
                own -= c.cost_weight[i] * f.tier_cost[executed]
            if path.n > 0 and i == c.proposer and path.r < Tier.DEFEND:
                own -= f.renege * c.oblige[i, path.n, path.r + 1]
            if path.r > 0 and i != c.proposer and path.joined[i]:
                own += f.renege * c.oblige[i, path.n, path.r]
            payoffs.append(float(own) / f.lam_G)
        return payoffs

    def _cell(self, *, act: int, executed: int, persists: bool) -> list[float]:
        """Section 4 with y = 0, before penalties: adversary, protected state, low and high coalition."""
        f, (_, k, s) = self.board.future, self.state
        nu = (f.resolve_low, f.resolve_high)
        if not persists:
            return [-f.audience_A, 0.0, 0.0, 0.0]
        if act == Threat.HOLD:
            return [0.0] * 4
        if act == Threat.COERCE:
            return [f.coerce_gain, -f.coerce_harm, *(-x * f.spill * f.coerce_harm for x in nu)]
        if act == Threat.SEIZE and executed < Tier.DEFEND:
            z = float(self.board.seize_success[executed, s]) * f.slice
            return [z * f.stake_A, -z, *(-x * z for x in nu)]
        return [float(x) for x in self.board.war.worth[:, executed, k, s]]

    def _chance(self, name: str, chances: Mapping[int, Fraction]) -> str:
        number = self._number(("chance", len(self.sets)))
        actions = " ".join(f'"{i}" {x}' for i, x in chances.items())
        return f'c "" {number} "{name} {number}" {{ {actions} }} 0'

    def _choice(self, *, player: int, label: Key, actions: Sequence[int]) -> str:
        listed = " ".join(f'"{a}"' for a in actions)
        name = " ".join(str(part) for part in label)
        return f'p "" {player} {self._number((player, *label))} "{name}" {{ {listed} }} 0'

    def _number(self, label: Key) -> int:
        return self.sets.setdefault(label, len(self.sets) + 1)
