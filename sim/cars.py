"""Own cars as rows: who sets out when and where to, and how the drives have ended."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.roads.routing import Drivers, Ends
from sim.state import Run

Int64 = NDArray[np.int64]


class CarGroup(NamedTuple):
    """Parties that leave by own car, a row each: times, willingness (mm), end nodes."""

    parties: Int64
    depart_ms: Int64
    willing_mm: NDArray[np.int32]
    origin: Int64
    target: Int64

    def part(self, rows: NDArray[np.bool_]) -> CarGroup:
        """Some of the parties."""
        return CarGroup(
            self.parties[rows],
            self.depart_ms[rows],
            self.willing_mm[rows],
            self.origin[rows],
            self.target[rows],
        )


class Arrivals(NamedTuple):
    """Drives of own cars that have ended; a row each.

    ends.status: ARRIVED; BLOCKED or NO_ROUTE: stands at the node and finds no way; STALLED: in
    the water. target: node they were bound for. gave_up: the cars have waited at the node long
    enough and turn back.
    """

    parties: Int64
    ends: Ends
    target: Int64
    gave_up: bool = False

    def part(self, rows: NDArray[np.bool_]) -> Arrivals:
        """Some of them."""
        status, node, time, caught, edge = self.ends
        ends = Ends(status[rows], node[rows], time[rows], caught[rows], edge[rows])
        return Arrivals(self.parties[rows], ends, self.target[rows], self.gave_up)


def drivers_of(run: Run, group: CarGroup) -> Drivers:
    """The group as the road kernels read it, with the speed of the hour at which each leaves."""
    speed = np.where(run.nights(group.depart_ms), run.night_speed_q16, run.road_speed_q16)
    return Drivers(
        group.origin.astype(np.int32), group.depart_ms, group.willing_mm, speed.astype(np.int32)
    )
