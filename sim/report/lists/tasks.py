"""任务分解表: village by village who is responsible, who leaves which way, by when, with what."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.log import Kind
from sim.measures.crowd import time_of_share
from sim.measures.intervals import quantile
from sim.measures.result_table import ResultTable
from sim.measures.timing import since_reference
from sim.report.lists.night import Night, listed, make_table, word
from sim.report.table import Cell, Table
from sim.states import Flag, State, Way

Int64 = NDArray[np.int64]
COLUMNS = (
    "village", "township", "zone", "organiser", "deputy", "parties", "persons", "special",
    "in_place", "relatives", "village_shelter", "coach", "ambulance", "assembly_point",
    "vehicles", "shelters", "order_clock", "told_min", "out_min", "registered_min", "out_p50",
    "out_p90", "cutoff_clock", "out", "not_out",
)  # fmt: skip
SUMMED = (
    "parties", "persons", "special", "in_place", "relatives", "village_shelter", "coach",
    "ambulance", "out", "not_out",
)  # fmt: skip
SHARE = 0.9
"""By when: nine in ten, as in the targets of plans; the last household says little."""

WAYS = (Way.IN_PLACE, Way.RELATIVES, Way.VILLAGE_SHELTER, Way.COACH, Way.AMBULANCE)
NAMES_AT_MOST = 4


def tasks(night: Night, table: ResultTable) -> Table:
    """A row per village or facility with people to move, by township, zone and name.

    Args:
        table: results of the same plan over all replications, for P50 and P90 of the zones.

    Returns:
        Its totals are the people at risk, and those out and not out at the end of this night.
    """
    world = night.world
    vehicles, taken_to = carriers(night)
    rows = []
    for home, zone in enumerate(world.homes.zone.tolist()):
        mine = slice(int(world.parties.start[home]), int(world.parties.start[home + 1]))
        if zone < 0 or mine.start == mine.stop:
            continue
        rows.append(
            (
                *_who(night, home, mine),
                night.place(_assembly(night, home)),
                listed(sorted(vehicles[home]), NAMES_AT_MOST, "more_vehicles"),
                listed(
                    [night.place(place) for place in sorted(taken_to[home])],
                    NAMES_AT_MOST,
                    "more_places",
                ),
                *_when(night, zone, mine, table),
                night.moment(int(night.facts.cutoff_ms[zone])) or word("not_cut"),
                *_result(night, mine),
            )
        )
    rows.sort(key=lambda row: (str(row[1]), str(row[2]), str(row[0])))
    values = {"number": night.number, "n": table.n}
    return make_table("tasks", COLUMNS, rows, values, SUMMED)


def _who(night: Night, home: int, mine: slice) -> tuple[Cell, ...]:
    """Names, organisers and persons by planned way out."""
    world, parties = night.world, night.world.parties
    size, way = parties.size[mine], parties.way[mine]
    organiser, deputy = night.responsible(home)
    return (
        world.homes.rows[home].name,
        night.townships[home],
        night.zone_name(home),
        organiser,
        deputy,
        mine.stop - mine.start,
        int(size.sum()),
        int(size[parties.special[mine]].sum()),
        *(int(size[way == planned].sum()) for planned in WAYS),
    )


def _assembly(night: Night, home: int) -> int:
    row = int(night.world.homes.assembly[home])
    return night.world.assembly_place + row if row >= 0 else -1


def _when(night: Night, zone: int, mine: slice, table: ResultTable) -> tuple[Cell, ...]:
    """Order, and minutes from it to nine in ten told, out, counted; then P50 and P90 of the zone.

    Out and counted are of those who agreed to go. Without an order in this night nothing is
    counted from it, and the cells are empty.
    """
    facts = night.facts
    order = int(facts.ordered_ms[zone])
    since: list[Cell] = [None] * 3
    if order < NEVER:
        refused = facts.flagged(Flag.REFUSED)[mine] & (facts.out[mine] >= NEVER)
        told = _minutes(facts.told[mine], order, facts.size[mine])
        agreed = facts.size[mine][~refused]
        times = (facts.out[mine][~refused], facts.registered[mine][~refused])
        since = [told, *(_minutes(one, order, agreed) for one in times)]
    return (night.moment(order), *since, *_over_nights(night, zone, table))


def _minutes(times: Int64, order: int, size: Int64) -> float | None:
    if not len(times):
        return None
    reached = time_of_share(since_reference(times, np.full(len(times), order)), size, SHARE)
    return float("inf") if reached >= NEVER else reached / MS_PER_MIN


def _over_nights(night: Night, zone: int, table: ResultTable) -> tuple[Cell, Cell]:
    """P50 and P90 of the minutes from the zone's order to nine in ten out."""
    name = night.world.zones.rows[zone].id
    order, out = (
        table.of(f"zone:{name}:{measure}") for measure in ("order_clock_min", "out_clock_min")
    )
    known = np.isfinite(order) & ~np.isnan(out)
    if not known.any():
        return None, None
    since = np.maximum(out[known] - order[known], 0.0)
    return quantile(since, 0.5), quantile(since, 0.9)


def _result(night: Night, mine: slice) -> tuple[int, int]:
    size, safe = night.facts.size[mine], night.safe[mine]
    return int(size[safe].sum()), int(size[~safe].sum())


def carriers(night: Night) -> tuple[dict[int, set[str]], dict[int, set[int]]]:
    """Vehicles that people of a home boarded, and shelters or exits where they were safe.

    Returns:
        Home row to vehicle ids, and home row to place rows; boats are left out.
    """
    world, facts = night.world, night.facts
    vehicles: dict[int, set[str]] = defaultdict(set)
    for party, vehicle in by_road(night):
        vehicles[int(world.parties.home[party])].add(world.vehicles[vehicle].id)
    places: dict[int, set[int]] = defaultdict(set)
    out = facts.of(Kind.OUT)
    homes = world.parties.home[out["who"]]
    for home, place in set(zip(homes.tolist(), out["place"].tolist(), strict=True)):
        if place >= world.shelter_place:
            places[home].add(place)
    return vehicles, places


def by_road(night: Night) -> list[tuple[int, int]]:
    """(party, vehicle) of every boarding of a road vehicle, in order of time."""
    states = night.facts.of(Kind.STATE)
    states = states[states["value"] == State.ABOARD_BOAT]
    boats = set(zip(states["who"].tolist(), states["t"].tolist(), strict=True))
    boarded = night.facts.of(Kind.BOARDED)
    rows = zip(
        boarded["who"].tolist(), boarded["t"].tolist(), boarded["value"].tolist(), strict=True
    )
    return [(party, vehicle) for party, t, vehicle in rows if (party, t) not in boats]
