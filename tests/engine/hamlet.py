"""A hamlet for tests of the engine: one village, one stop, one shelter, and water by hand.

Everything is deterministic (see the theory tests' kit). Water, gauges, rain and forecasts are
given as lists of (minute, value): the value holds from that minute on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from kit import EAST, NORTH, Played, Row, Tiny, play, village, zone

from sim.clock import MS_PER_MIN, NEVER, NO_LEVEL
from sim.hazards import Member, Signals
from sim.hazards.signals import Area
from sim.log import Kind
from sim.roads.network import Network
from sim.world import World

Steps = Sequence[tuple[float, float]]
STEP_MIN = 10


def stop(name: str = "P", node: str = "v", **columns: Any) -> Row:
    """An assembly point with bays for everybody."""
    return {"id": name, "name": name, "node": node, "zone": "Z", "bays": 20, **columns}


def shelter(name: str = "S", node: str = "s", **columns: Any) -> Row:
    """A larger shelter with room, desks and bays for everybody."""
    base = {"id": name, "name": name, "node": node, "capacity": 9_999, "desks": 99, "bays": 99}
    return {**base, **columns}


def depot(name: str = "D", node: str = "d") -> Row:
    """A depot."""
    return {"id": name, "name": name, "node": node}


def bus(name: str = "C", seats: int = 10, **columns: Any) -> Row:
    """A coach at depot D."""
    return {"id": name, "class": "coach", "seats": seats, "depot": "D", **columns}


WAYS = (("d", "v", 10), ("v", "d", 10), ("v", "s", 20), ("s", "v", 20), ("d", "s", 20))
"""Depot to village 10 min, village to shelter 20 min."""


def hamlet(
    behaviour: Mapping[str, Any] | None = None,
    ways: Sequence[tuple[str, str, float]] = WAYS,
    horizon_min: int = 1440,
    **tables: list[Row],
) -> Tiny:
    """One village of four persons, a coach of ten seats; tables given replace these."""
    base: dict[str, list[Row]] = {
        "zones": [zone()],
        "settlements": [village()],
        "assembly_points": [stop()],
        "shelters": [shelter()],
        "depots": [depot()],
        "vehicles": [bus()],
    }
    return Tiny(
        tables={name: rows for name, rows in (base | tables).items() if rows},
        minutes=ways, behaviour=dict(behaviour or {}), horizon_min=horizon_min,
    )  # fmt: skip


def on_roads(
    nodes: Mapping[str, float],
    edges: Sequence[Row],
    behaviour: Mapping[str, Any] | None = None,
    horizon_min: int = 1440,
    **tables: list[Row],
) -> Tiny:
    """The same on a network whose nodes lie on one line, so many metres to the east.

    A place stands where its node is; edges are rows with from_node, to_node and what else counts.
    """
    tiny = hamlet(behaviour, (), horizon_min, **tables)
    for name, rows in tiny.tables.items():
        tiny.tables[name] = [_placed(row, nodes) for row in rows]
    tiny.tables["nodes"] = [{"id": n, "x": EAST + at, "y": NORTH} for n, at in nodes.items()]
    tiny.tables["edges"] = [{"speed_kmh": 60, **edge} for edge in edges]
    return tiny


def _placed(row: Row, nodes: Mapping[str, float]) -> Row:
    if "node" not in row:
        return row
    there = {"x": EAST + nodes[row["node"]], "y": NORTH}
    return {key: value for key, value in ({**there, **row}).items() if key != "node"}


@dataclass(frozen=True)
class Water:
    """What the hazard does; every value holds from its minute on.

    places, edges: depth in mm by id; gauges: level in mm; rain: 0.1 mm that fall in a step;
    forecasts: level in mm expected in so many hours, by (gauge, hours); onset: the minute at which
    the danger is expected (as it is known from that minute on); areas: code, minute from which it
    is announced, ids of the places inside; and until when, and between which metres east, it lies.
    """

    places: Mapping[str, Steps] | None = None
    edges: Mapping[str, Steps] | None = None
    gauges: Mapping[str, Steps] | None = None
    rain: Mapping[str, Steps] | None = None
    forecasts: Mapping[tuple[str, int], Steps] | None = None
    onset: Steps = ()
    areas: tuple[tuple[Any, ...], ...] = ()


class HandHazard:
    """A hazard with one member, written by hand."""

    warnings = ()
    step_ms = STEP_MIN * MS_PER_MIN

    def __init__(self, world: World, water: Water) -> None:
        self.n_steps = world.horizon_ms // self.step_ms + 1
        self.weights = np.ones(1, np.int64)
        place_row, place_levels = self._rows(world.places.ids, water.places or {}, -10_000)
        edges = world.roads.edge_ids if isinstance(world.roads, Network) else ()
        edge_row, edge_levels = self._rows(edges, water.edges or {}, 0)
        self._member = Member(
            0, "by hand", edge_row, edge_levels, place_row, place_levels,
            self._signals(world, water),
        )  # fmt: skip

    def member(self, k: int) -> Member:
        """The only member."""
        assert k == 0
        return self._member

    def _rows(
        self, ids: Sequence[str], given: Mapping[str, Steps], dry: int
    ) -> tuple[np.ndarray, np.ndarray]:
        names = list(given)
        row = np.array([names.index(i) if i in given else -1 for i in ids], np.int32)
        levels = [self._series(given[name], dry) for name in names]
        return row, np.array(levels, np.int32).reshape(len(names), self.n_steps)

    def _series(self, steps: Steps, before: float) -> np.ndarray:
        values = np.full(self.n_steps, before)
        for minute, value in steps:
            assert minute % STEP_MIN == 0, "levels change at steps"
            values[int(minute // STEP_MIN) :] = value
        return values

    def _signals(self, world: World, water: Water) -> Signals:
        gauges, forecasts = water.gauges or {}, water.forecasts or {}
        hours = sorted({h for _, h in forecasts})
        ahead = [
            [self._series(forecasts.get((g.id, h), ()), NO_LEVEL) for h in hours]
            for g in world.level_gauges
        ]
        levels = [self._series(gauges.get(g.id, ()), NO_LEVEL) for g in world.level_gauges]
        rain = [self._series((water.rain or {}).get(g.id, ()), 0) for g in world.rain_gauges]
        n, rains = self.n_steps, len(world.rain_gauges)
        onset = self._series([(at, value * MS_PER_MIN) for at, value in water.onset], NEVER)
        return Signals(
            step_ms=self.step_ms,
            levels_mm=np.array(levels, np.int32).reshape(len(levels), n),
            lead_steps=tuple(h * 60 // STEP_MIN for h in hours),
            level_forecasts_mm=np.array(ahead, np.int32).reshape(len(levels), len(hours), n),
            rain_01mm=np.array(rain, np.int32).reshape(rains, n),
            rain_hours=(),
            rain_forecasts_01mm=np.zeros((rains, 0, n), np.int32),
            onset_forecast_ms=onset.astype(np.int64),
            areas=tuple(_area(world, *area) for area in water.areas),
        )


def _area(
    world: World, code: str, minute: int, inside: tuple[str, ...], until: int = 10**6,
    east: tuple[float, float] = (0, 0),
) -> Area:  # fmt: skip
    rows = np.array([world.places.ids.index(i) for i in inside], np.int64)
    x = EAST + np.array([east[0], east[1], east[1], east[0]])
    y = NORTH + np.array([-100.0, -100.0, 100.0, 100.0])
    return Area(code, x, y, minute * MS_PER_MIN, until * MS_PER_MIN, rows)


def flooded(world: World, water: Water) -> World:
    """The same world under water written by hand."""
    return replace(world, hazard=HandHazard(world, water))


def go(tiny: Tiny, folder: Path, plan: Row | None = None, water: Water | None = None) -> Played:
    """Build, flood and play one plan; without a plan the fleet is called and comes."""
    world = tiny.build(folder, {"go": {"fleet": {}} if plan is None else plan})
    return play(world if water is None else flooded(world, water), "go")


def at_min(
    run: Played, kind: Kind, value: int | None = None, who: int | None = None
) -> list[float]:
    """Minutes of the records of a kind, in order of time."""
    rows = run.log.of(kind)
    if value is not None:
        rows = rows[rows["value"] == value]
    if who is not None:
        rows = rows[rows["who"] == who]
    return [float(t) / MS_PER_MIN for t in rows["t"]]
