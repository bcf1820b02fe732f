"""From a scenario folder to the World: resolve references, snap places, make parties and hazard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER, NO_LEVEL, parse_clock_start
from sim.draws import stable_key, stable_keys
from sim.hazards import Gauges, Geometry, Hazard, RainGauges, Setting, build_hazard
from sim.io.crs import to_work
from sim.io.scenario_folder import ScenarioFolder
from sim.io.snap import snap
from sim.people.compiled import compile_behaviour
from sim.people.parties import Parties, PartyTables
from sim.places import Places
from sim.roads.network import Network
from sim.schema.base import Row
from sim.schema.forces import EmergencyRow
from sim.schema.tables import (
    AssemblyPointRow,
    DepotRow,
    ExitRow,
    FacilityRow,
    GaugeRow,
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
    ZoneRow,
)
from sim.world import Homes, Team, Vehicle, World, Zones, counts_by_day

WALK_DETOUR = 1.3
"""Paths on foot are taken as 1.3 times the straight line (judgement, said so in the limits)."""

PLACE_TABLES = (
    "settlements", "facilities", "assembly_points", "shelters", "exits", "depots", "stations",
    "stores",
)  # fmt: skip

T = TypeVar("T", bound=Row)
Int64 = NDArray[np.int64]


def build_world(folder: ScenarioFolder) -> World:
    """The World of a scenario; the folder has been checked, so references resolve.

    Raises:
        InputError: the hazard's files do not fit the places and roads.
    """
    spec = folder.spec
    clock_start = parse_clock_start(spec.clock_start)
    places, starts = build_places(folder)
    zones, homes = _zones_and_homes(folder, places, starts)
    by_day = counts_by_day(spec, clock_start)
    largest = _largest_party(folder)
    parties = PartyTables(spec.present, by_day, spec.behaviour, largest).build(
        _table(folder, "settlements", SettlementRow),
        _table(folder, "groups", GroupRow),
        _table(folder, "facilities", FacilityRow),
    )
    assembly = _table(folder, "assembly_points", AssemblyPointRow)
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
        assembly_zone=_rows(zone_row, [row.zone for row in assembly]),
        assembly_transfer=_rows(assembly_row, [row.transfer_to for row in assembly]),
        level_gauges=_gauges(folder, "level"),
        rain_gauges=_gauges(folder, "rain"),
        shelters=_table(folder, "shelters", ShelterRow),
        exits=_table(folder, "exits", ExitRow),
        organisers={row.id: row for row in _table(folder, "organisers", OrganiserRow)},
        posts=_table(folder, "posts", PostRow),
        vehicles=_vehicles(folder, starts),
        teams=_teams(folder, starts),
        behaviour=compile_behaviour(spec.behaviour, clock_start),
        hazard=_hazard(folder, places),
        assembly_place=starts["assembly_points"],
        shelter_place=starts["shelters"],
        exit_place=starts["exits"],
        stores=_table(folder, "stores", StoreRow),
        items=_table(folder, "items", ItemRow),
        store_place=starts["stores"],
        stations=_table(folder, "stations", StationRow),
        emergencies=_table(folder, "emergencies", EmergencyRow),
    )


def build_places(folder: ScenarioFolder) -> tuple[Places, dict[str, int]]:
    """All places with their road nodes, and the first place row of every table."""
    rows: list[PlaceRow] = []
    kinds: list[str] = []
    starts: dict[str, int] = {}
    for table in PLACE_TABLES:
        starts[table] = len(rows)
        mine = cast("tuple[PlaceRow, ...]", folder.tables.get(table, ()))
        rows += mine
        kinds += [table] * len(mine)
    x, y = work_xy(folder, rows)
    node, snap_m = _nodes(folder, rows, x, y)
    z = [NO_LEVEL if row.elevation_m is None else round(row.elevation_m * 1000) for row in rows]
    places = Places(
        tuple(kinds), tuple(r.id for r in rows), tuple(r.name for r in rows), x, y,
        np.array(z, dtype=np.int64), node, snap_m,
    )  # fmt: skip
    return places, starts


def work_xy(
    folder: ScenarioFolder, rows: Sequence[PlaceRow]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Positions of table rows in the working system; NaN where a row gives none."""
    x = np.array([np.nan if row.x is None else row.x for row in rows], dtype=np.float64)
    y = np.array([np.nan if row.y is None else row.y for row in rows], dtype=np.float64)
    known = ~np.isnan(x) & ~np.isnan(y)
    if known.any() and folder.work_crs:
        x[known], y[known] = to_work(x[known], y[known], folder.spec.crs.tables, folder.work_crs)
    return x, y


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
    vehicles = _table(folder, "vehicles", VehicleRow)
    buses = [round(v.seats * use) for v in vehicles if v.vehicle_class != "ambulance"]
    return max(1, min(buses, default=60))


