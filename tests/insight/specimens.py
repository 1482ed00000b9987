"""Ensembles made by hand or by a simple formula: no game is solved here, so that the statistics can be judged alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.futures.ensemble import Ensemble, Sample, Settings
from foedus.game.outcomes import OUTCOMES
from foedus.values.arrays import BoolArray, FloatArray

TOLERANCE = 1e-4


@dataclass(frozen=True)
class Profile:
    """How an arrangement behaves in the simple formula."""

    strength: float
    """How much it deters, 0 to 1."""
    veto: float = 0.0
    """How much of that a veto takes away, 0 to 1."""
    forces: float = 0.0
    """Forces in place: less seizure, more cost."""
    carte_blanche: float = 0.0
    """How much it invites provocation."""


TWELVE: dict[str, Profile] = {
    "budapest_memorandum_1994": Profile(0.05, veto=0.9),
    "minsk_package_of_measures_2015": Profile(0.08, veto=0.95),
    "istanbul_communique_2022": Profile(0.45, veto=0.3),
    "istanbul_draft_treaty_with_unanimity_of_guarantors_2022": Profile(0.5, veto=0.9),
    "kyiv_security_compact_2022": Profile(0.55),
    "bilateral_agreements_2024": Profile(0.3),
    "paris_declaration_multinational_force_2026": Profile(0.65, forces=0.6),
    "coalition_of_the_willing_with_forces": Profile(0.7, forces=0.8),
    "nato_article_5_with_quorum": Profile(0.95, forces=0.3, carte_blanche=0.3),
    "nato_article_5_by_consensus": Profile(0.95, veto=0.5, forces=0.3, carte_blanche=0.25),
    "un_peacekeeping_mission": Profile(0.12, veto=0.6, forces=0.15),
    "armed_neutrality_without_guarantors": Profile(0.1, forces=0.0),
}
"""Names of the length that real ones have; what they do here is invented."""


def settings(*, futures: int, seed: int = 7, periods: int = 20) -> Settings:
    """Return settings of an ensemble that nobody ran."""
    return Settings(
        futures=futures,
        seed=seed,
        horizon_periods=periods,
        beliefs=11,
        balances=7,
        slices=3,
        tolerance=TOLERANCE,
        max_sweeps=600,
        method="plain",
    )


def tiny(
    outcomes: Mapping[str, Sequence[Sequence[float]]],
    *,
    names: Sequence[str] = ("a", "b"),
    converged: BoolArray | None = None,
    parameters: Mapping[str, Sequence[float]] | None = None,
) -> Ensemble:
    """Build an ensemble from outcome tables (future, arrangement); outcomes that are not named are 0."""
    futures = len(next(iter(outcomes.values())))
    table = np.zeros((futures, len(names), len(OUTCOMES)))
    for outcome, rows in outcomes.items():
        table[:, :, list(OUTCOMES).index(outcome)] = np.array(rows)
    drawn = parameters or {"prior": list(np.linspace(0.1, 0.9, futures))}
    war = table[:, :, 0]
    return Ensemble(
        arrangements=tuple(names),
        sample=Sample(names=tuple(drawn), values=np.array(list(drawn.values())).T, seed=7),
        outcomes=table,
        war_by_period=np.repeat(war[:, :, None] / 20, 20, axis=2),
        cost_by_member=tuple(np.zeros((futures, 2)) for _ in names),
        members=tuple(("france", "poland") for _ in names),
        converged=np.ones((futures, len(names)), dtype=bool) if converged is None else converged,
        residual=np.full((futures, len(names)), 1e-5),
        sweeps=np.full((futures, len(names)), 100, dtype=np.int64),
        settings=settings(futures=futures),
    )


def made_up(
    profiles: Mapping[str, Profile] = TWELVE, *, futures: int = 200, seed: int = 7, unconverged: float = 0.01
) -> Ensemble:
    """Make up an ensemble by formula, in which a hostile edge makes war and a strong promise prevents it."""
    generator = np.random.default_rng(seed)
    sample = _sample(generator, futures=futures, seed=seed)
    drawn = dict(zip(sample.names, sample.values.T, strict=True))
    table = np.stack([_outcomes(profile, drawn, generator) for profile in profiles.values()], axis=1)
    converged = generator.random((futures, len(profiles))) > unconverged * (1 + 4 * (drawn["lam_G"] < 0.08))[:, None]
    table[~converged] = np.nan
    rising = np.linspace(0.5, 1.5, 20)
    costs = tuple(table[:, a, _at("cost"), None] * np.array([0.5, 0.3, 0.2]) for a in range(len(profiles)))
    return Ensemble(
        arrangements=tuple(profiles),
        sample=sample,
        outcomes=table,
        war_by_period=table[:, :, _at("war"), None] * rising / rising.sum(),
        cost_by_member=costs,
        members=tuple(("united_kingdom", "france", "united_states") for _ in profiles),
        converged=converged,
        residual=np.where(converged, 5e-5, 3e-3),
        sweeps=generator.integers(80, 600, size=converged.shape),
        settings=settings(futures=futures, seed=seed),
    )


def _at(outcome: str) -> int:
    return list(OUTCOMES).index(outcome)


def _sample(generator: np.random.Generator, *, futures: int, seed: int) -> Sample:
    ranges = {
        "war_edge_A": (-0.6, 0.1),
        "prior": (0.1, 0.7),
        "resolve_high": (0.3, 0.9),
        "lam_G": (0.06, 0.15),
        "provoke_gain": (-0.07, 0.01),
        "stake_A": (0.6, 1.1),
        "coerce_gain": (0.0, 0.02),
        "turnover": (0.02, 0.12),
    }
    shares = generator.random((futures, len(ranges)))
    columns = {name: low + shares[:, p] * (high - low) for p, (name, (low, high)) in enumerate(ranges.items())}
    binding = generator.random(futures)
    columns |= {"bindingness.intends": 0.1 + 0.3 * binding, "bindingness.shall_specified": 0.8 + 0.2 * binding}
    columns |= {"delta_A": np.full(futures, 0.97)}
    return Sample(names=tuple(columns), values=np.column_stack(list(columns.values())), seed=seed)


def _outcomes(profile: Profile, drawn: Mapping[str, FloatArray], generator: np.random.Generator) -> FloatArray:
    size = len(drawn["prior"])
    held = profile.strength * (1 - profile.veto) * (0.3 + drawn["prior"] + drawn["resolve_high"]) / 1.5
    hazard = -0.6 + 4.5 * drawn["war_edge_A"] + 1.2 * drawn["stake_A"] - 3.2 * held - 1.1 * profile.forces
    war = 1 / (1 + np.exp(-(hazard + generator.normal(0, 0.08, size))))
    lost = 0.3 * (1 - 0.8 * profile.forces) * (1 - 0.5 * held) * generator.beta(1.2, 6, size)
    defend = war * held * (0.2 + 0.6 * profile.strength)
    entrap = defend * np.clip(0.02 + profile.carte_blanche * (drawn["provoke_gain"] + 0.07) * 5, 0, 1)
    cost = 0.02 + 0.25 * profile.forces + 0.9 * defend + generator.normal(0, 0.004, size)
    noise = generator.normal(0, 0.05, (3, size))
    rows = dict.fromkeys(OUTCOMES, np.zeros(size)) | {
        "war": war,
        "lost": lost,
        "defend": defend,
        "entrap": entrap,
        "cost": cost,
        "conquest": 0.4 * war,
        "seizures": 4 * lost,
        "provocations": 5 * entrap,
        "value_A": 0.3 - 0.3 * war,
        "value_P": -0.9 * war - lost,
        "value_G": -0.4 * war - cost,
        "gain_A": 0.25 - 0.45 * held - 0.2 * profile.forces + noise[0],
        "gain_P": 0.35 - 0.9 * war - lost + noise[1],
        "gain_G": 0.2 - cost + noise[2],
    }
    return np.column_stack([rows[outcome] for outcome in OUTCOMES])
