"""An obligation in one incident, and where it stands in its life."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from foedus.arrangement.vocabulary import TierWord


class ObligationStatus(StrEnum):
    """Where an obligation stands."""

    CREATED = "created"
    """The text holds it, and nothing has called for it."""
    IN_EFFECT = "in_effect"
    """What happened calls for it, and something is still wanting before it falls due."""
    SUSPENDED = "suspended"
    """It was due, and something stands in its way as long as it lasts."""
    DUE = "due"
    MET = "met"
    BREACHED = "breached"
    LAPSED = "lapsed"
    """It ends unperformed, and nobody broke it."""


@dataclass(frozen=True)
class Obligation:
    """What a clause asks of one party in one incident."""

    clause: tuple[str | int, ...]
    debtor: str
    status: ObligationStatus = ObligationStatus.CREATED
    is_binding: bool = True
    """Whether the words bind; softer ones are asked and tracked, and nobody breaks them."""
    tier: TierWord | None = None
    """The tier that is owed, once it is."""
    deadline: datetime | None = None
    """By when, once it is due; None where the text sets no deadline."""

    @property
    def is_over(self) -> bool:
        """Whether it can change no more; what lapsed for another reason than its deadline can be called for anew."""
        is_late = self.status is ObligationStatus.LAPSED and self.deadline is not None
        return is_late or self.status in (ObligationStatus.MET, ObligationStatus.BREACHED)

    @property
    def key(self) -> tuple[tuple[str | int, ...], str]:
        """What tells it from all others of its incident."""
        return (self.clause, self.debtor)
