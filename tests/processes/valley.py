"""A valley with one road out: 300 cars on 6.5 km of one lane each way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hamlet import at_min, bus, depot, on_roads, shelter, stop, village, zone
from kit import Played, Row, play

from sim.log import Kind
from sim.states import Mode

CARS = 300
HEADWAY_MIN = 60 / 1700
"""A two-lane road at 60 km/h carries 1,700 pcu an hour each way."""
NODES = {"v": 0, "m": 500, "s": 6_500}
EDGES: list[Row] = [
    {"id": "a", "from_node": "v", "to_node": "m"},
    {"id": "b", "from_node": "m", "to_node": "s"},
]
FREE_MIN = 6.5


def valley(
    folder: Path, *, controls: Row | None = None, lights: bool = False, coach: bool = False,
    **traffic: Any,
) -> Played:  # fmt: skip
    """CARS households of one person leave at once over 6.5 km of one lane; two ride in a coach."""
    shares = {"share_relatives": 1.0, "share_coach": 0.0}
    settlements = [village(persons=CARS, household_size=1, **shares)]
    if coach:
        settlements.append(village("W", persons=2, household_size=1))
    if traffic.get("shadow_share"):
        off = village("O", persons=2 * CARS, household_size=1, zone="", **shares)
        settlements.append(off)
    tiny = on_roads(
        NODES, EDGES, settlements=settlements, zones=[zone()], assembly_points=[stop()],
        shelters=[shelter()], depots=[depot(node="v")], vehicles=[bus()],
        exits=[{"id": "E", "name": "亲戚家", "kind": "relatives", "node": "s"}],
    )  # fmt: skip
    if lights:
        tiny.tables["nodes"] = [{**row, "signal": row["id"] == "m"} for row in tiny.tables["nodes"]]
    tiny.traffic = {"queues": True, "rain": False, "night_capacity_share": 1, **traffic}
    plan = {"fleet": {}, **({"controls": controls} if controls else {})}
    return play(tiny.build(folder, {"go": plan}), "go")


def cars_out(run: Played) -> list[float]:
    """Minutes at which cars were out, sorted."""
    return sorted(at_min(run, Kind.OUT, int(Mode.OWN_CAR)))
