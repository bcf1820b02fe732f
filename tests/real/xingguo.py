"""Xingguo County 2019 as a scenario folder: 22 townships, 25 shelters, one depot, travel minutes.

Two readings of the same tables. ``source_folder`` holds the assumptions of the source: a convoy
of ten coaches with 500 seats is one vehicle, handling takes no time, everybody waits at the
roadside when the clock starts. ``real_folder`` sends the coaches one by one and takes the times of
boarding, alighting and the rest from the library of defaults.

    python tests/real/xingguo.py        prints the tables of docs/xingguo.md
"""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.clock import MS_PER_HOUR
from sim.io.scenario_folder import load_scenario
from sim.log import Kind
from sim.people.parties import largest_remainder
from sim.plan import compile_plan
from sim.run import run_once
from sim.world import World
from sim.world_build import build_world

CONVOYS = (10, 40, 80, 120)
COACHES, SEATS = 10, 50
RULES = ("nearest", "largest", "farthest", "fixed")
PUBLISHED_H = {10: (31.6, 32.1), 40: (9.9, 10.0), 80: (5.25, 5.25), 120: (4.75, 4.75)}
"""Nearest next trip without loading time, hours (reference/README.md); ranges depend on ties."""

NO_HANDLING: dict[str, Any] = {
    "tell": {
        "broadcast_reach_day": 1, "broadcast_delay_min": 0, "organiser_start_min": 0,
    },
    "decide": {"comply_broadcast": 1, "comply_visit": 1, "comply_second": 1},
    "prepare": {"prepare_min": 0},
    "returns": {"share": 0},
    "drive": {
        "mobilise_min": 0, "turnup_day": 1, "seat_use": 1, "board_fixed_min": 0,
        "board_person_s": 0, "alight_fixed_min": 0, "alight_person_s": 0, "breakdown_per_trip": 0,
        "driver_hours": 48, "road_speed_factor": 1, "night_speed_factor": 1,
    },
    "settle": {"register_min": 0, "headcount_min": 0},
    "household_size": 1,
}  # fmt: skip
"""One-person parties fill 500 seats as the source's loads do."""

ONLY_HANDLING: dict[str, Any] = {
    name: values for name, values in NO_HANDLING.items() if name not in ("drive", "household_size")
} | {
    "drive": {
        "mobilise_min": 0, "turnup_day": 1, "breakdown_per_trip": 0, "driver_hours": 48,
        "road_speed_factor": 1, "night_speed_factor": 1,
    },
}  # fmt: skip
"""Boarding, alighting, seats lost to bags and households from the library; all else as above."""


