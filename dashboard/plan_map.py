"""A sketch of a scenario on which zones, shelters and roads can be picked, as a chart of Vega.

Nothing is fetched: roads are straight lines between their nodes, places are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.charts import INK, Spec
from sim.io.checks_plans import WAITING
from sim.io.scenario_folder import ScenarioFolder
from sim.roads.network import Network
from sim.schema.tables import PlaceRow
from sim.world_tables import work_xy

PICK = "pick"
TAKEN, FREE = "#1f5fa8", "#aab4bf"
WIDE, HIGH = 740, 460
MOST_NAMED = 40
"""More points than this stand too close for their names; the mouse reads them out."""
Point = dict[str, Any]
Float = NDArray[np.float64]


@dataclass(frozen=True)
class Sketch:
    """What can be picked (``id``, ``name`` and a position or two ends), and the roads below it."""

    things: list[Point]
    roads: list[Point]

    @property
    def are_roads(self) -> bool:
        """Whether roads are picked."""
        return bool(self.things) and "x2" in self.things[0]


def sketch(folder: ScenarioFolder, what: str) -> Sketch:
    """The sketch on which zones, shelters, places to wait at (``waiting``) … or ``edges`` are
    picked."""
    roads = _roads(folder)
    if what == "edges":
        return Sketch(roads, [])
    if what == "zones":
        return Sketch(_zones(folder), roads)
    tables = WAITING if what == "waiting" else (what,)
    return Sketch([point for table in tables for point in _places(folder, table)], roads)


def both_ways(folder: ScenarioFolder, edge: str) -> list[str]:
    """A road in both directions, the one asked for first."""
    roads = folder.roads
    if not isinstance(roads, Network) or edge not in roads.edge_ids:
        return [edge]
    row = roads.edge_ids.index(edge)
    a, b = roads.edge_from[row], roads.edge_to[row]
    back = np.flatnonzero((roads.edge_from == b) & (roads.edge_to == a))
    return [edge, *(roads.edge_ids[int(k)] for k in back[:1])]


def outward(folder: ScenarioFolder, edge: str) -> str:
    """The direction of a road that leads towards the nearest larger shelter or exit."""
    ways, roads = both_ways(folder, edge), folder.roads
    goals = [p for name in ("shelters", "exits") for p in _places(folder, name)]
    if not isinstance(roads, Network) or not goals:
        return edge
    x, y = np.array([p["x"] for p in goals]), np.array([p["y"] for p in goals])

    def far(one: str) -> float:
        node = roads.edge_to[roads.edge_ids.index(one)]
        return float(np.hypot(x - roads.node_x[node], y - roads.node_y[node]).min())

    return min(ways, key=far)


def _roads(folder: ScenarioFolder) -> list[Point]:
    """Every road once, by the direction that stands first in the file."""
    roads = folder.roads
    if not isinstance(roads, Network):
        return []
    seen: set[tuple[int, int]] = set()
    made = []
    for row, (a, b) in enumerate(
        zip(roads.edge_from.tolist(), roads.edge_to.tolist(), strict=True)
    ):
        if (b, a) not in seen:
            seen.add((a, b))
            ends = {"x": roads.node_x[a], "y": roads.node_y[a]}
            ends |= {"x2": roads.node_x[b], "y2": roads.node_y[b]}
            edge = roads.edge_ids[row]
            name = f"{roads.names[row]} {edge}".strip()
            made.append({"id": edge, "name": name, **{k: float(v) for k, v in ends.items()}})
    return made


def _places(folder: ScenarioFolder, table: str) -> list[Point]:
    rows = [row for row in folder.tables.get(table, ()) if isinstance(row, PlaceRow)]
    x, y = work_xy(folder, rows)
    return [
        {"id": str(getattr(row, "id", "")), "name": row.name, "x": float(a), "y": float(b)}
        for row, a, b in zip(rows, x, y, strict=True)
        if a == a and b == b  # NaN: no position given
    ]


def _zones(folder: ScenarioFolder) -> list[Point]:
    """Zones in the middle of their settlements."""
    rows = [r for r in folder.tables.get("settlements", ()) if isinstance(r, PlaceRow)]
    x, y = work_xy(folder, rows)
    zone_of = np.array([str(getattr(row, "zone", "")) for row in rows])
    known = ~np.isnan(x) & ~np.isnan(y)
    made = []
    for zone in folder.tables.get("zones", ()):
        name = str(getattr(zone, "id", ""))
        here = known & (zone_of == name)
        if here.any():
            middle = {"x": float(x[here].mean()), "y": float(y[here].mean())}
            made.append({"id": name, "name": str(getattr(zone, "name", name)), **middle})
    return made


def map_spec(
    found: Sketch, taken: Sequence[str], words: dict[str, str], single: bool = False
) -> Spec:
    """The chart; ``taken`` are chosen at first, later the chart itself knows. With ``single`` a
    click takes one thing in place of the other."""
    points = [*found.things, *found.roads]
    box = _box(points)
    state = {"condition": {"param": PICK, "value": TAKEN, "empty": False}, "value": FREE}
    select: Spec = {"type": "point", "fields": ["id"], "toggle": False if single else "true"}
    pick = {"name": PICK, "select": select, "value": [{"id": one} for one in taken]}
    tip = [{"field": "name", "title": words["name"]}, {"field": "id", "title": "id"}]
    where = {axis: _axis(axis, box) for axis in ("x", "y")}
    ends = {**where, "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    zoom = {"name": "zoom", "select": {"type": "interval", "encodings": ["x", "y"]},
            "bind": "scales"}  # fmt: skip
    things, many = {"data": {"values": found.things}}, len(found.things) > MOST_NAMED
    if found.are_roads:
        layers = [
            {**things, "mark": {"type": "rule"},
             "encoding": {**ends, "color": state,
                          "size": {"condition": {"param": PICK, "value": 5, "empty": False},
                                   "value": 1.4}}},
            {**things, "mark": {"type": "rule", "opacity": 0.001, "strokeWidth": 11,
                                "cursor": "pointer"},
             "encoding": {**ends, "tooltip": tip}, "params": [pick, zoom]},
        ]  # fmt: skip
    else:
        layers = [
            {"data": {"values": found.roads},
             "mark": {"type": "rule", "color": "#d9dfe6", "strokeWidth": 1}, "encoding": ends},
            {**things, "mark": {"type": "point", "filled": True, "size": 70 if many else 190,
                                "opacity": 1,
                                "stroke": "#ffffff", "cursor": "pointer"},
             "encoding": {**where, "color": state, "tooltip": tip}, "params": [pick, zoom]},
        ]  # fmt: skip
        if not many:
            text = {"type": "text", "dy": -13, "fontSize": 12, "color": INK}
            layers.append(
                {**things, "mark": text, "encoding": {**where, "text": {"field": "name"}}}
            )
    return {"width": WIDE, "height": HIGH, "layer": layers}


def _axis(axis: str, box: dict[str, list[float]]) -> Spec:
    scale = {"domain": box[axis], "nice": False, "zero": False}
    return {"field": axis, "type": "quantitative", "scale": scale, "axis": None}


def _box(points: Sequence[Point]) -> dict[str, list[float]]:
    """The same scale to the east and to the north."""
    x = [p[k] for p in points for k in ("x", "x2") if k in p]
    y = [p[k] for p in points for k in ("y", "y2") if k in p]
    metres = 1.06 * max((max(x) - min(x)) / WIDE, (max(y) - min(y)) / HIGH, 1.0)
    mid_x, mid_y = (max(x) + min(x)) / 2, (max(y) + min(y)) / 2
    half_x, half_y = metres * WIDE / 2, metres * HIGH / 2
    return {"x": [mid_x - half_x, mid_x + half_x], "y": [mid_y - half_y, mid_y + half_y]}
