"""The stored bus-evacuation instances as bound problems and as tiny worlds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from kit import Tiny

from sim.bounds.problem import Buses, BusProblem, Handling, Times, Waiting

Instance = dict[str, Any]
RULES = ("fixed", "nearest", "largest", "farthest", "slack")


def read_instances(shared: Path) -> list[Instance]:
    """All 56 instances, as stored."""
    file = shared / "benchmarks" / "bus_evacuation" / "instances.json"
    found: list[Instance] = json.loads(file.read_text("utf-8"))["instances"]
    return found


def _whole(values: Any) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def in_loads(instance: Instance) -> Instance:
    """The same instance with a bus load as its person, as its authors count shelter places."""
    bus = instance["bus_capacity"]
    return {
        **instance,
        "bus_capacity": 1,
        "demand": [-(-people // bus) for people in instance["demand"]],
        "shelter_capacity": [places // bus for places in instance["shelter_capacity"]],
    }


def as_problem(instance: Instance, whole_loads: bool = True) -> BusProblem:
    """The instance in minutes; its authors let shelters take whole loads only."""
    start = np.repeat(np.arange(len(instance["buses_per_depot"])), instance["buses_per_depot"])
    n = len(instance["demand"])
    nothing = np.zeros(n, dtype=np.int64)
    ways = _whole(instance["dist_pickup_shelter"])
    return BusProblem(
        buses=Buses(np.zeros_like(start), start, np.full_like(start, instance["bus_capacity"])),
        waiting=Waiting(np.arange(n), nothing, _whole(instance["demand"]), nothing),
        bays=np.full(n, len(start)),
        capacity=_whole(instance["shelter_capacity"]),
        times=Times(_whole(instance["dist_depot_pickup"]), ways, ways.T),
        handling=Handling(board=instance["handling"]),
        whole_loads=whole_loads,
    )


def as_world(instance: Instance) -> Tiny:
    """One-person parties waiting at their pick-ups from the start; handling is boarding time."""
    minutes = [
        (f"d{d}", f"p{p}", minute)
        for d, row in enumerate(instance["dist_depot_pickup"])
        for p, minute in enumerate(row)
    ]
    for p, row in enumerate(instance["dist_pickup_shelter"]):
        for s, minute in enumerate(row):
            minutes += [(f"p{p}", f"s{s}", minute), (f"s{s}", f"p{p}", minute)]
    depots = instance["buses_per_depot"]
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [], "settlements": [], "assembly_points": [], "shelters": [], "depots": [],
        "vehicles": [],
    }  # fmt: skip
    for p, people in enumerate(instance["demand"]):
        place = {"name": f"村{p}", "node": f"p{p}", "zone": f"Z{p}"}
        tables["zones"].append({"id": f"Z{p}", "name": f"片区{p}"})
        tables["settlements"].append({"id": f"V{p}", **place, "resident": people, "share_coach": 1})
        tables["assembly_points"].append({"id": f"A{p}", **place, "bays": sum(depots)})
    for s, places in enumerate(instance["shelter_capacity"]):
        tables["shelters"].append(
            {"id": f"S{s}", "name": f"安置点{s}", "node": f"s{s}", "capacity": places,
             "bays": sum(depots), "desks": 100}
        )  # fmt: skip
    for d, count in enumerate(depots):
        tables["depots"].append({"id": f"D{d}", "name": f"待命点{d}", "node": f"d{d}"})
        for k in range(count):
            tables["vehicles"].append(
                {"id": f"C{d}-{k}", "class": "coach", "seats": instance["bus_capacity"],
                 "depot": f"D{d}"}
            )  # fmt: skip
    handling = {"drive.board_fixed_min": instance["handling"]}
    return Tiny(tables=tables, minutes=minutes, behaviour=handling)


def replay_plan(instance: Instance) -> dict[str, Any]:
    """The stored trips, bus by bus."""
    used = dict.fromkeys(range(len(instance["buses_per_depot"])), 0)
    schedule = {}
    for bus in instance["solution"]:
        sequence, depot = bus["sequence"], bus["depot"]
        schedule[f"C{depot}-{used[depot]}"] = [
            {"pickup": "A" + sequence[k][1:], "shelter": "S" + sequence[k + 1][1:]}
            for k in range(0, len(sequence), 2)
        ]
        used[depot] += 1
    return {"fleet": {"rule": "schedule", "schedule": schedule}}


def rule_plan(instance: Instance, rule: str) -> dict[str, Any]:
    """Any dispatch rule; fixed pairs deal the buses out over the zones in turn."""
    fleet: dict[str, Any] = {"rule": rule}
    if rule == "fixed":
        buses = [f"C{d}-{k}" for d, n in enumerate(instance["buses_per_depot"]) for k in range(n)]
        zones = len(instance["demand"])
        fleet["fixed"] = {bus: f"Z{i % zones}" for i, bus in enumerate(buses)}
    return {"fleet": fleet}
