"""Surf Coast Shire (AU): a recorded bushfire, 10,000 people in cars, staged messages as plans.

The folder is an ordinary scenario: roads of the source with their own capacities, one settlement
per person's home, an evacuation zone and what a person reacts to as the zone of orders, the fire
as areas that are impassable from the recorded hour on, every message schedule a plan.

    python tests/real/surf_coast_result.py        prints the tables of docs/surf_coast.md
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping, shape

from sim.io.crs import to_work

CRS = "EPSG:32754"
START, HORIZON_MIN = "2022-01-12T09:00", 900
"""A Wednesday in January, up to midnight."""
IGNITION, SHIFT_MIN = "12:00", 120
"""A quarter of an hour before the first message, give or take two hours (our choice)."""
MESSAGE = 0.6
"""Weight of EVACUATE_NOW in the source's program; who needs more leaves on seeing the fire."""
SIGHT_M = 5_000
"""Distance at which the fire is seen (our choice)."""
CELL_M = 180
BACK_ROAD_VPH = 100
"""842 links carry 20 vehicles an hour, the source's way to keep traffic off tracks and driveways.
Our drivers would stand before them for hours; they get the pace of a driveway instead."""
SCHEDULES = ("s2", "s5", "s6", "s7")
CLASSES = (
    "ResidentFullTime", "ResidentPartTime", "VisitorRegular", "VisitorOvernight", "VisitorDaytime",
)  # fmt: skip

Table = list[dict[str, str]]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Source:
    """The source's tables."""

    folder: Path
    persons: Table
    links: Table
    nodes: Table
    zones: list[dict[str, Any]]
    fire: Floats
    """x, y, hour of every cell that burns."""

    def messages(self, schedule: str) -> list[tuple[str, list[str]]]:
        """Time and zone names of every message of a schedule."""
        text = (self.folder / f"messages.{schedule}.json").read_text(encoding="utf-8")
        return [
            (_clock(message["broadcastHHMM"]), list(message["broadcastZones"]))
            for message in json.loads(text)["messages"]
        ]

    def told_by_all(self) -> set[str]:
        """Names of the zones that every schedule tells to leave."""
        told = [{n for _, names in self.messages(s) for n in names} for s in SCHEDULES]
        return set.intersection(*told)

    def disruptions(self) -> tuple[str, list[str]]:
        """Traffic management points of the source: when they are set up, and the links barred."""
        text = (self.folder / "traffic-mgt-points.s3.json").read_text(encoding="utf-8")
        points = json.loads(text)["disruptions"][0]
        return _clock(points["startHHMM"]), list(points["impactedLinks"])


def read_source(folder: Path) -> Source:
    """Read what the scenario is made from."""
    features = json.loads((folder / "zones-epsg4326.geojson").read_text(encoding="utf-8"))
    burnt = [
        (float(row["x"]), float(row["y"]), float(row["hour_burnt"]))
        for row in _rows(folder / "fire_arrival_epsg32754.csv.gz")
        if row["hour_burnt"]
    ]
    return Source(
        folder,
        _rows(folder / "persons_10k.csv.gz"),
        _rows(folder / "links.csv.gz"),
        _rows(folder / "nodes.csv.gz"),
        features["features"],
        np.array(burnt),
    )


def _rows(path: Path) -> Table:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _clock(hhmm: str) -> str:
    return f"{hhmm[:2]}:{hhmm[2:]}"


def make_folder(source: Source, folder: Path, cars_each: int = 1) -> Path:
    """The scenario; ``cars_each`` cars leave from every home of the sample."""
    (folder / "plans").mkdir(parents=True, exist_ok=True)
    (folder / "hazard").mkdir(exist_ok=True)
    (folder / "scenario.yaml").write_text(json.dumps(_spec()), encoding="utf-8")
    people = People(source)
    nodes = ({"id": row["node_id"], "x": row["x"], "y": row["y"]} for row in source.nodes)
    _write(folder / "nodes.csv", nodes)
    _write(folder / "edges.csv", _edges(source))
    _write(folder / "settlements.csv", people.settlements(cars_each))
    _write(folder / "zones.csv", people.zone_rows())
    _write(folder / "gauges.csv", people.gauges())
    _write(folder / "exits.csv", people.exit_rows())
    _fire(source, folder / "hazard" / "fire.geojson")
    for schedule in SCHEDULES:
        for points in (False, True):
            name = schedule + ("_points" if points else "")
            plan = _plan(source, people, schedule, points)
            (folder / "plans" / f"{name}.yaml").write_text(json.dumps(plan), encoding="utf-8")
    return folder


