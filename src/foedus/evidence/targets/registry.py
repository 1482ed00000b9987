"""Which function computes which figures, and from which data sets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from foedus.evidence.targets.by_study.agreements import standing
from foedus.evidence.targets.by_study.allied_commitments import honouring, performance
from foedus.evidence.targets.by_study.civil_war_peace import peace_after_civil_war
from foedus.evidence.targets.by_study.crisis_response import response
from foedus.evidence.targets.by_study.donors import giving
from foedus.evidence.targets.by_study.immediate_deterrence import deterrence
from foedus.evidence.targets.by_study.interstate_peace import peace_after_war, peace_without_deaths
from foedus.evidence.targets.by_study.joining import joining_disputes, joining_wars
from foedus.evidence.targets.by_study.major_powers import joining_the_target
from foedus.evidence.targets.by_study.recurrence import recurrence
from foedus.evidence.targets.record import IntervalEstimate


@dataclass(frozen=True)
class Computation:
    """Figures that are computed together."""

    data: tuple[str, ...]
    """Data sets, in the order of the function's arguments."""
    compute: Callable[..., Mapping[str, IntervalEstimate]]


_DYADIC_WAR = "cow_directed_dyadic_war"
_DISPUTES = ("gml_mid_disputes", "gml_mid_participants")

COMPUTATIONS = (
    Computation(("berkemeier_fuhrmann",), honouring),
    Computation(("leeds_anac",), performance),
    Computation(("huth_signorino_tarar",), deterrence),
    Computation(("mcmanus_nieman",), joining_the_target),
    Computation(("ucdp_termination_dyads",), recurrence),
    Computation(("ucdp_peace_agreements",), standing),
    Computation((_DYADIC_WAR,), peace_after_war),
    Computation((_DYADIC_WAR, *_DISPUTES), peace_without_deaths),
    Computation(("fortna_civil_wars",), peace_after_civil_war),
    Computation(("icb_actors",), response),
    Computation(_DISPUTES, joining_disputes),
    Computation(("cow_interstate_war",), joining_wars),
    Computation(("kiel_tracker",), giving),
)
"""Every computation, in the order of the figures."""
