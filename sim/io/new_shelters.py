"""Shelters from a table of buildings: which serve, how many they hold, and why others do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.io.new_points import NAMES, RawPoints
from sim.schema.problems import InputError, Problem

M2_PER_PERSON = 3.0
"""Floor per person in a shelter (the rule of the task; Chinese codes use 2 to 4 m²)."""

KIND = ("kind", "type", "amenity", "category", "类别", "类型")
CAPACITY = ("capacity", "places", "可安置", "容量", "可容纳人数")
FLOOR = (
    "building_footprint_m2", "footprint_m2", "floor_m2", "floor_area_m2", "area_m2",
    "占地面积", "建筑面积", "面积",
)  # fmt: skip
SHELTER_KINDS = (
    "school", "college", "university", "kindergarten", "sports_centre", "sports_hall", "stadium",
    "place_of_worship", "community_centre", "townhall", "social_facility", "nursing_home",
    "library", "theatre", "arts_centre", "conference_centre", "exhibition_centre", "shelter",
    "larger", "village", "学校", "体育馆", "礼堂", "社区中心", "文化站", "避灾安置场所", "",
)  # fmt: skip
HOSPITAL_KINDS = ("hospital", "clinic", "doctors", "医院", "卫生院")
DEPOT_KINDS = ("bus_station", "客运站", "公交站场")
STATION_KINDS = ("fire_station", "消防站", "消防救援站")


@dataclass(frozen=True)
class Building:
    """One row of the table: what it is, where, how many it holds, and why it is left out ('')."""

    row: int
    id: str
    name: str
    kind: str
    lon: float
    lat: float
    node: str
    capacity: int
    depth_mm: int
    left_out: str

    @property
    def shelter_kind(self) -> str:
        """``hospital``, ``village`` or ``larger``."""
        if self.kind in HOSPITAL_KINDS:
            return "hospital"
        return "village" if self.kind == "village" else "larger"


def read_buildings(points: RawPoints, depth_mm: NDArray[np.int32]) -> list[Building]:
    """All buildings of the table, those left out with the reason (a key of ``REASONS``).

    Raises:
        InputError: neither capacity nor floor is given.
    """
    places, floor = points.amounts(CAPACITY), points.amounts(FLOOR)
    if places is None and floor is None:
        row, heads = points.table.header_row, ", ".join((*CAPACITY, *FLOOR))
        problem = Problem("new.column_missing", points.file, row, "capacity", None, heads)
        raise InputError([problem])
    nothing = np.full(len(points), np.nan)
    places = nothing if places is None else places
    by_floor = nothing if floor is None else np.floor(floor / M2_PER_PERSON)
    capacity = np.nan_to_num(np.where(np.isnan(places), by_floor, places)).astype(np.int64)
    kinds = points.texts(KIND) or [""] * len(points)
    names = points.texts(NAMES["name"]) or [""] * len(points)
    width = max(3, len(str(len(points))))
    return [
        Building(
            row=points.numbers[i],
            id=f"S{i + 1:0{width}d}",
            name=(names[i] or kinds[i] or f"S{i + 1}")[:80],
            kind=kinds[i].strip().lower(),
            lon=float(points.lon[i]),
            lat=float(points.lat[i]),
            node=points.node[i],
            capacity=int(capacity[i]),
            depth_mm=int(depth_mm[i]),
            left_out=_reason(kinds[i].strip().lower(), int(capacity[i]), int(depth_mm[i])),
        )
        for i in range(len(points))
    ]


REASONS: dict[str, tuple[str, str]] = {
    "kind": ("这类建筑不作安置场所", "not a kind of building that serves as a shelter"),
    "wet": ("最大水深时进水", "stands in water at the maximum"),
    "no_floor": ("没有面积或容量", "no floor area or capacity is known"),
}
"""Why a building is no shelter: Chinese and English."""


def _reason(kind: str, capacity: int, depth_mm: int) -> str:
    if kind not in (*SHELTER_KINDS, *HOSPITAL_KINDS):
        return "kind"
    if depth_mm > 0:
        return "wet"
    return "" if capacity > 0 else "no_floor"


def shelters_of(buildings: list[Building], file: str) -> list[Building]:
    """The buildings that serve.

    Raises:
        InputError: none does.
    """
    chosen = [building for building in buildings if not building.left_out]
    if not any(building.shelter_kind != "hospital" for building in chosen):
        counts = {key: sum(b.left_out == key for b in buildings) for key in REASONS}
        found = "; ".join(f"{REASONS[key][1]}: {n}" for key, n in counts.items() if n)
        raise InputError([Problem("new.no_shelter", file, found=found)])
    return chosen