def _spec() -> dict[str, Any]:
    return {
        "name": {"zh": "冲浪海岸郡林火", "en": "Surf Coast bushfire"},
        "clock_start": START,
        "horizon_min": HORIZON_MIN,
        "crs": {"work": CRS, "tables": CRS, "roads": CRS, "hazard": CRS},
        "present": {"hour": "day"},
        "roads": {"keep_components": "all", "snap_warn_m": 20_000, "snap_max_m": 20_000},
        "hazard": {
            "kind": "recorded_depth",
            "step_min": 5,
            "data": {"form": "polygons", "file": "hazard/fire.geojson", "starts_at": IGNITION},
            "ensemble": {"members": 5},
            "start_shift_min": {"dist": "uniform", "low": -SHIFT_MIN, "high": SHIFT_MIN},
        },
        "behaviour": {
            "tell": {"broadcast_reach_day": 1, "broadcast_reach_night": 1},
            "decide": {"comply_broadcast": 1, "comply_visit": 1, "comply_second": 1},
            "returns": {"share": 0},
            "drive": {"own_car_willing_mm": 0, "road_speed_factor": 1},
            "household_size": 1,
        },
        "traffic": {"rain": False},
        "sources": ["github.com/agentsoz/ees 9abd21f (MIT); OpenStreetMap (ODbL)"],
    }


def _edges(source: Source) -> Iterable[dict[str, Any]]:
    for row, link in enumerate(source.links):
        back_road = float(link["capacity_vph"]) < BACK_ROAD_VPH
        yield {
            "id": link_name(row),
            "from_node": link["from_node"],
            "to_node": link["to_node"],
            "oneway": "yes",
            "length_m": max(float(link["length_m"]), 0.01),
            "speed_kmh": 10 if back_road else round(float(link["freespeed_mps"]) * 3.6, 1),
            "lanes": max(1, int(float(link["lanes"]))),
            "capacity_pcu_h": "" if back_road else link["capacity_vph"],
        }


def link_name(row: int) -> str:
    """Edge id of a link; the source's own names are longer than ours may be."""
    return f"L{row}"


