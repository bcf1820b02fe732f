"""The earliest moment each party could have been out or head-counted, whatever the dispatch.

A bound for every single party: nobody shares a vehicle, a desk or a road with anybody else. Who did
not come out in the run gets 0: nothing is known about when they could have.
"""

from __future__ import annotations

import numpy as np

from sim.bounds.of_run import Limits
from sim.bounds.other_groups import OWN_MODES, own_way_ms
from sim.bounds.problem import Int64
from sim.bounds.run_facts import RunFacts
from sim.bounds.vehicle_groups import VEHICLE_MODES
from sim.clock import NEVER
from sim.states import Mode


def earliest_out(limits: Limits, run: RunFacts) -> Int64:
    """Earliest arrival at a safe place of every party, ms, int64[n_parties].

    Own ways: ready, then the way itself. Riders: at the pick-up, boarded by the first vehicle that
    can be there, driven to the nearest shelter. Boats: not before the party was cut off.
    """
    carried = run.carried
    earliest = np.zeros(len(carried.mode), dtype=np.int64)
    own = carried.counted(*OWN_MODES)
    ready = carried.ready[own]
    earliest[own] = np.where(ready < NEVER, ready + own_way_ms(run, limits.car, own), 0)
    for group in ("bus", "ambulance"):
        parties = carried.counted(*VEHICLE_MODES[group])
        problem = limits.vehicles.problem(group, run)
        if problem is None:
            continue
        pickup = np.unique(carried.pickup_place[parties], return_inverse=True)[1]
        begin = np.maximum(problem.reach[pickup], carried.assembled[parties])
        board = problem.handling.board + run.night.boarding(parties)
        earliest[parties] = begin + board + problem.out[pickup]
    fetched = carried.counted(Mode.BOAT)
    earliest[fetched] = carried.stranded[fetched]
    return earliest
