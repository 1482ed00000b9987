"""An observation: a number of the record, and what the model says in its place."""

from dataclasses import dataclass
from enum import StrEnum


class Statistic(StrEnum):
    """What is counted in the model. Every one is a ratio of two expectations over futures and texts."""

    WAR = "war"
    """Chance that war has broken out within ``years``."""
    CLASH = "clash"
    """Chance that an attack was carried through, a seizure or a war, within ``years``."""
    VIOLATION = "violation"
    """Chance of a breach of any kind within ``years``, coercion included."""
    DEFENDED = "defended"
    """Wars in which guarantors fought, per war."""
    KEPT = "kept"
    """Obligations met, per obligation that fell due."""
    JOINED = "joined"
    """Members that joined, per member other than the framework nation, when support was executed."""
    DETERRED = "deterred"
    """Withdrawals, per crisis: an attack mounted at ``balance`` and answered by tier deploy or defend."""
    FOUGHT = "fought"
    """Crises in which the adversary persisted and met defence, per crisis in which it persisted."""
    WAR_RATIO = "war_ratio"
    """Chance of war within ``years`` under ``texts``, per chance of war under ``versus``."""
    CLASH_RATIO = "clash_ratio"
    """The same for attacks carried through."""
    RESPONSE_DAYS = "response_days"
    """Mean logarithm of the days to find, decide and bring ``tier`` about; the text is silent, nothing is prepared."""
    RESPONSE_WITHIN = "response_within"
    """Chance that ``tier`` comes about within ``days``, the spread of cases within a future taken into account."""


class Scale(StrEnum):
    """On which scale an interval is widened, and in which unit the statistic is counted."""

    LINEAR = "linear"
    RATIO = "ratio"
    """Widened in logarithms; counted as it is."""
    LOGARITHM = "logarithm"
    """Widened and counted in logarithms."""


class BindingEnds(StrEnum):
    """Which ends of the interval bind."""

    BOTH = "both"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True)
class Observation:
    """What was observed, as declared in a file."""

    id: str
    what: str
    """The quantity in words, on the model's side."""
    statistic: Statistic
    texts: str | tuple[str, ...]
    """Names of texts in the library, or the name of a group of them."""
    discrepancy: float
    """Standard deviation allowed for what the model and the record mean differently, on the scale."""
    why: str
    """Why the two may be compared, and what stands between them."""
    target: str = ""
    """Id in the targets file; empty where the numbers stand here."""
    per: str = ""
    """Id of a target that the first is divided by."""
    value: float | None = None
    low: float | None = None
    """Lower end of the 95 % interval; also where the target has none."""
    high: float | None = None
    n: int = 0
    source: str = ""
    """Where the numbers come from; needed where they stand here."""
    is_complement: bool = False
    """Whether the record tells of what stood and the model of what fell."""
    scale: Scale = Scale.LINEAR
    side: BindingEnds = BindingEnds.BOTH
    versus: str | tuple[str, ...] = ()
    years: float = 10.0
    balance: float = 0.0
    """Log force ratio, adversary to protected side."""
    tier: str = "deploy"
    days: float = 1.0


@dataclass(frozen=True)
class Band:
    """The interval that the model's average has to lie in."""

    value: float
    """The record's own number, in the statistic's unit."""
    low: float
    high: float
    sd: float
    """Half of the interval over the limit: sampling and discrepancy together, in the statistic's unit."""
    n: int
    source: str


@dataclass(frozen=True)
class Demand:
    """An observation with its texts spelt out and its interval worked out."""

    observation: Observation
    texts: tuple[str, ...]
    versus: tuple[str, ...]
    band: Band
