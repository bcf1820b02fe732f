"""Travel times of units on the roads of a router, as the desk asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import overload

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
