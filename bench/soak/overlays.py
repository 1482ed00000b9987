"""Parameter files as people write them: right, in other units, with words that change places, and broken."""

import math
from random import Random

from bench.soak.texts import make_text
from bench.soak.trial import Kind, NotRight
from foedus.futures.parameters.load import default_parameters, read_parameters
from foedus.futures.parameters.record import TIERS_OF, Parameter
from foedus.futures.sample import draw, future_of

_FACTORS = (100, 1000, 0.01, -1, 24, 1 / 7, 10)
_SHAPES = ("uniform", "uniform", "loguniform", "fixed")


def make_overlay(random: Random) -> str:
    """Return a file of one to four entries."""
    if random.random() < 0.03:
        return make_text(random)
    entries = random.sample(default_parameters().entries, random.choice([1, 1, 2, 4]))
    return "".join(_entry(entry, random) for entry in entries)


def use_overlay(text: str) -> None:
    """Read it; of what is taken every number lies within its domain, and every future that is drawn can be solved."""
    defaults = default_parameters()
    read = read_parameters(text, file="made.yaml", defaults=defaults)
    for entry in read.entries:
        if not entry.domain.has(entry.low, entry.high):
            raise NotRight(f"{entry.name} is outside what it may be")
    merged = defaults.overlaid_with(read)
    sample = draw(merged, futures=5, seed=1)
    columns = {name: sample.values[:, place] for place, name in enumerate(sample.names)}
    for upper in merged.entries:
        for lower in upper.domain.not_below:
            same = merged[lower].group == upper.group
            if same and (columns[lower] > columns[upper.name] + 1e-12).any():
                raise NotRight(f"{lower} is drawn above {upper.name}")
    for row in sample.values:
        future_of(dict(zip(sample.names, row.tolist(), strict=True)))


OVERLAYS = Kind("parameter files", make_overlay, use_overlay)


def _entry(entry: Parameter, random: Random) -> str:
    name, kind = entry.name, random.randrange(10)
    low, high = _range(entry, random)
    shape = random.choice(_SHAPES)
    written = f"{shape}: {low!r}" if shape == "fixed" else f"{shape}: [{low!r}, {high!r}]"
    if kind == 0:
        name = random.choice(
            [name.rpartition(".")[0] or name, name[:-1], f"{name}.none", name.upper(), "view", "sample"]
        )
    if kind == 1:
        tiers = TIERS_OF.get(name.partition(".")[0], ("none",))
        name = name.partition(".")[0]
        written = f"per_tier: [{', '.join(random.choice(['0', repr(high), '{fixed: 0.2}', '[]']) for _ in tiers)}]"
    if kind == 2:
        written = random.choice(
            ["uniform: [1, ]", "uniform: 3", "fixed: [1, 2]", "fixed: yes", "uniform: [.nan, 1]", ""]
        )
    if kind == 3:
        written += random.choice(
            ["\n  unit: per cent", "\n  group: mine", "\n  admits: [0, 9]", "\n  cause: {name: x}"]
        )
    return f"{name}:\n  {written}\n  status: elicited\n  source: a workshop\n"


def _range(entry: Parameter, random: Random) -> tuple[float, float]:
    kind = random.randrange(4)
    if kind == 0:
        return entry.low, entry.high
    if kind == 1:
        factor = random.choice(_FACTORS)
        return (entry.low * factor, entry.high * factor)
    if kind == 2:
        least, most = entry.domain.least, entry.domain.most
        ends = sorted(least + random.random() * (most - least) for _ in range(2))
        return ends[0], ends[1]
    end = random.choice([entry.domain.most, entry.domain.least])
    return end, math.nextafter(end, random.choice([-math.inf, math.inf]))