def _table(folder: ScenarioFolder, name: str, model: type[T]) -> tuple[T, ...]:
    return cast("tuple[T, ...]", folder.tables.get(name, ()))


def _gauges(folder: ScenarioFolder, kind: str) -> tuple[GaugeRow, ...]:
    return tuple(g for g in _table(folder, "gauges", GaugeRow) if g.kind == kind)


def _rows(of: dict[str, int], names: Sequence[str]) -> Int64:
    return np.array([of.get(name, -1) for name in names], dtype=np.int64)


def _zones_and_homes(
    folder: ScenarioFolder, places: Places, starts: dict[str, int]
) -> tuple[Zones, Homes]:
    zone_rows = _table(folder, "zones", ZoneRow)
    level = {g.id: i for i, g in enumerate(_gauges(folder, "level"))}
    rain = {g.id: i for i, g in enumerate(_gauges(folder, "rain"))}
    settlements = _table(folder, "settlements", SettlementRow)
    facilities = _table(folder, "facilities", FacilityRow)
    rows: tuple[SettlementRow | FacilityRow, ...] = (*settlements, *facilities)
    zone = _rows({z.id: i for i, z in enumerate(zone_rows)}, [row.zone for row in rows])
    nearest = _Nearest(folder, places, starts)
    assembly = np.array(
        [nearest.assembly(h, row, int(zone[h])) for h, row in enumerate(rows)], dtype=np.int64
    )
    village = np.array([nearest.village_shelter(h, row) for h, row in enumerate(rows)], np.int64)
    exits = np.array([nearest.exit(h, row) for h, row in enumerate(rows)], dtype=np.int64)
    homes = Homes(
        rows=rows,
        of_zone=tuple(tuple(np.flatnonzero(zone == z).tolist()) for z in range(len(zone_rows))),
        n_settlements=len(settlements),
        zone=zone,
        assembly=assembly,
        village_shelter=village,
        exit=exits,
        assembly_mm=_walk_mm(places, assembly, starts["assembly_points"]),
        shelter_mm=_walk_mm(places, village, starts["shelters"]),
        high_ground_ms=np.array([_high_ground_ms(row) for row in rows], dtype=np.int64),
        households=np.zeros(len(rows), dtype=np.int64),
        keys=stable_keys([row.id for row in rows]),
    )
    zones = Zones(
        rows=zone_rows,
        gauge=_rows(level, [z.gauge for z in zone_rows]),
        rain_gauge=_rows(rain, [z.rain_gauge for z in zone_rows]),
        keys=stable_keys([z.id for z in zone_rows]),
    )
    return zones, homes


class _Nearest:
    """Finds the places a home goes to when its row does not name them."""

    def __init__(self, folder: ScenarioFolder, places: Places, starts: dict[str, int]) -> None:
        self.places, self.starts = places, starts
        self.assembly_rows = _table(folder, "assembly_points", AssemblyPointRow)
        self.shelter_rows = _table(folder, "shelters", ShelterRow)
        self.exit_rows = _table(folder, "exits", ExitRow)
        self.by_id = {
            table: {row.id: i for i, row in enumerate(rows)}
            for table, rows in (
                ("assembly_points", self.assembly_rows),
                ("shelters", self.shelter_rows),
                ("exits", self.exit_rows),
            )
        }

    def assembly(self, home: int, row: SettlementRow | FacilityRow, zone: int) -> int:
        """Named, else the nearest of the zone, -1 without any."""
        named = getattr(row, "assembly_point", "")
        mine = [i for i, a in enumerate(self.assembly_rows) if zone >= 0 and a.zone == row.zone]
        return self._pick("assembly_points", home, named, mine)

    def village_shelter(self, home: int, row: SettlementRow | FacilityRow) -> int:
        """Named, else the nearest village shelter, else the nearest of any kind."""
        named = getattr(row, "village_shelter", "")
        if named or not row.zone:
            return self.by_id["shelters"].get(named, -1)
        village = [i for i, s in enumerate(self.shelter_rows) if s.kind == "village"]
        other = [i for i, s in enumerate(self.shelter_rows) if s.kind == "larger"]
        return self._pick("shelters", home, "", village or other)

    def exit(self, home: int, row: SettlementRow | FacilityRow) -> int:
        """Named, else the nearest place with relatives (off the lists: the nearest way out of the
        county), else the nearest of any kind."""
        named = getattr(row, "relatives_to", "")
        wanted = "relatives" if row.zone else "exit"
        some = [i for i, e in enumerate(self.exit_rows) if e.kind == wanted]
        return self._pick("exits", home, named, some or list(range(len(self.exit_rows))))

    def _pick(self, table: str, home: int, named: str, candidates: list[int]) -> int:
        if named:
            return self.by_id[table].get(named, -1)
        first = self.starts[table]
        distance = [(self.places.straight_mm(home, first + i), i) for i in candidates]
        return min(distance)[1] if distance else -1


