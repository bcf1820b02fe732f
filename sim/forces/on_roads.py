"""Travel times of units on the roads of a router, as the desk asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import overload

import numpy as np

from sim.roads.network import IntArray
from sim.roads.passability import VehicleClass
from sim.roads.router import Router


class TimesTo(Sequence[int]):
    """Times in ms from every node to one place, looked up node by node; the tree when needed."""

    def __init__(self, router: Router, place: int, vehicle: VehicleClass, now: int) -> None:
        self._asked = (router, place, vehicle, now)

    @cached_property
    def _ms(self) -> IntArray:
        router, place, vehicle, now = self._asked
        return router.times_to(place, vehicle, now)

    @overload
    def __getitem__(self, node: int) -> int: ...

    @overload
    def __getitem__(self, node: slice) -> Sequence[int]: ...

    def __getitem__(self, node: int | slice) -> int | Sequence[int]:
        found: int | Sequence[int] = self._ms[node].tolist()
        return found

    def __len__(self) -> int:
        return len(self._ms)


class RoadTravel:
    """Times on the roads as known now, for some vehicle classes."""

    def __init__(self, router: Router, vehicles: Sequence[VehicleClass]) -> None:
        self.router, self.vehicles = router, tuple(vehicles)

    def to(self, place: int, now: int) -> Sequence[Sequence[int]]:
        """See Travel."""
        return [TimesTo(self.router, place, vehicle, now) for vehicle in self.vehicles]


class RoadReach:
    """Which places a unit reaches in time on the roads as known now; see ``coverage.Near``.

    Args:
        places: road nodes; a place is reached from itself, roads or no roads.
        clock: says what time it is.
    """

    def __init__(
        self, router: Router, vehicle: VehicleClass, places: IntArray, clock: Callable[[], int]
    ) -> None:
        self.router, self.vehicle, self.places, self.clock = router, vehicle, places, clock

    def within(self, within_ms: int) -> Callable[[int], IntArray]:
        """For the node of a unit 1 for every place that it reaches in so many ms, else 0."""

        def near(node: int) -> IntArray:
            times = self.router.times_from(node, self.vehicle, self.clock())
            return (times[self.places] <= within_ms).astype(np.int64)

        return near
