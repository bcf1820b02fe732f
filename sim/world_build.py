"""From a scenario folder to the World: resolve references, snap places, make parties and hazard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NO_LEVEL, parse_clock_start
from sim.draws import stable_key
from sim.io.scenario_folder import ScenarioFolder
from sim.io.snap import snap
from sim.people.compiled import compile_behaviour
from sim.people.parties import Parties, PartyTables
from sim.places import Places
from sim.roads.network import Network
from sim.schema.forces import EmergencyRow
from sim.schema.tables import (
    AssemblyPointRow,
    DepotRow,
    ExitRow,
    FacilityRow,
    GroupRow,
    ItemRow,
    OrganiserRow,
    PlaceRow,
    PostRow,
    SettlementRow,
    ShelterRow,
    StationRow,
    StoreRow,
    TeamRow,
    VehicleRow,
)
from sim.world import Homes, Team, Vehicle, World, counts_by_day
from sim.world_hazard import hazard_of
from sim.world_homes import zones_and_homes
from sim.world_tables import Int64, gauges, rows_of, table, work_xy

PLACE_TABLES = (
    "settlements", "facilities", "assembly_points", "shelters", "exits", "depots", "stations",
    "stores",
)  # fmt: skip


def build_world(folder: ScenarioFolder) -> World:
    """The World of a scenario; the folder has been checked, so references resolve.

    Raises:
        InputError: the hazard's files do not fit the places and roads.
    """
    spec = folder.spec
    clock_start = parse_clock_start(spec.clock_start)
    places, starts = build_places(folder)
    zones, homes = zones_and_homes(folder, places, starts)
    by_day = counts_by_day(spec, clock_start)
    largest = _largest_party(folder)
    parties = PartyTables(spec.present, by_day, spec.behaviour, largest).build(
        table(folder, "settlements", SettlementRow),
        table(folder, "groups", GroupRow),
        table(folder, "facilities", FacilityRow),
    )
    assembly = table(folder, "assembly_points", AssemblyPointRow)
    zone_row = {row.id: i for i, row in enumerate(zones.rows)}
    assembly_row = {row.id: i for i, row in enumerate(assembly)}
    return World(
        folder=folder,
        spec=spec,
        clock_start=clock_start,
        horizon_ms=spec.horizon_min * MS_PER_MIN,
        roads=folder.roads,
        places=places,
        zones=zones,
        homes=_with_households(homes, parties),
        parties=parties,
        assembly_points=assembly,
        assembly_zone=rows_of(zone_row, [row.zone for row in assembly]),
        assembly_transfer=rows_of(assembly_row, [row.transfer_to for row in assembly]),
        level_gauges=gauges(folder, "level"),
        rain_gauges=gauges(folder, "rain"),
        shelters=table(folder, "shelters", ShelterRow),
        exits=table(folder, "exits", ExitRow),
        organisers={row.id: row for row in table(folder, "organisers", OrganiserRow)},
        posts=table(folder, "posts", PostRow),
        vehicles=_vehicles(folder, starts),
        teams=_teams(folder, starts),
        behaviour=compile_behaviour(spec.behaviour, clock_start),
        hazard=hazard_of(folder, places),
        assembly_place=starts["assembly_points"],
        shelter_place=starts["shelters"],
        exit_place=starts["exits"],
        stores=table(folder, "stores", StoreRow),
        items=table(folder, "items", ItemRow),
        store_place=starts["stores"],
        stations=table(folder, "stations", StationRow),
        emergencies=table(folder, "emergencies", EmergencyRow),
    )


def build_places(folder: ScenarioFolder) -> tuple[Places, dict[str, int]]:
    """All places with their road nodes, and the first place row of every table."""
    rows: list[PlaceRow] = []
    kinds: list[str] = []
    starts: dict[str, int] = {}
    for name in PLACE_TABLES:
        starts[name] = len(rows)
        mine = table(folder, name, PlaceRow)
        rows += mine
        kinds += [name] * len(mine)
    x, y = work_xy(folder, rows)
    node, snap_m = _nodes(folder, rows, x, y)
    z = [NO_LEVEL if row.elevation_m is None else round(row.elevation_m * 1000) for row in rows]
    places = Places(
        tuple(kinds), tuple(r.id for r in rows), tuple(r.name for r in rows), x, y,
        np.array(z, dtype=np.int64), node, snap_m,
    )  # fmt: skip
    return places, starts


def _nodes(
    folder: ScenarioFolder,
    rows: Sequence[PlaceRow],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
) -> tuple[Int64, NDArray[np.float64]]:
    roads = folder.roads
    by_id = {name: i for i, name in enumerate(roads.node_ids)}
    node = np.array([by_id.get(row.node, -1) for row in rows], dtype=np.int64)
    distance = np.zeros(len(rows))
    loose = np.flatnonzero(node < 0)
    if len(loose) and isinstance(roads, Network):
        node[loose], distance[loose] = snap(x[loose], y[loose], roads)
    return node, distance


def _largest_party(folder: ScenarioFolder) -> int:
    """Persons who fit into the smallest bus of the fleet (60, the largest group, without one)."""
    use = folder.spec.behaviour.drive.seat_use
    vehicles = table(folder, "vehicles", VehicleRow)
    buses = [round(v.seats * use) for v in vehicles if v.vehicle_class != "ambulance"]
    return max(1, min(buses, default=60))


def _with_households(homes: Homes, parties: Parties) -> Homes:
    return replace(homes, households=np.diff(parties.start))


def _vehicles(folder: ScenarioFolder, starts: dict[str, int]) -> tuple[Vehicle, ...]:
    depots = {row.id: i for i, row in enumerate(table(folder, "depots", DepotRow))}
    vehicles = []
    for row in table(folder, "vehicles", VehicleRow):
        ids = [row.id] if row.count == 1 else [f"{row.id}-{k + 1}" for k in range(row.count)]
        place = starts["depots"] + depots[row.depot]
        vehicles += [
            Vehicle(
                id=name,
                key=stable_key("vehicle:" + name),
                row=row,
                vehicle_class=row.vehicle_class,
                seats=row.seats,
                wheelchair_places=row.wheelchair_places,
                depot_place=place,
            )
            for name in ids
        ]
    return tuple(vehicles)


def _teams(folder: ScenarioFolder, starts: dict[str, int]) -> tuple[Team, ...]:
    stations = {row.id: i for i, row in enumerate(table(folder, "stations", StationRow))}
    return tuple(
        Team(row.id, stable_key("team:" + row.id), row, starts["stations"] + stations[row.station])
        for row in table(folder, "teams", TeamRow)
    )
