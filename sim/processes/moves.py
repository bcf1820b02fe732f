"""How teams get about: on the roads like everybody, on foot over rubble, or through the air.

Who walks is in nobody's way: his time is that of the way at the moment at which he sets out.

A helicopter lands at open ground that the county has prepared (assembly points, shelters, exits,
stations); from there its crew walks. It does not start into too much wind; whether it flies at
night is its team's ``night_ok``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import overload

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, NEVER, minutes
from sim.engine import Engine
from sim.forces.on_roads import TimesTo
from sim.roads.defaults import read_defaults
from sim.roads.network import IntArray, Network
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.router import Drive
from sim.roads.routing import Trip

HELICOPTER = VehicleClass("helicopter", NEVER, 0)
"""Stands among the classes of vehicles; no road is asked of it."""
ON_FOOT = "on_foot"
"""A class of the roads that queues with nobody."""


def class_of(name: str) -> VehicleClass:
    """The class of a team's vehicle."""
    return HELICOPTER if name == HELICOPTER.name else vehicle_classes()[name]


class Moves:
    """Travel times and drives of all vehicles of a force; see ``forces.travel.Travel``."""

    def __init__(self, engine: Engine, vehicles: Sequence[VehicleClass]) -> None:
        self.engine, self.vehicles = engine, tuple(vehicles)

    def to(self, place: int, now: int) -> Sequence[Sequence[int]]:
        """See Travel."""
        return [self.times_to(vehicle, place, now) for vehicle in self.vehicles]

    def times_to(self, vehicle: VehicleClass, place: int, now: int) -> Sequence[int]:
        """Times in ms from every node to a place for one class."""
        if vehicle is HELICOPTER:
            return FlightsTo(self._air, place, now)
        return TimesTo(self.engine.run.view.router, place, vehicle, now)

    def drive(self, vehicle: VehicleClass, origin: int, target: int) -> simpy.Event:
        """A vehicle sets out now; the event's value is its ``Drive``."""
        if vehicle is not HELICOPTER and vehicle.name != ON_FOOT:
            return self.engine.traffic.drive(vehicle, origin, target)
        run = self.engine.run
        takes = int(self.times_to(vehicle, target, run.now)[origin])
        if takes >= NEVER:
            return run.env.timeout(0, Drive(Trip.NO_ROUTE, origin, run.now, -1, NEVER, 0))
        there = Drive(Trip.ARRIVED, target, run.now + takes, -1, NEVER, 0)
        return run.env.timeout(takes, there)

    @cached_property
    def _air(self) -> Air:
        return Air(self.engine)


class FlightsTo(Sequence[int]):
    """Times in ms from every node through the air to one place, looked up when needed."""

    def __init__(self, air: Air, place: int, now: int) -> None:
        self._asked = (air, place, now)

    @cached_property
    def _ms(self) -> Sequence[int]:
        air, place, now = self._asked
        return air.times_to(place, now)

    @overload
    def __getitem__(self, node: int) -> int: ...

    @overload
    def __getitem__(self, node: slice) -> Sequence[int]: ...

    def __getitem__(self, node: int | slice) -> int | Sequence[int]:
        return self._ms[node]

    def __len__(self) -> int:
        return len(self._ms)


class Air:
    """Flights between road nodes."""

    def __init__(self, engine: Engine) -> None:
        self.run, world = engine.run, engine.run.world
        self._roads = world.roads
        if not isinstance(world.roads, Network):
            return
        values = read_defaults("forces.csv")
        self._ground_ms = minutes(values["helicopter_ground_min"])
        self._m_per_h = round(values["helicopter_speed_kmh"] * 1000)
        self._walk_m_per_h = round(values["walk_from_landing_kmh"] * 1000)
        some = ("assembly_points", "shelters", "exits", "stations")
        rows = [row for row, kind in enumerate(world.places.kinds) if kind in some]
        self._places = np.array(rows, dtype=np.int64)
        self._landings = world.places.node[self._places]
        self._flights: dict[int, list[int]] = {}

    def times_to(self, node: int, now: int) -> Sequence[int]:
        """Times in ms from every node; NEVER where nobody flies."""
        if not isinstance(self._roads, Network):
            return [NEVER] * self._roads.n_nodes
        landing, walk_m = self._landing(node)
        if landing < 0 or self._grounded(landing, now):
            return [NEVER] * self._roads.n_nodes
        if node not in self._flights:
            metres = self._metres(int(self._landings[landing]))
            flown = metres * MS_PER_HOUR // self._m_per_h + self._ground_ms
            walked = walk_m * MS_PER_HOUR // self._walk_m_per_h
            self._flights[node] = (flown + walked).tolist()
        return self._flights[node]

    def _metres(self, node: int) -> IntArray:
        """Straight distances from a node to all nodes, int64[n_nodes]."""
        roads = self._roads
        assert isinstance(roads, Network)
        dx, dy = roads.node_x - roads.node_x[node], roads.node_y - roads.node_y[node]
        metres: NDArray[np.int64] = np.rint(np.sqrt(dx * dx + dy * dy)).astype(np.int64)
        return metres

    def _landing(self, node: int) -> tuple[int, int]:
        """The landing place nearest to a node, and how far it is (m); -1 for none."""
        if not len(self._landings):
            return -1, 0
        away = self._metres(node)[self._landings]
        k = int(np.argmin(away))
        return k, int(away[k])

    def _grounded(self, landing: int, now: int) -> bool:
        """Whether the wind at a landing place is too much."""
        run, place = self.run, int(self._places[landing])
        return run.view.stands_still(HELICOPTER.name, place, now, run.world.hazard.step_ms)
