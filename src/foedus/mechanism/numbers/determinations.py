"""What the mechanism finds, given what happened: the confusion matrix ``M[c, l, n]``.

An ordinal probit: threat l gives a signal N(d' p_l, 1) with p = (0, 1, 2, 3.5); the finding rises with the signal past
thresholds halfway between neighbours, shifted up by the standard of proof asked for the tier that the finding opens.
"""

import numpy as np

from foedus.arrangement.process import Monitoring
from foedus.arrangement.record import Arrangement
from foedus.mechanism.numbers.normal import Phi, share_below
from foedus.mechanism.numbers.powers import Powers
from foedus.mechanism.rules.findings import is_judge_in_its_own_cause
from foedus.mechanism.rules.roles import adversaries, named
from foedus.mechanism.rules.stopping import can_stop_finding
from foedus.mechanism.trace import Trace, Yardsticks
from foedus.values.arrays import FloatArray, IntArray
from foedus.values.words import Determination, Ground, Threat

_POSITION = np.array([0.0, 1.0, 2.0, 3.5])
_OBVIOUS = np.array([1.0, 0.8, 0.2])
"""How far a standard of proof shifts each threshold: a major offensive needs no proof."""
_MAX_GAIN = 1.5


def confuse(
    arrangement: Arrangement, powers: Powers, yardsticks: Yardsticks, trace: Trace, *, phi: Phi = share_below
) -> FloatArray:
    """Return M (c, l, n) for a quiet period, an accident, a provocation: rows sum to one."""
    gain, national = monitoring_gain(arrangement, yardsticks, trace), yardsticks["sensing.national"]
    because = f"national means {national:.2f} and monitors {gain:.2f}"
    trace.note("confusion", entry="sensitivity d'", value=national + gain, clause="monitoring", because=because)
    unprovoked = _levels(national + gain, _shifts(arrangement, yardsticks, trace), phi)
    attributed = _attribution(arrangement, gain, yardsticks, trace)
    false = (1 - attributed) * yardsticks["attribution.false"]
    found = 0.0 if is_judge_in_its_own_cause(arrangement) else attributed
    confusion = np.zeros((len(Ground), len(Threat), len(Determination)))
    confusion[Ground.QUIET, :, :4] = unprovoked
    confusion[Ground.QUIET, Threat.COERCE :] *= 1 - false
    confusion[Ground.QUIET, Threat.COERCE :, Determination.PROVOKED] = false
    confusion[Ground.ACCIDENT] = confusion[Ground.QUIET]
    confusion[Ground.ACCIDENT, Threat.HOLD] = _accident(attributed, yardsticks["attribution.false"])
    confusion[Ground.PROVOCATION, :, :4] = (1 - found) * unprovoked
    confusion[Ground.PROVOCATION, :, Determination.PROVOKED] = found
    return _as_far_as_it_counts(confusion, powers)


def _accident(attributed: float, false: float) -> FloatArray:
    """Return (n): found to be an accident, or blamed on one side: on the protected state, or on the adversary."""
    row = np.zeros(len(Determination))
    row[Determination.NO_BREACH] = attributed
    row[Determination.PROVOKED] = (1 - attributed) * false
    row[Determination.HYBRID] = (1 - attributed) * (1 - false)
    return row


def monitoring_gain(arrangement: Arrangement, yardsticks: Yardsticks, trace: Trace) -> float:
    """Return what the monitors add to the sensitivity d', all together and within bounds."""
    gains = [_gain(monitor, i, arrangement, yardsticks, trace) for i, monitor in enumerate(arrangement.monitoring)]
    return min(_MAX_GAIN, sum(gains))


def governing(arrangement: Arrangement) -> IntArray:
    """Return governs (l - 2, n): the finding by which a war is judged that a seizure or an invasion has begun.

    An incursion, an invasion or a provocation that was found governs. Where nothing or pressure was found, the attack
    itself makes up for it, unless the adversary can block the finding: then nothing governs and nobody is obliged.
    """
    is_blocked = can_stop_finding(arrangement, adversaries(arrangement))
    plain = {
        0: Determination.NO_BREACH if is_blocked else Determination.INCURSION,
        1: Determination.NO_BREACH if is_blocked else Determination.INVASION,
    }
    own = (Determination.INCURSION, Determination.INVASION, Determination.PROVOKED)
    return np.array([[n if n in own else plain[row] for n in Determination] for row in (0, 1)], dtype=np.int64)


def _gain(monitor: Monitoring, index: int, arrangement: Arrangement, yardsticks: Yardsticks, trace: Trace) -> float:
    ended = bool(named(monitor.can_be_ended_by, arrangement) & set(arrangement.parties.adversary))
    seen = sum(yardsticks[f"sensing.{sensor}"] for sensor in monitor.sensors)
    left = yardsticks["monitor.survives"] if ended else 1.0
    gain = seen * yardsticks[f"access.{monitor.access}"] * left
    because = f"{', '.join(monitor.sensors) or 'no sensors named'}; access {monitor.access}"
    because += "; the adversary can end it alone" if ended else ""
    trace.note("confusion", entry=f"d' from {monitor.name}", value=gain, clause=f"monitoring[{index}]", because=because)
    return gain


def _shifts(arrangement: Arrangement, yardsticks: Yardsticks, trace: Trace) -> FloatArray:
    proof = arrangement.trigger.proof
    words = (proof.support, proof.deploy, proof.defend)
    trace.note(
        "confusion",
        entry="standard of proof",
        value=", ".join(words),
        clause="trigger.proof",
        because="shifts the thresholds of hybrid, incursion, invasion",
    )
    return np.array([yardsticks[f"proof.{word}"] for word in words])


def _levels(sensitivity: float, shifts: FloatArray, phi: Phi) -> FloatArray:
    """Return (l, n) chances of the findings no_breach, hybrid, incursion, invasion."""
    halfway = sensitivity * (_POSITION[1:] + _POSITION[:-1]) / 2
    thresholds = np.maximum.accumulate(halfway + shifts * _OBVIOUS)
    above = phi(sensitivity * _POSITION[:, None] - thresholds[None, :])
    edges = np.concatenate([np.ones((4, 1)), above, np.zeros((4, 1))], axis=1)
    levels: FloatArray = edges[:, :-1] - edges[:, 1:]
    return levels


def _attribution(arrangement: Arrangement, gain: float, yardsticks: Yardsticks, trace: Trace) -> float:
    mandate = any(monitor.attributes for monitor in arrangement.monitoring)
    value = yardsticks["attribution.national"] + yardsticks["attribution.gain"] * gain
    value = min(0.98, value + (yardsticks["attribution.mandate"] if mandate else 0.0))
    trace.note(
        "confusion",
        entry="a provocation is rightly attributed",
        value=value,
        clause="monitoring",
        because="by what is seen" + (", and a monitor may say who did it" if mandate else ""),
    )
    return value


def _as_far_as_it_counts(confusion: FloatArray, powers: Powers) -> FloatArray:
    """Turn each determination to no breach in so far as no response may follow it."""
    counted = confusion * powers.opens
    counted[:, :, Determination.NO_BREACH] += (confusion * (1 - powers.opens)).sum(axis=-1)
    return counted
