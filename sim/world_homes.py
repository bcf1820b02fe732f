"""Zones and homes of the world: who lives where and the places each home goes to."""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_MIN, NEVER
from sim.draws import stable_keys
from sim.io.scenario_folder import ScenarioFolder
from sim.places import Places
from sim.schema.tables import (
    AssemblyPointRow,
    ExitRow,
    FacilityRow,
    SettlementRow,
    ShelterRow,
    ZoneRow,
)
from sim.world import Homes, Zones
from sim.world_tables import Int64, gauges, rows_of, table

WALK_DETOUR = 1.3
"""Paths on foot are taken as 1.3 times the straight line (judgement, said so in the limits)."""


def zones_and_homes(
    folder: ScenarioFolder, places: Places, starts: dict[str, int]
) -> tuple[Zones, Homes]:
    """Zones and homes; how many households live where is not known yet."""
    zone_rows = table(folder, "zones", ZoneRow)
    level = {g.id: i for i, g in enumerate(gauges(folder, "level"))}
    rain = {g.id: i for i, g in enumerate(gauges(folder, "rain"))}
    settlements = table(folder, "settlements", SettlementRow)
    facilities = table(folder, "facilities", FacilityRow)
    rows: tuple[SettlementRow | FacilityRow, ...] = (*settlements, *facilities)
    zone = rows_of({z.id: i for i, z in enumerate(zone_rows)}, [row.zone for row in rows])
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
        gauge=rows_of(level, [z.gauge for z in zone_rows]),
        rain_gauge=rows_of(rain, [z.rain_gauge for z in zone_rows]),
        keys=stable_keys([z.id for z in zone_rows]),
    )
    return zones, homes


class _Nearest:
    """Finds the places a home goes to when its row does not name them."""

    def __init__(self, folder: ScenarioFolder, places: Places, starts: dict[str, int]) -> None:
        self.places, self.starts = places, starts
        self.assembly_rows = table(folder, "assembly_points", AssemblyPointRow)
        self.shelter_rows = table(folder, "shelters", ShelterRow)
        self.exit_rows = table(folder, "exits", ExitRow)
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
