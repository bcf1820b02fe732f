"""Goal G9: no traffic below the road bound, how near it comes, and what the bound costs.

Run by hand: ``python tests/benchmarks/traffic/road_bound.py``. The bound leaves the choice of ways
and, where there are several exits, of exits free; the cars of the cases keep to given ones.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
from cases import Case, corridor, g2k, g20k
from ours import network_of, play, supply_of
from places import kampen

from sim.bounds.road_cuts import busiest_cut
from sim.bounds.road_steps import NO_CLOSURES, Leavers, RoadFlow
from sim.bounds.road_thinning import RoadTimes, thin
from sim.clock import MS_PER_MIN
from sim.roads.network import Network
from sim.roads.routing import tree_to

SHARED = Path(os.environ.get("YUYAN_SHARED") or Path(__file__).resolve().parents[4] / "shared")
STEP_MS = 2 * MS_PER_MIN


class Bounds(NamedTuple):
    """Seconds before which the last car cannot be there, and CPU seconds, of line and flow."""

    line_s: float
    line_took_s: float
    flow_s: float
    flow_took_s: float


def times_of(case: Case, network: Network) -> RoadTimes:
    """Free times and headways of the case."""
    return RoadTimes(case.roads.free_ms, supply_of(case.roads).headway_q10.astype(np.int64))


def bounds_of(case: Case, network: Network, arrive_ms: np.ndarray) -> Bounds:
    """Both bounds; the flow's whole curve is held against the arrivals."""
    times, exits = times_of(case, network), np.unique(case.dest)
    begin = time.process_time()
    line = busiest_cut(network, times, (case.origin, case.dest), exits)
    ahead = tree_to(network, exits.astype(np.int32), times.least_ms).dist_ms
    crossing = np.zeros(case.trips.n, bool) if line is None else line.inside[case.origin]
    earliest = case.trips.depart_ms[crossing] + ahead[case.origin[crossing]]
    last = 0 if line is None else line.done_ms(earliest, times.headway_q10)
    middle = time.process_time()
    thinned = thin(network, times, (case.origin, exits), np.zeros(0, np.int64))
    flow = RoadFlow(thinned, NO_CLOSURES, case.horizon_s * 1000, STEP_MS)
    curve = flow.curve(Leavers(case.origin, case.trips.depart_ms))
    took = time.process_time() - middle
    came = np.bincount(arrive_ms // STEP_MS, minlength=len(curve))[: len(curve)].cumsum()
    assert (came <= curve).all(), f"{case.name}: more cars are there than the roads let through"
    done = float(np.argmax(curve == case.trips.n)) * STEP_MS / 1000
    return Bounds(last / 1000, middle - begin, done, took)


def main() -> None:
    """A line for every case."""
    cases = [corridor(), g2k(), g20k()]
    if SHARED.is_dir():
        cases.append(kampen(SHARED))
    for case in cases:
        network = network_of(case.roads)
        bounds_of(case, network, np.full(1, case.horizon_s * 1000))  # compiled
        ours = play(case, network)
        found = bounds_of(case, network, ours.arrive_ms)
        last = float(ours.arrive_ms.max()) / 1000
        assert last >= max(found.line_s, found.flow_s)
        print(
            f"{case.name}: {case.roads.n_links} links, {case.trips.n} cars, last {last:.0f} s; "
            f"line {found.line_s:.0f} s ({found.line_s / last:.1%}, {found.line_took_s:.2f} s), "
            f"flow {found.flow_s:.0f} s ({found.flow_s / last:.1%}, {found.flow_took_s:.2f} s)"
        )


if __name__ == "__main__":
    main()
