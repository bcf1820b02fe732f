"""Tiny counties for the search of the latest order, with answers that can be worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kit import EAST, NORTH, Tiny, wet_from

from sim.optimize.trigger import LatestOrders, Question, latest_orders
from sim.plan import compile_plan
from sim.world import World

ORDER_MIN = 60
"""The plan orders at 09:00, an hour after the clock starts."""
WATER_MIN = 180
"""Water is at the homes at 11:00."""
PLAN = {
    "when": {"rules": [{"signal": "clock", "at": "09:00", "action": "move"}]},
    "fleet": {"hold_min": 0, "min_people": 20},
}


def by_matrix(drive_min: float, buses: int = 1, **behaviour: Any) -> Tiny:
    """20 persons at one stop, coaches waiting there, ``drive_min`` to the shelter; the village Dry
    never sees water."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [
            {"id": "Z", "name": "河边", "tag": "干流"}, {"id": "ZD", "name": "岗上", "tag": "支流"}
        ],
        "settlements": [
            {"id": "V", "name": "村", "node": "v", "zone": "Z", "resident": 20},
            {"id": "D", "name": "岗", "node": "d", "zone": "ZD", "resident": 5},
        ],
        "assembly_points": [
            {"id": "P", "name": "村口", "node": "v", "zone": "Z", "bays": 50},
            {"id": "PD", "name": "岗口", "node": "d", "zone": "ZD", "bays": 50},
        ],
        "shelters": [
            {"id": "S", "name": "安置点", "node": "s", "capacity": 5000, "desks": 100, "bays": 100}
        ],
        "depots": [{"id": "W", "name": "待命点", "node": "v"}],
    }  # fmt: skip
    if buses:
        coach = {"id": "C", "class": "coach", "seats": 45, "depot": "W", "count": buses}
        tables["vehicles"] = [coach]
    ways = [("v", "s", drive_min), ("s", "v", drive_min), ("d", "s", 5), ("s", "d", 5),
            ("v", "d", 300), ("d", "v", 300)]  # fmt: skip
    hazard = {
        "kind": "recorded_depth",
        "data": {"form": "places", "file": "hazard/depths.csv", "starts_at": "11:00"},
    }
    return Tiny(
        tables=tables, minutes=ways, hazard=hazard, behaviour=behaviour,
        files={"hazard/depths.csv": "place,minute,depth_m\nV,0,2\nP,0,2\n"},
    )  # fmt: skip


def by_road() -> Tiny:
    """20 persons, a coach at their stop, 20 km of road at 40 km/h (30 minutes) to the shelter; at
    11:00 the middle of the road is under a metre of water, the homes never are."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "河边"}],
        "settlements": [
            {"id": "V", "name": "村", "x": EAST, "y": NORTH, "zone": "Z", "resident": 20}
        ],
        "assembly_points": [{"id": "P", "name": "村口", "x": EAST, "y": NORTH, "zone": "Z"}],
        "shelters": [
            {"id": "S", "name": "安置点", "x": EAST + 20_000, "y": NORTH, "capacity": 100}
        ],
        "depots": [{"id": "W", "name": "待命点", "x": EAST, "y": NORTH}],
        "vehicles": [{"id": "C", "class": "coach", "seats": 45, "depot": "W", "count": 1}],
        "nodes": [
            {"id": name, "x": EAST + x, "y": NORTH}
            for name, x in (("a", 0), ("b", 9_000), ("c", 11_000), ("d", 20_000))
        ],
        "edges": [
            {"id": f"{a}{b}", "from_node": a, "to_node": b, "speed_kmh": 40, "width_m": 7}
            for a, b in ("ab", "bc", "cd")
        ],
    }  # fmt: skip
    return Tiny(tables=tables, **wet_from("11:00", 9_500, 10_500, 500))


def search(
    tiny: Tiny, folder: Path, question: Question, plan: dict[str, Any] | None = None,
    workers: int = 1,
) -> tuple[World, LatestOrders]:  # fmt: skip
    """The tiny county built, and the answer for its one plan."""
    world = tiny.build(folder, {"go": plan or PLAN})
    return world, latest_orders(world, compile_plan(world, "go"), question, workers)
