"""Travel times and drives where the scenario gives a matrix of minutes instead of roads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.clock import NEVER
from sim.roads.minutes import MinutesMatrix
from sim.roads.network import BoolArray, IntArray
from sim.roads.passability import VehicleClass
from sim.roads.router import Cars, Drive
from sim.roads.routing import ONE_Q16, Ends, Trip


class MatrixRouter:
    """Router over given travel minutes: direct links only, no water on the way."""

    def __init__(self, matrix: MinutesMatrix) -> None:
        self.matrix = matrix

    def times_from(self, node: int, vehicle: VehicleClass, now: int) -> IntArray:
        """See Router."""
        row: IntArray = self.matrix.ms[node]
        return row

    def times_near(self, node: int, vehicle: VehicleClass, now: int, within_ms: int) -> IntArray:
        """See Router."""
        return self.times_from(node, vehicle, now)

    def dry_times_from(self, node: int, vehicle: VehicleClass) -> IntArray:
        """See Router."""
        return self.times_from(node, vehicle, 0)

    def reached_from(self, nodes: Sequence[int], vehicle: VehicleClass, now: int) -> BoolArray:
        """See Router."""
        return np.asarray((self.matrix.ms[list(nodes)] < NEVER).any(axis=0))

    def times_to(self, node: int, vehicle: VehicleClass, now: int) -> IntArray:
        """See Router."""
        column: IntArray = self.matrix.ms[:, node]
        return column

    def times_to_any(self, targets: tuple[int, ...], vehicle: VehicleClass, now: int) -> IntArray:
        """See Router."""
        times: IntArray = self.matrix.ms[:, list(targets)].min(axis=1)
        return times

    def to_nearest(
        self, node: int, targets: tuple[int, ...], vehicle: VehicleClass, now: int
    ) -> int:
        """See Router; of equals the first."""
        times = self.matrix.ms[node, list(targets)]
        best = int(np.argmin(times))
        return targets[best] if times[best] < NEVER else -1

    def next_change(self, now: int) -> int:
        """See Router."""
        return NEVER

    def drive_many(self, cars: Cars, vehicle: VehicleClass, known_at: int) -> Ends:
        """See Router; the speed factor stretches the minutes, rounded up to a millisecond."""
        drivers = cars.drivers
        free = self.matrix.ms[drivers.origin, cars.target]
        no_route = free >= NEVER
        speed = np.maximum(drivers.speed_q16.astype(np.int64), 1)
        took = np.where(no_route, 0, -((-free * ONE_Q16) // speed))
        status = np.where(no_route, Trip.NO_ROUTE, Trip.ARRIVED).astype(np.int8)
        node = np.where(no_route, drivers.origin, cars.target).astype(np.int32)
        dry = np.full(len(free), NEVER, dtype=np.int64)
        no_edge = np.full(len(free), -1, dtype=np.int32)
        return Ends(status, node, drivers.depart_ms + took, dry, no_edge)

    def drive_one(
        self, origin: int, target: int, vehicle: VehicleClass, depart: int, speed_q16: int
    ) -> Drive:
        """See Router; metres are unknown for a matrix of minutes."""
        free = int(self.matrix.ms[origin, target])
        if free >= NEVER:
            return Drive(Trip.NO_ROUTE, origin, depart, -1, NEVER, 0)
        arrives = depart - (-free * ONE_Q16 // max(speed_q16, 1))
        return Drive(Trip.ARRIVED, target, arrives, -1, NEVER, 0)
