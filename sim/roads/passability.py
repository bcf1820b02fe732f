"""Which vehicle passes which road in which water, and how fast.

A car in water follows Pregnolato et al. 2017; every other vehicle is read off the same curve with
the depth scaled to its own limit, which is a judgement, not a measurement. All values stand in
``sim/defaults/passability.csv`` with source and confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from sim.roads.defaults import read_defaults
from sim.roads.network import COACH_NO, BoolArray, Int32Array, IntArray, Network

CAR_LIMIT_MM = 300
ON_ROADS = ("car", "minibus", "coach", "truck", "ambulance", "high_clearance", "on_foot")


@dataclass(frozen=True)
class VehicleClass:
    """What a kind of vehicle (or a person on foot) needs of a road.

    depth_limit_mm: depth that stops it. Sizes in mm and kg, 0 for somebody on foot; side_room_mm:
    width the road must have beyond the vehicle's own; speed_share_at_limit: None for the car's
    curve, else the share of its pace left just below the limit (linear in the depth).
    """

    name: str
    depth_limit_mm: int
    max_speed_kmh_x10: int
    width_mm: int = 0
    height_mm: int = 0
    weight_kg: int = 0
    side_room_mm: int = 0
    needs_coach_road: bool = False
    speed_share_at_limit: float | None = None


@dataclass(frozen=True)
class BoatClass:
    """Water a boat needs under it (mm), current it can hold against (mm/s), speed (km/h x 10)."""

    min_depth_mm: int
    max_current_mm_s: int
    max_speed_kmh_x10: int


@cache
def vehicle_classes() -> Mapping[str, VehicleClass]:
    """The shipped classes that use roads, by name (ON_ROADS)."""
    values = read_defaults("passability.csv")
    classes = {}
    for name in ON_ROADS:
        own = {k.partition(".")[2]: v for k, v in values.items() if k.startswith(f"{name}.")}
        sizes = ("width_mm", "height_mm", "weight_kg", "side_room_mm")
        classes[name] = VehicleClass(
            name,
            int(own["depth_limit_mm"]),
            round(own["max_speed_kmh"] * 10),
            **{key: int(own.get(key, 0)) for key in sizes},
            needs_coach_road=bool(own.get("needs_coach_road", 0)),
            speed_share_at_limit=own.get("speed_share_at_limit"),
        )
    return classes


@cache
def boat_class() -> BoatClass:
    """The shipped assault boat."""
    values = read_defaults("passability.csv")
    return BoatClass(
        int(values["boat.min_depth_mm"]),
        int(values["boat.max_current_mm_s"]),
        round(values["boat.max_speed_kmh"] * 10),
    )


def boat_runs(boat: BoatClass, depth_mm: IntArray, current_mm_s: IntArray | None) -> BoolArray:
    """Where a boat can run; without known currents (None) only the depth decides."""
    deep: BoolArray = depth_mm >= boat.min_depth_mm
    return deep if current_mm_s is None else deep & (current_mm_s <= boat.max_current_mm_s)


def safe_speed_kmh(depth_mm: float, limit_mm: float = CAR_LIMIT_MM) -> float:
    """Largest safe speed in water (km/h), 0 from limit_mm; never use above the free speed.

    v = 0.0009 w^2 - 0.5529 w + 86.9448 with w the depth in mm, scaled by 300 / limit_mm.
    Source: Pregnolato et al. 2017, doi 10.1016/j.trd.2017.06.020.
    """
    if depth_mm >= limit_mm:
        return 0.0
    w = max(depth_mm, 0.0) * CAR_LIMIT_MM / limit_mm
    return 0.0009 * w * w - 0.5529 * w + 86.9448


@cache
def speed_table(vehicle: VehicleClass) -> Int32Array:
    """Speed by depth, int32[depth_limit_mm] in metres per hour, index = depth in mm.

    Entry 0 is the class's own top speed: a dry road puts no other bound. Wet entries are rounded
    down, at least 1, never above entry 0; from depth_limit_mm on (beyond the table) it stops.
    """
    limit, top = vehicle.depth_limit_mm, vehicle.max_speed_kmh_x10 * 100
    depth = np.arange(limit, dtype=np.int64)
    if vehicle.speed_share_at_limit is None:
        w = CAR_LIMIT_MM * depth  # the curve times 10^4 and limit^2 is exact in integers
        curve = 9 * w * w - 5529 * w * limit + 869_448 * limit * limit
        wet = curve // (10 * limit * limit)
    else:
        lost = round((1 - vehicle.speed_share_at_limit) * 1000)
        wet = top * (1000 * limit - lost * depth) // (1000 * limit)
    table: Int32Array = np.clip(wet, 1, top).astype(np.int32)
    table[0] = top
    table.flags.writeable = False
    return table


def speed_m_h(depth_mm: int, vehicle: VehicleClass) -> int:
    """Speed the depth allows (metres per hour), 0 at the class's limit and above."""
    if depth_mm >= vehicle.depth_limit_mm:
        return 0
    return int(speed_table(vehicle)[max(depth_mm, 0)])


def allowed_edges(network: Network, vehicle: VehicleClass) -> BoolArray:
    """Edges the vehicle may use at all times by width, height, weight and coach_ok.

    bool[n_edges]. What is unknown does not exclude; the planner is told how much is unknown.
    """
    need = vehicle.width_mm + vehicle.side_room_mm
    allowed = (network.width_mm == 0) | (network.width_mm >= need)
    allowed &= (network.height_limit_mm == 0) | (network.height_limit_mm >= vehicle.height_mm)
    allowed &= (network.weight_limit_kg == 0) | (network.weight_limit_kg >= vehicle.weight_kg)
    if vehicle.needs_coach_road:
        allowed &= network.coach_ok != COACH_NO
    result: BoolArray = allowed
    return result
