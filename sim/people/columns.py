"""The people's own way as log records: told, decided, ready, left — written once at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind
from sim.states import Flag, Mode, State

if TYPE_CHECKING:
    from sim.state import Run

Int64 = NDArray[np.int64]


def write_columns(run: Run) -> None:
    """Log what every household did by itself (times after the horizon are cut by the log)."""
    people, parties, log = run.people, run.world.parties, run.log
    home = parties.home.astype(np.int64)

    def rows(times: Int64) -> Int64:
        return np.flatnonzero(times < NEVER)

    if people.settled:
        times, cars, place, state = (np.concatenate(c) for c in zip(*people.settled, strict=True))
        log.add_many(times, Kind.STATE, cars, place, state)
        log.add_many(times, Kind.OUT, cars, place, int(Mode.OWN_CAR))
        log.add_many(times, Kind.REGISTERED, cars, place, 0)
    told = rows(people.told)
    log.add_many(people.told[told], Kind.TOLD, told, home[told], people.channel[told])
    visited = rows(people.visited)
    times, waited = people.visited[visited], people.wait_told[visited]
    log.add_many(times, Kind.WAIT_TOLD, visited, home[visited], waited)
    refused = rows(people.refused)
    log.add_many(people.refused[refused], Kind.FLAG, refused, home[refused], int(Flag.REFUSED))
    decided = rows(people.decided)
    at = people.decided[decided]
    log.add_many(at, Kind.DECIDED, decided, home[decided], people.contact[decided])
    log.add_many(at, Kind.STATE, decided, home[decided], int(State.PREPARING))
    ready = rows(people.ready)
    took = people.ready[ready] - people.decided[ready]
    log.add_many(people.ready[ready], Kind.READY, ready, home[ready], took)
    left = np.flatnonzero((people.leave < NEVER) & (people.leave_state >= 0))
    # staying upstairs is logged with its arrival, there is no way to go
    moves = left[people.leave_state[left] != State.SAFE_IN_PLACE]
    log.add_many(people.leave[moves], Kind.STATE, moves, home[moves], people.leave_state[moves])
    assembled = rows(people.assembled)
    pickup = run.world.assembly_place + run.assembly[parties.home[assembled]]
    times = people.assembled[assembled]
    log.add_many(times, Kind.STATE, assembled, pickup, int(State.AT_ASSEMBLY))
    safe = rows(people.safe_at)
    times, place = people.safe_at[safe], home[safe]
    log.add_many(times, Kind.STATE, safe, place, int(State.SAFE_IN_PLACE))
    log.add_many(times, Kind.OUT, safe, place, int(Mode.IN_PLACE))
    log.add_many(times, Kind.REGISTERED, safe, place, 0)
