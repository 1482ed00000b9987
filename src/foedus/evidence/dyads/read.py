"""Read states under threat: those in an international crisis, and those in a militarised dispute."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from pandas import DataFrame

from foedus.evidence.data.catalogue_file import catalogue
from foedus.evidence.dyads.record import Dyad
from foedus.evidence.dyads.world import World, region, world_of
from foedus.evidence.targets.tables import load_tables

CAPABILITIES, MEMBERS = "cow_nmc", "atop_members"
CRISES = ("icb_actors",)
DISPUTES = ("gml_mid_disputes", "gml_mid_participants")
NO_STATE = 970
"""First number that stands for no single state."""
VIOLENT_ACT, SERIOUS_CLASHES, FULL_SCALE_WAR = 9, 3, 4
ATTACKS = frozenset({14, 16, 17, 18, 19, 20, 21})
"""Acts of a dispute by which territory is occupied or forces are attacked."""
WAR = 5
"""Level of hostility of a war."""


def find_dyads(folder: Path | None) -> tuple[tuple[Dyad, ...], tuple[Dyad, ...]]:
    """Return crises and disputes; empty where a file is not there. Raises `InvalidFile` for one that is wrong."""
    tables = load_tables(catalogue(), folder=folder, names=(CAPABILITIES, MEMBERS, *CRISES, *DISPUTES))
    if not {CAPABILITIES, MEMBERS} <= tables.keys():
        return (), ()
    world = world_of(tables[CAPABILITIES], tables[MEMBERS])
    crises = read_crises(tables[CRISES[0]], world=world) if CRISES[0] in tables else ()
    disputes = (
        read_disputes(*(tables[name] for name in DISPUTES), world=world) if set(DISPUTES) <= tables.keys() else ()
    )
    return tuple(crises), tuple(disputes)


def read_crises(actors: DataFrame, *, world: World) -> Iterator[Dyad]:
    """Return each state that another state's act put into a crisis.

    Attacked: the act was violent, or the crisis brought serious clashes or war. War: full-scale war.
    """
    for row in actors.itertuples():
        if pd.isna(row.adversary) or pd.isna(row.violence) or row.adversary >= NO_STATE or row.adversary == row.state:
            continue
        ratio = world.ratio(row.adversary, row.state, year=row.trigger_year)
        if ratio is None:
            continue
        pact, _ = world.pact(row.state, year=row.trigger_year, without=frozenset({row.adversary}))
        yield Dyad(
            id=f"{row.actor} {row.crisis}",
            year=int(row.trigger_year),
            ratio=ratio,
            is_near=region(row.state) == region(row.adversary),
            pact=pact,
            attacked=bool(row.trigger == VIOLENT_ACT or row.violence >= SERIOUS_CLASHES),
            war=bool(row.violence == FULL_SCALE_WAR),
            joined=None,
        )


def read_disputes(disputes: DataFrame, participants: DataFrame, *, world: World) -> Iterator[Dyad]:
    """Return each dispute that one state began with one other, which had an ally to come to its side.

    Attacked: who began it attacked or occupied territory. Joined: an ally took part on the target's side later on.
    """
    levels = dict(zip(disputes["dispute"], disputes["hostility"], strict=True))
    for number, states in participants.groupby("dispute"):
        began = states[states["is_original"].fillna(value=False) & states["is_initiator_side"].fillna(value=False)]
        target = states[states["is_original"].fillna(value=False) & ~states["is_initiator_side"].fillna(value=True)]
        if len(began) != 1 or len(target) != 1:
            continue
        first, second = began.iloc[0], target.iloc[0]
        year, against = int(first["start_year"]), states["is_initiator_side"].fillna(value=False)
        ratio = world.ratio(first["state"], second["state"], year=year)
        pact, allies = world.pact(second["state"], year=year, without=frozenset(states.loc[against, "state"]))
        if ratio is None or not allies:
            continue
        late = states[~against & ~states["is_original"].fillna(value=True)]
        yield Dyad(
            id=str(number),
            year=year,
            ratio=ratio,
            is_near=region(first["state"]) == region(second["state"]),
            pact=pact,
            attacked=bool(pd.notna(first["action"]) and first["action"] in ATTACKS),
            war=bool(levels.get(number) == WAR),
            joined=bool(set(late["state"]) & allies),
        )
