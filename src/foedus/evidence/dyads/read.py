"""Read states under threat: those in an international crisis, and those in a militarised dispute."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from pandas import DataFrame

from foedus.evidence.data.catalogue_file import catalogue
from foedus.evidence.dyads.record import Dyad
from foedus.evidence.dyads.rivalry import Rivalries, rivalries_of
from foedus.evidence.dyads.world import StatesOfTheWorld, region, world_of
from foedus.evidence.targets.tables import load_tables

CAPABILITIES, MEMBERS = "cow_nmc", "atop_members"
CRISES = ("icb_actors",)
PARTICIPANTS = "gml_mid_participants"
DISPUTES = ("gml_mid_disputes", PARTICIPANTS)
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
    if not {CAPABILITIES, MEMBERS, *DISPUTES} <= tables.keys():
        return (), ()
    world = world_of(tables[CAPABILITIES], tables[MEMBERS])
    rivalries = rivalries_of(tables[PARTICIPANTS])
    crises = read_crises(tables[CRISES[0]], world=world, rivalries=rivalries) if CRISES[0] in tables else ()
    disputes = read_disputes(*(tables[name] for name in DISPUTES), world=world, rivalries=rivalries)
    return tuple(crises), tuple(disputes)


def read_crises(actors: DataFrame, *, world: StatesOfTheWorld, rivalries: Rivalries) -> Iterator[Dyad]:
    """Return each state that another state's act put into a crisis.

    Attacked: the act was violent, or the crisis brought serious clashes or war. War: full-scale war.
    """
    for row in actors.to_dict("records"):
        state, adversary, violence = row["state"], row["adversary"], row["violence"]
        if pd.isna(adversary) or pd.isna(violence) or adversary >= NO_STATE or adversary == state:
            continue
        year = int(row["trigger_year"])
        ratio = world.ratio(adversary, state, year=year)
        if ratio is None:
            continue
        pact, allies = world.pact(state, year=year, without=frozenset({adversary}))
        allied = world.allied_strength(allies, threatening=adversary, threatened=state, year=year)
        yield Dyad(
            id=f"{row['actor']} {row['crisis']}",
            year=year,
            ratio=ratio,
            is_near=region(state) == region(adversary),
            pact=pact,
            allied=allied.beside,
            allied_ratio=allied.against,
            disputes=rivalries.before(adversary, state, year=year),
            attacked=bool(row["trigger"] == VIOLENT_ACT or violence >= SERIOUS_CLASHES),
            war=bool(violence == FULL_SCALE_WAR),
            joined=None,
        )


def read_disputes(
    disputes: DataFrame, participants: DataFrame, *, world: StatesOfTheWorld, rivalries: Rivalries
) -> Iterator[Dyad]:
    """Return each dispute that one state began with one other, which had an ally to come to its side.

    Attacked: who began it attacked or occupied territory. Joined: an ally took part on the target's side later on.
    """
    levels = dict(zip(disputes["dispute"].tolist(), disputes["hostility"].tolist(), strict=True))
    sides: dict[int, list[dict[Hashable, Any]]] = {}
    for row in participants.to_dict("records"):
        sides.setdefault(row["dispute"], []).append(row)
    for number, states in sides.items():
        began = [each for each in states if each["is_original"] and each["is_initiator_side"]]
        target = [each for each in states if each["is_original"] and not each["is_initiator_side"]]
        if len(began) == len(target) == 1:
            parties = _Parties(number, began[0], target[0], tuple(states))
            found = _dispute(parties, level=levels.get(number), world=world, rivalries=rivalries)
            yield from [found] if found else []


@dataclass(frozen=True)
class _Parties:
    """Who took part in one dispute, as rows of the table."""

    number: int
    began: dict[Hashable, Any]
    target: dict[Hashable, Any]
    everyone: tuple[dict[Hashable, Any], ...]


def _dispute(parties: _Parties, *, level: int | None, world: StatesOfTheWorld, rivalries: Rivalries) -> Dyad | None:
    began, target = parties.began["state"], parties.target["state"]
    year = int(parties.began["start_year"])
    against = {each["state"] for each in parties.everyone if each["is_initiator_side"]}
    ratio = world.ratio(began, target, year=year)
    pact, allies = world.pact(target, year=year, without=frozenset(against))
    if ratio is None or not allies:
        return None
    late = {each["state"] for each in parties.everyone if not each["is_original"]} - against
    allied = world.allied_strength(allies, threatening=began, threatened=target, year=year)
    action = parties.began["action"]
    return Dyad(
        id=str(parties.number),
        year=year,
        ratio=ratio,
        is_near=region(began) == region(target),
        pact=pact,
        allied=allied.beside,
        allied_ratio=allied.against,
        disputes=rivalries.before(began, target, year=year),
        attacked=pd.notna(action) and action in ATTACKS,
        war=level == WAR,
        joined=bool(late & allies),
    )
