"""A command that is refused, and the clause that refuses it."""

from dataclasses import dataclass

from foedus.mechanism.procedure.clause import Clause


@dataclass(frozen=True)
class Refusal:
    """What may not be done, and why."""

    clause: Clause
    because: str

    def __str__(self) -> str:
        return f"{self.because}: {self.clause}"
