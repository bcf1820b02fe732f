"""Tiny worlds for theory tests: a scenario folder written from a few numbers, loaded and played.

Nothing is random unless a test asks for it: everybody hears the order at once and complies, is
ready at once, every vehicle turns up at once, nobody goes back, handling takes no time.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sim.clock import MS_PER_MIN
from sim.io.scenario_folder import load_scenario
from sim.log import Kind, RunLog, VehicleStatus
from sim.plan import Plan, compile_plan
from sim.run import run_once
from sim.world import World
from sim.world_build import build_world

Row = Mapping[str, Any]
START = "2025-06-18T08:00"
"""08:00, so that ten hours of daylight follow; night factors are 1 here anyway."""

BEHAVIOUR: dict[str, Any] = {
    "tell": {
        "broadcast_reach_day": 1, "broadcast_reach_night": 1, "broadcast_delay_min": 0,
        "visit_min": 0, "cadres_per_100_households": 100, "call_min": 0, "call_retry_min": 0,
        "organiser_start_min": 0,
    },
    "decide": {"comply_broadcast": 1, "comply_visit": 1, "comply_second": 1},
    "prepare": {
        "prepare_min": 0, "longest_min": 300, "upstairs_min": 0, "night_factor": 1, "walk_mps": 1,
    },
    "returns": {"share": 0, "after_min": 0, "not_before": "05:30", "stay_min": 0},
    "drive": {
        "mobilise_min": 0, "mobilise_staged_min": 0, "turnup_day": 1, "turnup_night": 1,
        "seat_use": 1, "board_fixed_min": 0, "board_person_s": 0, "carry_min": 0,
        "alight_fixed_min": 0, "alight_person_s": 0, "breakdown_per_trip": 0, "repair_min": 0,
        "driver_hours": 48, "driver_rest_h": 8, "road_speed_factor": 1, "night_speed_factor": 1,
        "own_car_willing_mm": 300,
    },
    "settle": {"register_min": 0, "headcount_min": 0},
    "fetch": {
        "muster_min": 0, "launch_min": 0, "load_fixed_min": 0, "pickup_min": 0, "unload_min": 0,
        "boat_speed_kmh": 60, "boat_run_min": 0, "outward_run": True, "boat_detour": 1,
        "night_factor": 1, "max_velocity_mps": 10, "shift_h": 48, "rest_h": 0,
    },
    "harm": {"leave_blocked_mm": 500, "exposed_mm": 500},
    "household_size": 1,
    "share_in_place": 0, "share_relatives": 0, "share_village_shelter": 0, "share_coach": 1,
}  # fmt: skip

EAST, NORTH = 500_000, 3_300_000
"""Where tiny worlds with coordinates begin, in metres of EPSG:32650."""

ORDER_AT_ONCE = {"rules": [{"signal": "clock", "at": "08:00", "action": "move"}]}


def zone(name: str = "Z", **columns: Any) -> Row:
    """A zone."""
    return {"id": name, "name": name, **columns}


def village(name: str = "V", persons: int = 4, node: str = "v", **columns: Any) -> Row:
    """A settlement whose people all go to the stop unless a share says otherwise."""
    shares = {} if any(key.startswith("share_") for key in columns) else {"share_coach": 1}
    base = {"id": name, "name": name, "node": node, "zone": "Z", "resident": persons}
    return {**base, **shares, **columns}


@dataclass
class Tiny:
    """A scenario in the making. ``behaviour`` overrides: {"drive.board_fixed_min": 15}.

    minutes: (from, to, minutes) links of a matrix; nodes, edges: rows of a road network instead.
    traffic: free flow unless stated, because the exact minutes of most cases are its minutes.
    """

    tables: dict[str, list[Row]] = field(default_factory=dict)
    minutes: Sequence[tuple[str, str, float]] = ()
    behaviour: dict[str, Any] = field(default_factory=dict)
    hazard: dict[str, Any] = field(default_factory=lambda: {"kind": "none"})
    horizon_min: int = 2880
    traffic: dict[str, Any] = field(default_factory=lambda: {"queues": False})
    files: dict[str, str] = field(default_factory=dict)
    outages: Sequence[Row] = ()

    def write(self, folder: Path, plans: Mapping[str, Row]) -> Path:
        """The scenario folder; plans default to an order at once and a broadcast."""
        folder.mkdir(parents=True, exist_ok=True)
        on_matrix = bool(self.minutes)
        spec = {
            "name": {"zh": "理论算例", "en": "Theory"},
            "clock_start": START,
            "horizon_min": self.horizon_min,
            "roads": {"kind": "minutes" if on_matrix else "roads"},
            "hazard": self.hazard,
            "behaviour": _changed(BEHAVIOUR, self.behaviour),
            "traffic": self.traffic,
            "outages": list(self.outages),
        }
        if not on_matrix or any("x" in row for rows in self.tables.values() for row in rows):
            spec["crs"] = {"work": "EPSG:32650", "tables": "EPSG:32650", "roads": "EPSG:32650"}
        (folder / "scenario.yaml").write_text(
            json.dumps(spec, ensure_ascii=False, indent=1), "utf-8"
        )
        tables = dict(self.tables)
        if on_matrix:
            links = [{"from_node": a, "to_node": b, "minutes": m} for a, b, m in self.minutes]
            tables["minutes"] = links
        for name, rows in tables.items():
            _write_csv(folder / f"{name}.csv", rows)
        for name, text in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        (folder / "plans").mkdir(exist_ok=True)
        for name, plan in plans.items():
            whole = {"name": {"zh": name}, "when": ORDER_AT_ONCE, **plan}
            (folder / "plans" / f"{name}.yaml").write_text(json.dumps(whole, indent=1), "utf-8")
        return folder

    def build(self, folder: Path, plans: Mapping[str, Row]) -> World:
        """Written and loaded by the same door as a planner's folder."""
        return build_world(load_scenario(self.write(folder, plans)))


