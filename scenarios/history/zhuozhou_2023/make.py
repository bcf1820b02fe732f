"""Makes the tables, water and plans of this case: ``python make.py``; same bytes everywhere.

Facts, priors and made-up parts are told apart in README.md. Nothing here is drawn at random.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLOCK_START = datetime(2023, 7, 30, 12, 0)
WATER_IN = datetime(2023, 7, 31, 12, 0)
"""Minute 0 of hazard/depths.csv: the opening of Xiaoqinghe."""

AREA_KM2 = 225.38
VILLAGES = 67 + 57
SPACING_M = round(math.sqrt(AREA_KM2 / VILLAGES) * 1000)
FRONT_M_PER_H = 600
RISE_MIN = 196
DEPTH_M = 2
EARLY_BEFORE_GATE_MIN = 23 * 60
LATE_WITHIN_MIN = 180
GOLDEN = (math.sqrt(5) - 1) / 2
TRUNK_X, CITY_X, RELATIVES_X = 410_000, 406_000, 400_000
CITY_Y = (4_372_000, 4_371_600, 4_371_200, 4_370_800, 4_370_400)

Table = list[list[object]]


@dataclass(frozen=True)
class Basin:
    """A detention basin: facts of the case, and where the made-up grid begins (metres)."""

    id: str
    name: str
    townships: int
    villages: int
    people: int
    opens: datetime
    top_y: int


@dataclass(frozen=True)
class Village:
    """One village of the grid with the minutes (from clock_start) of water and orders."""

    id: str
    basin: Basin
    township: str
    row: int
    column: int
    x: int
    y: int
    people: int
    water_min: int
    early_min: int
    late_min: int


BASINS = (
    Basin("X", "小清河", 7, 67, 86_000, datetime(2023, 7, 31, 12, 0), 4_380_000),
    Basin("L", "兰沟洼", 3, 57, 42_000, datetime(2023, 7, 31, 23, 30), 4_362_000),
)


def villages_of(basin: Basin) -> list[Village]:
    """Rows of six across the flow; what is left over lengthens the first rows to seven."""
    n_rows = basin.villages // 6
    cells = [(r, c) for r in range(n_rows) for c in range(6)]
    cells += [(r, 6) for r in range(basin.villages - 6 * n_rows)]
    cells.sort()
    gate_x = TRUNK_X + round(3.5 * SPACING_M)
    gate_min = _minutes(basin.opens)
    found = []
    for k, (row, column) in enumerate(cells):
        x = TRUNK_X + (column + 1) * SPACING_M
        y = basin.top_y - round((row + 0.5) * SPACING_M)
        way_m = math.hypot(x - gate_x, y - basin.top_y)
        water = gate_min + round(way_m / FRONT_M_PER_H * 60)
        offset = math.ceil((k * GOLDEN) % 1.0 * LATE_WITHIN_MIN)
        found.append(
            Village(
                id=f"{basin.id}{k + 1:02d}",
                basin=basin,
                township=f"{basin.name}{k * basin.townships // basin.villages + 1}乡",
                row=row,
                column=column,
                x=x,
                y=y,
                people=(basin.people + basin.villages - 1 - k) // basin.villages,
                water_min=water,
                early_min=gate_min - EARLY_BEFORE_GATE_MIN,
                late_min=water - offset,
            )
        )
    return found


def _minutes(moment: datetime) -> int:
    return int((moment - CLOCK_START).total_seconds() // 60)


def _clock(minute: int) -> str:
    moment = CLOCK_START + timedelta(minutes=minute)
    days = (moment.date() - CLOCK_START.date()).days
    return f"+{days} {moment:%H:%M}" if days else f"{moment:%H:%M}"


def tables(villages: Sequence[Village]) -> dict[str, Table]:
    """Everything about places and people."""
    towns = sorted({v.township for v in villages})
    found: dict[str, Table] = {
        "zones": [["id", "name", "township", "tag"]],
        "settlements": [
            ["id", "name", "village", "township", "zone", "x", "y", "resident",
             "share_relatives", "share_coach", "safe_upper_floor_share", "assembly_point",
             "relatives_to", "organiser"]
        ],
        "organisers": [["id", "name"]],
        "assembly_points": [["id", "name", "zone", "x", "y", "bays"]],
        "posts": [["id", "name", "level", "parent", "township", "callers"],
                  ["P0", "市防指", "county", "", "", 4]],
        "shelters": [["id", "name", "kind", "x", "y", "capacity", "desks", "bays"]],
        "exits": [["id", "name", "kind", "x", "y"],
                  ["E1", "区外亲友", "relatives", RELATIVES_X, CITY_Y[2]]],
        "depots": [["id", "name", "x", "y"], ["D1", "城区客运站", CITY_X, CITY_Y[2]]],
        "vehicles": [["id", "class", "seats", "depot", "count", "contract"]],
        "stations": [["id", "name", "x", "y"], ["ST1", "城区救援集结点", CITY_X, CITY_Y[2]]],
        "teams": [["id", "name", "station", "boats", "persons_per_trip"]],
    }  # fmt: skip
    for v in villages:
        found["zones"].append([v.id, f"{v.id}村（虚构）", v.township, v.basin.name])
        found["settlements"].append(
            [f"V{v.id}", f"{v.id}村（虚构）", f"{v.id}村", v.township, v.id, v.x, v.y + 200,
             v.people, 0.85, 0.15, 0, f"A{v.id}", "E1", f"O{v.id}"]
        )  # fmt: skip
        found["organisers"].append([f"O{v.id}", f"{v.id}村责任人"])
        found["assembly_points"].append([f"A{v.id}", f"{v.id}村集合点", v.id, v.x, v.y, 1])
    for k, town in enumerate(towns):
        found["posts"].append([f"P{k + 1}", f"{town}防指", "township", "P0", town, 1])
    for k, y in enumerate(CITY_Y * 2):
        found["shelters"].append(
            [f"S{k + 1:02d}", f"城区安置点{k + 1}", "larger", CITY_X - 400 * (k // 5), y,
             4000, 10, 8]
        )  # fmt: skip
    for seats, count in ((45, 18), (49, 18), (53, 17), (55, 17)):
        found["vehicles"].append([f"C{seats}", "coach", seats, "D1", count, "contracted"])
    for k in range(28):
        found["teams"].append([f"T{k + 1:02d}", f"救援队{k + 1}", "ST1", 5, 6])
    return found


def roads(villages: Sequence[Village]) -> dict[str, Table]:
    """A grid of village roads, a dry trunk road west of both basins, and the city."""
    nodes: Table = [["id", "x", "y"]]
    edges: Table = [["id", "from_node", "to_node", "oneway", "road_class", "coach_ok"]]
    at = {(v.basin.id, v.row, v.column): v for v in villages}

    def edge(a: str, b: str, road_class: str) -> None:
        edges.append([f"{a}-{b}", a, b, "false", road_class, "true"])

    for (basin, row, column), v in sorted(at.items()):
        nodes.append([f"n{v.id}", v.x, v.y])
        for other in (at.get((basin, row, column + 1)), at.get((basin, row + 1, column))):
            if other is not None:
                edge(f"n{v.id}", f"n{other.id}", "unclassified")
        if column == 0:
            nodes.append([f"t{v.id}", TRUNK_X, v.y])
            edge(f"n{v.id}", f"t{v.id}", "unclassified")
    trunk = [v for v in villages if not v.column]
    for a, b in pairwise(trunk):
        edge(f"t{a.id}", f"t{b.id}", "primary")
    y = CITY_Y[2]
    nodes += [["city", CITY_X, y], ["away", RELATIVES_X, y]]
    nearest = min(trunk, key=lambda v: (abs(v.y - y), v.id))
    edge("city", f"t{nearest.id}", "primary")
    edge("away", "city", "primary")
    for k in range(10):
        nodes.append([f"s{k + 1:02d}", CITY_X - 400 * (k // 5), CITY_Y[k % 5] + 10])
        edge(f"s{k + 1:02d}", "city", "secondary")
    return {"nodes": nodes, "edges": edges}


def water(villages: Sequence[Village]) -> Table:
    """Depth at the homes and the assembly point of every village; it stays."""
    rows: Table = [["place", "minute", "depth_m"]]
    start = _minutes(WATER_IN)
    for v in villages:
        for place in (f"V{v.id}", f"A{v.id}"):
            rows.append([place, v.water_min - start, 0])
            rows.append([place, v.water_min - start + RISE_MIN, DEPTH_M])
    return rows


PLANS = {
    "early": ("早下令", "Early order", True, "early_min"),
    "late": ("临水才下令", "Late order", True, "late_min"),
    "early_broadcast": ("早下令，只靠广播", "Early order by broadcast", False, "early_min"),
    "late_broadcast": ("临水才下令，只靠广播", "Late order by broadcast", False, "late_min"),
}


def plan(plan_id: str, villages: Sequence[Village]) -> str:
    """All plans own the same resources; they differ in the hour, and whether doors are knocked."""
    zh, en, doors, hour = PLANS[plan_id]
    groups: dict[int, list[str]] = {}
    for v in villages:
        groups.setdefault(getattr(v, hour), []).append(v.id)
    rules = "".join(
        f'    - {{signal: clock, at: "{_clock(at)}", action: move, zones: [{", ".join(ids)}]}}\n'
        for at, ids in sorted(groups.items())
    )
    knock = "true" if doors else "false"
    return (
        f"# written by make.py\nname: {{zh: {zh}, en: {en}}}\n"
        "authority: {orders_by: township}\n"
        f"when:\n  rules:\n{rules}"
        f"organise: {{call_attempts: 3, broadcast: true, door_knocking: {knock}, "
        f"second_sweep: {knock}}}\n"
        "where: {shelter_rule: nearest}\nmanage: {}\nfleet: {call_on: move, rule: nearest}\n"
        "rescue: {call_on: incident, rule: nearest}\n"
    )


def main() -> None:
    """Write every file, after checking that the orders are as early and as late as stated."""
    villages = [v for basin in BASINS for v in villages_of(basin)]
    for v in villages:
        assert 24 * 60 <= v.water_min - v.early_min <= 48 * 60, v
        assert 0 <= v.water_min - v.late_min <= LATE_WITHIN_MIN, v
    assert sum(v.people for v in villages) == 128_000
    files = {**tables(villages), **roads(villages), "hazard/depths": water(villages)}
    for name, rows in files.items():
        _write_table(HERE / f"{name}.csv", rows)
    (HERE / "plans").mkdir(exist_ok=True)
    for plan_id in PLANS:
        (HERE / "plans" / f"{plan_id}.yaml").write_text(plan(plan_id, villages), encoding="utf-8")


def _write_table(path: Path, rows: Table) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