def _walk_mm(places: Places, target: Int64, first: int) -> Int64:
    return np.array(
        [
            round(places.straight_mm(home, first + int(row)) * WALK_DETOUR) if row >= 0 else NEVER
            for home, row in enumerate(target)
        ],
        dtype=np.int64,
    )


def _high_ground_ms(row: SettlementRow | FacilityRow) -> int:
    given = getattr(row, "high_ground_min", None)
    return -1 if given is None else round(given * MS_PER_MIN)


def _with_households(homes: Homes, parties: Parties) -> Homes:
    return replace(homes, households=np.diff(parties.start))


def _vehicles(folder: ScenarioFolder, starts: dict[str, int]) -> tuple[Vehicle, ...]:
    depots = {row.id: i for i, row in enumerate(_table(folder, "depots", DepotRow))}
    vehicles = []
    for row in _table(folder, "vehicles", VehicleRow):
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
    stations = {row.id: i for i, row in enumerate(_table(folder, "stations", StationRow))}
    return tuple(
        Team(row.id, stable_key("team:" + row.id), row, starts["stations"] + stations[row.station])
        for row in _table(folder, "teams", TeamRow)
    )


def _hazard(folder: ScenarioFolder, places: Places) -> Hazard:
    level, rain = _gauges(folder, "level"), _gauges(folder, "rain")
    (level_x, level_y), (rain_x, rain_y) = work_xy(folder, level), work_xy(folder, rain)
    roads = folder.roads
    empty = np.zeros(0)
    net = roads if isinstance(roads, Network) else None
    geometry = Geometry(
        crs=folder.work_crs,
        place_ids=places.ids,
        place_x=places.x,
        place_y=places.y,
        place_z_mm=places.z_mm,
        sample_start=net.sample_start if net else np.zeros(1, dtype=np.int64),
        sample_x=net.sample_x if net else empty,
        sample_y=net.sample_y if net else empty,
        sample_z_mm=net.sample_z_mm if net else np.zeros(0, dtype=np.int64),
        edge_bridge=net.bridge if net else np.zeros(0, dtype=np.bool_),
        edge_low_water_bridge=net.low_water_bridge if net else np.zeros(0, dtype=np.bool_),
        edge_deck_mm=net.deck_mm if net else np.zeros(0, dtype=np.int64),
        gauges=Gauges(
            ids=tuple(g.id for g in level),
            x=level_x,
            y=level_y,
            river=tuple(g.river for g in level),
            chainage_m=np.full(len(level), -1, dtype=np.int64),
            warning_mm=_levels([g.warning_level_m for g in level]),
            guarantee_mm=_levels([g.guarantee_level_m for g in level]),
        ),
        rain_gauges=RainGauges(ids=tuple(g.id for g in rain), x=rain_x, y=rain_y),
        n_homes=sum(kind in ("settlements", "facilities") for kind in places.kinds),
        edge_width_mm=net.width_mm.astype(np.int64) if net else np.zeros(0, dtype=np.int64),
    )
    spec = folder.spec
    setting = Setting(
        folder.path, parse_clock_start(spec.clock_start), spec.horizon_min, spec.crs.hazard
    )
    return build_hazard(folder.spec.hazard, geometry, setting)


def _levels(values: Sequence[float | None]) -> Int64:
    return np.array([NO_LEVEL if v is None else round(v * 1000) for v in values], dtype=np.int64)
