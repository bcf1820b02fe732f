"""``yuyan new``: a scenario folder from raw files, with every assumption named.

Roads, people, buildings and a flood map go in; a folder comes out that ``check`` accepts and a
planner corrects table by table. Nothing is random: the same files give the same folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.io.crs import to_work
from sim.io.limits import tidy
from sim.io.new_area import Area
from sim.io.new_files import LEFT_OUT, write_plans, write_scenario, write_table
from sim.io.new_hazard import NewHazard, new_hazard
from sim.io.new_people import Homes, ZonePlan, grid_zones, make_homes, node_zones
from sim.io.new_places import PlaceTables, Scene
from sim.io.new_plans import area_plan, first_plans
from sim.io.new_points import RawPoints, check_nodes, check_positions, read_points, work_crs_of
from sim.io.new_request import LAYERS, NewOptions, NewScenario, RawFiles, check_request
from sim.io.new_roads import Ground, copy_minutes, copy_roads
from sim.io.new_shelters import CAPACITY, REASONS, Building, read_buildings, shelters_of
from sim.io.roads_osm import OSM_ENDINGS
from sim.roads.minutes import MinutesMatrix
from sim.schema.problems import InputError, Problem
from sim.texts.new_scenario import Assumption

__all__ = ["LAYERS", "NewOptions", "NewScenario", "RawFiles", "new_scenario"]

CLOCK_START, WATER_AT, HORIZON_MIN = "2025-06-18T05:00", "20:00", 2400
AT_RISK_MM = 100
"""Water at the middle of a cell from which its people are on the to-move list."""


def new_scenario(
    folder: Path, files: RawFiles, crs: Mapping[str, str], options: NewOptions | None = None
) -> NewScenario:
    """Make a scenario folder from raw files.

    Args:
        folder: the folder to make; it must not exist, or be empty.
        files: raw files.
        crs: coordinate system per layer (``LAYERS``).
        options: values known better than assumed.

    Raises:
        InputError: every problem of the file that could not be used; nothing is left behind.
    """
    check_request(folder, files, crs)
    existed = folder.exists()
    try:
        return _Making(folder, files, crs, options or NewOptions()).make()
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if existed:
            folder.mkdir()
        if isinstance(error, InputError):
            raise InputError(tidy(error.problems)) from error
        raise


class _Making:
    """One scenario in the making."""

    def __init__(
        self, folder: Path, files: RawFiles, crs: Mapping[str, str], options: NewOptions
    ) -> None:
        self.folder, self.files, self.crs, self.options = folder, files, crs, options
        self.said: list[Assumption] = []

    def make(self) -> NewScenario:
        """Read, assume, write."""
        self.folder.mkdir(parents=True, exist_ok=True)
        by_node = self.files.minutes is not None
        people = read_points(self.files.people, self.crs.get("people"), "people", by_node)
        places = self._places(by_node)
        tables = [people, *([places] if places else [])]
        if self.files.hazard:
            check_positions(*tables)
        homes, said = make_homes(people, self.options.people_total)
        if not np.isnan(people.lon).any():
            systems = {name: self.crs.get(name, "-") for name in ("people", "shelters")}
            self._say("tables", **systems)
        self.said += said
        work = work_crs_of(people)
        roads_crs, ground, matrix = self._roads(work)
        if matrix is not None:
            check_nodes(matrix.node_ids, *tables)
        area = Area(self.options.area) if self.options.area else None
        if area is not None:
            homes = self._inside(area, homes)
        water = (WATER_AT, self.options.spread_from)
        hazard = new_hazard(self.files.hazard, self.folder, self.crs, water)
        zones = self._zones(homes, hazard, work, by_node=matrix is not None)
        buildings = read_buildings(places, _depths(hazard, places, work)) if places else []
        shelters = self._shelters(buildings, places) if places else []
        scene = Scene(homes, zones, shelters, buildings, ground, matrix, hazard, work, area)
        made = PlaceTables(scene)
        for name, rows in made.tables().items():
            write_table(self.folder, name, rows)
        self.said += made.assumptions
        self.said += hazard.assumptions
        self._write(work, roads_crs, hazard, scene)
        return NewScenario(
            folder=self.folder,
            people=int(homes.persons.sum()),
            people_at_risk=int(homes.persons[zones.of_home >= 0].sum()),
            shelter_places=sum(building.capacity for building in shelters),
            left_out=len(buildings) - len(shelters),
            assumptions=tuple(self.said),
        )

    def _say(self, key: str, **values: object) -> None:
        self.said.append(Assumption(key, values))

    def _places(self, by_node: bool) -> RawPoints | None:
        """Buildings, None where no file names any."""
        if self.files.shelters is None:
            self._say("no_shelters")
            return None
        return read_points(self.files.shelters, self.crs.get("shelters"), "shelters", by_node)

    def _inside(self, area: Area, homes: Homes) -> Homes:
        """The homes of the area that is to be cleared."""
        kept = area.homes(homes)
        people, others = int(kept.persons.sum()), int(homes.persons.sum() - kept.persons.sum())
        self._say("area", homes=len(kept), people=f"{people:,}", others=f"{others:,}")
        return kept

    def _roads(self, work: str) -> tuple[str, Ground | None, MinutesMatrix | None]:
        """Roads of the new folder and their coordinate system there."""
        if self.files.minutes:
            self._say("minutes", file=self.files.minutes.name)
            return "EPSG:4326", None, copy_minutes(self.files.minutes, self.folder)
        if not self.files.roads:
            self._say("straight")
            return "EPSG:4326", None, None
        stated = self.crs.get(
            "roads", "EPSG:4326" if self.files.roads.name.lower().endswith(OSM_ENDINGS) else ""
        )
        if not stated:
            problem = Problem("new.crs_missing", self.files.roads.name, allowed="roads=EPSG:…")
            raise InputError([problem])
        ground, roads_crs = copy_roads(self.files.roads, self.folder, (stated, work))
        self._say("roads", file=self.files.roads.name)
        return roads_crs, ground, None

    def _zones(self, homes: Homes, hazard: NewHazard, work: str, by_node: bool) -> ZonePlan:
        """Who is on the to-move list, in which zones."""
        at_risk = np.ones(len(homes), dtype=np.bool_)
        if self.options.area:
            at_risk[:] = True
        elif hazard.layer is None:
            self._say("all_at_risk")
        else:
            x, y = to_work(homes.lon, homes.lat, "EPSG:4326", work)
            at_risk = hazard.depth_mm(x, y, work) >= AT_RISK_MM
            moving = int(homes.persons[at_risk].sum())
            if not moving:
                name = self.files.hazard.name if self.files.hazard else ""
                raise InputError([Problem("new.nobody_at_risk", name)])
            self._say(
                "at_risk",
                limit=f"{AT_RISK_MM / 1000:g}",
                homes=int(at_risk.sum()),
                people=f"{moving:,}",
                dry=f"{int(homes.persons.sum()) - moving:,}",
            )
        if by_node:
            zones = node_zones(homes, at_risk)
            self._say("zones_nodes", zones=len(zones.names))
        else:
            zones = grid_zones(homes, *to_work(homes.lon, homes.lat, "EPSG:4326", work), at_risk)
            self._say("zones_grid", zones=len(zones.names))
        return zones

    def _shelters(self, buildings: list[Building], points: RawPoints) -> list[Building]:
        """The buildings that serve; the others are listed with the reason."""
        chosen = shelters_of(buildings, points.file)
        kinds = sorted({b.kind for b in chosen if b.kind and b.shelter_kind != "hospital"})
        wards = sorted({b.kind for b in chosen if b.shelter_kind == "hospital"})
        if kinds:
            self._say("shelter_kinds", kinds=", ".join(kinds), hospital=", ".join(wards) or "-")
        if points.texts(CAPACITY) is None:
            self._say("shelter_floor")
        out = [building for building in buildings if building.left_out]
        wet = sum(building.left_out == "wet" for building in out)
        if out:
            self._say("shelter_wet", n=wet, all=len(out), file=LEFT_OUT)
        write_table(
            self.folder,
            LEFT_OUT.removesuffix(".csv"),
            [
                {
                    "row": b.row,
                    "name": b.name,
                    "kind": b.kind,
                    "capacity": b.capacity,
                    "depth_m": b.depth_mm / 1000,
                    "reason": " | ".join(REASONS[b.left_out]),
                }
                for b in out
            ],
        )
        return chosen

    def _write(self, work: str, roads_crs: str, hazard: NewHazard, scene: Scene) -> None:
        with_water = hazard.section["kind"] != "none"
        plans = area_plan() if scene.area else first_plans(with_water)
        if scene.area:
            self._say("clock_area")
        elif with_water:
            self._say("clock", start=CLOCK_START.replace("T", " "), water=WATER_AT)
        else:
            self._say("clock_only")
        self._say("groups")
        self._say("behaviour")
        name = self.folder.resolve().name
        spec: dict[str, Any] = {
            "name": {"zh": name, "en": name},
            "clock_start": CLOCK_START,
            "horizon_min": HORIZON_MIN,
            "crs": {"tables": "EPSG:4326", "roads": roads_crs}
            | ({"work": work} if work else {})
            | ({"hazard": hazard.crs} if hazard.crs else {}),
            "roads": {"kind": "minutes" if scene.matrix is not None else "roads"},
            "hazard": hazard.section,
            "behaviour": {},
            "sources": [path.name for path in vars(self.files).values() if path],
        }
        write_scenario(self.folder, spec, self.said)
        write_plans(self.folder, plans)


def _depths(hazard: NewHazard, points: RawPoints, work: str) -> Any:
    if hazard.layer is None:
        return np.zeros(len(points), dtype=np.int32)
    x, y = to_work(points.lon, points.lat, "EPSG:4326", work)
    return hazard.depth_mm(x, y, work)