class People:
    """The persons by home, zone and destination."""

    def __init__(self, source: Source) -> None:
        self.source, persons = source, source.persons
        lon, lat = (np.array([float(p[c]) for p in persons]) for c in ("lon", "lat"))
        self.x, self.y = to_work(lon, lat, "EPSG:4326", CRS)
        areas = [shape(zone["geometry"]) for zone in source.zones]
        tree = shapely.STRtree(areas)
        who, area = tree.query(shapely.points(lon, lat), predicate="within")
        self.area = np.full(len(persons), -1)
        self.area[who[::-1]] = area[::-1]
        self.heeds = np.array([float(p["thr_final"]) <= MESSAGE + 1e-9 for p in persons])
        places = [(float(p["evac_x"]), float(p["evac_y"])) for p in persons]
        self.exits = sorted(set(places))
        self.exit = [self.exits.index(place) for place in places]

    def zone(self, person: int) -> str:
        """Id of the zone of orders of a person: where he is, and what he reacts to."""
        return f"A{self.area[person]}{'m' if self.heeds[person] else 's'}"

    def named(self, names: Sequence[str]) -> list[str]:
        """Zones of those who react to a message sent to areas of these names."""
        areas = {i for i, z in enumerate(self.source.zones) if z["properties"]["IDName"] in names}
        return sorted({f"A{a}m" for a in areas} & {self.zone(p) for p in range(len(self.heeds))})

    def settlements(self, cars_each: int) -> Iterable[dict[str, Any]]:
        """A settlement for every person."""
        for i in range(len(self.heeds)):
            yield {
                "id": f"P{i}", "name": f"P{i}", "x": round(self.x[i], 2), "y": round(self.y[i], 2),
                "village": self.source.persons[i]["agent_type"], "zone": self.zone(i),
                "resident": cars_each, "household_size": 1, "share_relatives": 1,
                "share_in_place": 0, "share_village_shelter": 0, "share_coach": 0,
                "relatives_to": f"X{self.exit[i]}",
            }  # fmt: skip

    def zone_rows(self) -> Iterable[dict[str, Any]]:
        """Zones of orders, with the place from which each sees the fire."""
        seen = self._sights()
        for zone in sorted({self.zone(i) for i in range(len(self.heeds))}):
            area = int(zone[1:-1])
            name = "-" if area < 0 else self.source.zones[area]["properties"]["IDName"]
            gauge = f"G{area}" if area in seen else ""
            yield {"id": zone, "name": name, "gauge": gauge}

    def gauges(self) -> Iterable[dict[str, Any]]:
        """Where the fire stands when it is first seen from an area."""
        for area, (x, y) in sorted(self._sights().items()):
            yield {
                "id": f"G{area}", "name": f"G{area}", "x": x, "y": y, "kind": "level",
                "warning_level_m": 1,
            }  # fmt: skip

    def _sights(self) -> dict[int, tuple[float, float]]:
        fire = self.source.fire[np.argsort(self.source.fire[:, 2], kind="stable")]
        burning = shapely.STRtree(shapely.points(fire[:, 0], fire[:, 1]))
        found = {}
        for area in np.unique(self.area).tolist():
            homes = shapely.points(self.x[self.area == area], self.y[self.area == area])
            cells = burning.query(homes, predicate="dwithin", distance=SIGHT_M)[1]
            if len(cells):
                found[area] = (float(fire[cells.min(), 0]), float(fire[cells.min(), 1]))
        return found

    def exit_rows(self) -> Iterable[dict[str, Any]]:
        """The source's places of refuge."""
        for i, (x, y) in enumerate(self.exits):
            at = {"x": round(x, 2), "y": round(y, 2)}
            yield {"id": f"X{i}", "name": f"X{i}", "kind": "exit", **at}


def _fire(source: Source, path: Path) -> None:
    half = CELL_M / 2
    features = [
        {
            "type": "Feature",
            "properties": {"depth_m": 5, "from_min": round(hour * 60, 2)},
            "geometry": mapping(shapely.box(x - half, y - half, x + half, y + half)),
        }
        for x, y, hour in source.fire.tolist()
    ]
    name = f"urn:ogc:def:crs:EPSG::{CRS.removeprefix('EPSG:')}"
    crs = {"type": "name", "properties": {"name": name}}
    layer = {"type": "FeatureCollection", "crs": crs, "features": features}
    path.write_text(json.dumps(layer), encoding="utf-8")


def _plan(source: Source, people: People, schedule: str, points: bool) -> dict[str, Any]:
    rules: list[dict[str, Any]] = [
        {"signal": "clock", "at": at, "action": "move", "zones": people.named(names)}
        for at, names in source.messages(schedule)
    ]
    rules.append({"signal": "observed_level", "reaches": "warning", "action": "move"})
    plan: dict[str, Any] = {
        "name": {"zh": f"预警信息 {schedule}", "en": f"messages {schedule}"},
        "when": {"rules": rules},
        "organise": {"broadcast": True, "door_knocking": False},
        "manage": {"guards": True},
    }
    if points:
        at, links = source.disruptions()
        row = {link["link_id"]: k for k, link in enumerate(source.links)}
        edges = [link_name(row[name]) for name in links]
        barred = {"kind": "close", "edges": edges, "on": "clock", "at": at}
        plan["controls"] = {"closures": [barred]}
    return plan


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    table = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