def wet_from(
    at: str, west_m: float, east_m: float, north_m: float, depth_m: float = 1.0
) -> dict[str, Any]:
    """Hazard and files of a Tiny: a depth from a clock time on, in a rectangle around EAST, NORTH.

    It reaches from west_m to east_m east of that point, and as far to the north as to the south.
    """
    west, east, south, north = EAST + west_m, EAST + east_m, NORTH - north_m, NORTH + north_m
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    flood = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32650"}},
        "features": [
            {"type": "Feature", "properties": {"depth_m": depth_m, "from_min": 0},
             "geometry": {"type": "Polygon", "coordinates": [ring]}}
        ],
    }  # fmt: skip
    data = {"form": "polygons", "file": "hazard/flood.geojson", "starts_at": at}
    return {
        "hazard": {"kind": "recorded_depth", "data": data},
        "files": {"hazard/flood.geojson": json.dumps(flood)},
    }


@dataclass(frozen=True)
class Played:
    """One run with the numbers the tests ask for."""

    world: World
    plan: Plan
    log: RunLog

    def last_min(self, kind: Kind) -> float:
        """Minute of the last record of a kind."""
        return float(self.log.of(kind)["t"].max()) / MS_PER_MIN

    def registered(self) -> int:
        """Persons head-counted by the horizon."""
        parties = np.unique(self.log.of(Kind.REGISTERED)["who"])
        return int(self.world.parties.size[parties].sum())

    def persons_at(self, place: str) -> int:
        """Persons head-counted at a place."""
        rows = self.log.of(Kind.REGISTERED)
        row = self.world.places.ids.index(place)
        parties = np.unique(rows["who"][rows["place"] == row])
        return int(self.world.parties.size[parties].sum())

    def arrivals_min(self) -> list[float]:
        """Minutes at which each loaded vehicle reached its shelter, in order."""
        rows = self.log.of(Kind.VEHICLE)
        there = rows[rows["value"] == VehicleStatus.AT_SHELTER]
        return [float(t) / MS_PER_MIN for t in there["t"]]


def play(world: World, plan_id: str, seed: int = 1, replication: int = 0) -> Played:
    """One replication of one plan of the folder."""
    plan = compile_plan(world, plan_id)
    return Played(world, plan, run_once(world, plan, seed, replication))


def _changed(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(json.dumps(base))
    for name, value in changes.items():
        part = result
        *path, last = name.split(".")
        for key in path:
            part = part[key]
        if last not in part:
            raise KeyError(f"behaviour has no {name}")
        part[last] = value
    return result


def _write_csv(path: Path, rows: Sequence[Row]) -> None:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
