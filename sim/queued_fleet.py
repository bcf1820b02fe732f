"""Drives of the fleet on roads with queues: tagged vehicles of the kernel that wake a process.

The kernel is moved only when something may have ended that a process waits for. No vehicle is
quicker than on empty dry roads, so each drive knows a moment before which it cannot end.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.queued_routes import FleetRoutes
from sim.roads.defaults import read_defaults
from sim.roads.known_roads import Way
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.queue_rows import DRIVING
from sim.roads.queues import Queues
from sim.roads.router import Drive, RoadRouter
from sim.roads.routing import Trip
from sim.state import Run

Int64 = NDArray[np.int64]

CLASSES = ("own_car", "car", "minibus", "coach", "ambulance", "high_clearance", "truck")
"""Own cars are a class of their own: what is closed to the public is open to a car on duty."""

OWN_CAR = CLASSES.index("own_car")


def queue_classes() -> list[VehicleClass]:
    """The classes of ``CLASSES`` in their order."""
    return [vehicle_classes()[name.removeprefix("own_")] for name in CLASSES]


_TRIPS = {int(trip): trip for trip in Trip}


def clearing_ms() -> int:
    """How long until a stalled vehicle is pushed aside, from when its road is passable again."""
    return round(read_defaults("traffic.csv")["clearing_min"] * MS_PER_MIN)


class FleetDrive(NamedTuple):
    """A drive under way: who waits for it, its way, route row, vehicle row and class.

    left_ms: the least time left after so many edges; blocks: see ``FleetDrives._blocks``.
    """

    event: simpy.Event
    way: Way
    route: int
    row: int
    vehicle: VehicleClass
    left_ms: Int64
    blocks: tuple[NDArray[np.int32], Int64]


class FleetDrives:
    """All drives of the fleet that are under way."""

    def __init__(
        self, run: Run, router: RoadRouter, queues: Queues, narrow: NDArray[np.bool_]
    ) -> None:
        # a vehicle that stalled stays until the water has gone, a step at most, and it is cleared
        self._lingers = np.where(narrow, clearing_ms() + run.world.hazard.step_ms, 0)
        values = read_defaults("traffic.csv")
        self._pcu = {kind: int(values[f"{kind}_pcu"]) for kind in CLASSES[1:]}
        self._narrow, self._limits = narrow, dict[str, NDArray[np.int32]]()
        self._run, self._router, self._queues = run, router, queues
        self._routes = FleetRoutes(router.network, queues)
        self._drives: dict[int, FleetDrive] = {}
        self._number: dict[int, int] = {}
        self._begun = 0
        self._least: list[tuple[int, int]] = []
        self.due_ms = NEVER

    def begin(self, vehicle: VehicleClass, origin: int, way: Way) -> simpy.Event:
        """A vehicle sets out now along a way; the event's value is its ``Drive``."""
        run, now = self._run, self._run.now
        kind, speed = vehicle.name.partition("/")[0], run.speed_q16(now)
        number, self._begun = self._begun, self._begun + 1
        route = self._routes.lay(way.edges, int(self._router.network.edge_to[way.edges[-1]]))
        what = (CLASSES.index(kind), self._pcu[kind], speed)
        row = self._queues.add_one(now, origin, route, what, -1 - number)
        takes = self._router.free_ms(way, vehicle, speed)
        left = np.zeros(len(takes) + 1, dtype=np.int64)
        takes[::-1].cumsum(out=left[-2::-1])
        drive = FleetDrive(run.env.event(), way, route, row, vehicle, left, self._blocks(vehicle))
        self._drives[number], self._number[row] = drive, number
        heappush(self._least, (self._least_ms(drive, self._queues.now), number))
        self.due_ms = self._least[0][0]
        return drive.event

    def _blocks(self, vehicle: VehicleClass) -> tuple[NDArray[np.int32], Int64]:
        """By edge: depth (mm) that can stop a class, and how long (ms) the edge stays blocked then.

        On a narrow road a car that stalls stops everybody, until it has been pushed aside.
        """
        limit = self._limits.get(vehicle.name)
        if limit is None:
            shallow = min(vehicle.depth_limit_mm, vehicle_classes()["car"].depth_limit_mm)
            limit = np.where(self._narrow, shallow, vehicle.depth_limit_mm).astype(np.int32)
            self._limits[vehicle.name] = limit
        return limit, self._lingers

    def end(self, row: int) -> None:
        """The drive of a vehicle row has ended: it hands over to its process."""
        drive = self._drives.pop(self._number.pop(row))
        self._routes.clear(drive.route)
        status, node, time, edge, caught = self._queues.ended_at(row)
        self._run.set_clock(time)
        drive.event.succeed(Drive(_TRIPS[status], node, time, edge, caught, drive.way.metres))

    def look_again(self) -> None:
        """The kernel has moved: those who should have ended by now are late."""
        now, least, drives = self._queues.now, self._least, self._drives
        while least and (least[0][0] <= now or least[0][1] not in drives):
            _, number = heappop(least)
            drive = drives.get(number)
            if drive is not None:
                heappush(least, (self._least_ms(drive, now), number))
        self.due_ms = least[0][0] if least else NEVER

    def _least_ms(self, drive: FleetDrive, now: int) -> int:
        """Moment after now before which a drive cannot end, as it stands now.

        It ends no sooner than on empty dry roads, and water stops it only where there is some.
        """
        status, edge, due = self._queues.where(drive.row)
        done, begins = 0, max(due, now)
        if status == DRIVING:
            done = drive.way.edges.tolist().index(edge) + 1
        least = begins + drive.left_ms.item(done)
        if not drive.way.dry:
            there = least - drive.left_ms[done:-1]
            edges = drive.way.edges[done:]
            stop = self._router.earliest_stop_ms((edges, there), drive.vehicle, drive.blocks)
            least = min(least, stop)
        return least if least > now else max(self._queues.next_time(), now + 1)