def read(data: Path, name: str) -> list[dict[str, str]]:
    """Rows of one of the source's tables."""
    with (data / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def source_folder(data: Path, folder: Path, convoys: int) -> Path:
    """The source's assumptions; one plan per dispatch rule."""
    return _write(data, folder, NO_HANDLING, (convoys, COACHES * SEATS))


def real_folder(data: Path, folder: Path, convoys: int) -> Path:
    """Coaches one by one with the library's times of boarding and alighting."""
    return _write(data, folder, ONLY_HANDLING, (convoys * COACHES, SEATS))


def _write(data: Path, folder: Path, behaviour: Mapping[str, Any], fleet: tuple[int, int]) -> Path:
    (folder / "plans").mkdir(parents=True, exist_ok=True)
    spec = {
        "name": {"zh": "兴国县2019年6月", "en": "Xingguo, June 2019"},
        "clock_start": "2019-06-09T07:00",
        "horizon_min": 2880,
        "present": {"hour": "day"},
        "roads": {"kind": "minutes"},
        "hazard": {"kind": "none"},
        "behaviour": behaviour,
    }
    (folder / "scenario.yaml").write_text(json.dumps(spec), encoding="utf-8")
    _tables(data, folder, fleet)
    for rule in RULES:
        plan = {
            "name": {"zh": rule, "en": rule},
            "when": {"rules": [{"signal": "clock", "at": "07:00", "action": "move"}]},
            "organise": {"door_knocking": False},
            "where": {"shelter_rule": "nearest"},
            "manage": {"guards": True},
            "fleet": {
                "rule": rule, "hold_min": 0,
                "fixed": _pairs(read(data, "villages.csv"), fleet[0]) if rule == "fixed" else {},
            },
        }  # fmt: skip
        (folder / "plans" / f"{rule}.yaml").write_text(json.dumps(plan), encoding="utf-8")
    return folder


def _pairs(villages: Sequence[Mapping[str, str]], vehicles: int) -> dict[str, str]:
    """定点包车: vehicles dealt to villages by their people; later each goes where it is needed."""
    counts = largest_remainder(vehicles, [int(village["evacuees"]) for village in villages])
    zones = [f"Z{v['node']}" for v, n in zip(villages, counts, strict=True) for _ in range(n)]
    return {f"C-{k + 1}": zone for k, zone in enumerate(zones)}


def _tables(data: Path, folder: Path, fleet: tuple[int, int]) -> None:
    count, seats = fleet
    villages, shelters = read(data, "villages.csv"), read(data, "shelters.csv")
    links = read(data, "travel_time_min.csv")
    depot = next(
        link["from_node"] for link in links
        if link["from_node"] not in {row["node"] for row in (*villages, *shelters)}
    )  # fmt: skip
    tables: dict[str, list[dict[str, Any]]] = {
        "minutes": links,
        "zones": [{"id": f"Z{v['node']}", "name": v["name_zh"]} for v in villages],
        "settlements": [
            {
                "id": f"V{v['node']}", "name": v["name_zh"], "zone": f"Z{v['node']}",
                "node": v["node"], "resident": v["evacuees"], "share_coach": 1,
            }
            for v in villages
        ],
        "assembly_points": [
            {
                "id": f"A{v['node']}", "name": v["name_zh"], "zone": f"Z{v['node']}",
                "node": v["node"], "bays": 100,
            }
            for v in villages
        ],
        "shelters": [
            {
                "id": f"S{s['node']}", "name": f"安置点{s['node']}", "node": s["node"],
                "capacity": int(s["slots_of_500"]) * 500, "bays": 100, "desks": 100,
            }
            for s in shelters
        ],
        "depots": [{"id": "D", "name": "车场", "node": depot}],
        "vehicles": [{"id": "C", "class": "coach", "seats": seats, "depot": "D", "count": count}],
    }  # fmt: skip
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


def last_out_h(world: World, plan: str, replication: int = 0) -> float:
    """Hours until the last person steps off at a shelter; infinite when somebody is left."""
    log = run_once(world, compile_plan(world, plan), 1, replication)
    out = log.records[log.records["kind"] == Kind.OUT]
    if len(np.unique(out["who"])) < len(world.parties):
        return float("inf")
    return float(out["t"].max()) / MS_PER_HOUR


def hours(folder: Path, rules: Sequence[str] = RULES, replications: int = 1) -> dict[str, float]:
    """Mean hours until everybody is out, per dispatch rule."""
    world = build_world(load_scenario(folder))
    return {
        rule: float(np.mean([last_out_h(world, rule, k) for k in range(replications)]))
        for rule in rules
    }


def main(data: Path) -> None:
    """Print both tables."""
    for title, build, n in (
        ("Assumptions of the source (hours)", source_folder, 1),
        ("Boarding and alighting from the library (hours, mean of 5 replications)", real_folder, 5),
    ):
        print(f"\n{title}\n\n| convoys | " + " | ".join(RULES) + " |")
        print("|---" * (len(RULES) + 1) + "|")
        for convoys in CONVOYS:
            with tempfile.TemporaryDirectory() as place:
                found = hours(build(data, Path(place) / "xingguo", convoys), RULES, n)
            print(f"| {convoys} | " + " | ".join(f"{found[rule]:.2f}" for rule in RULES) + " |")


if __name__ == "__main__":
    shared = os.environ.get("YUYAN_SHARED") or Path(__file__).resolve().parents[3] / "shared"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(shared) / "data" / "xingguo_2019_bus")
