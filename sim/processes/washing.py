"""Washing 洗消 at the gates of shelters: nobody carries the gas in on his clothes.

Who was at home at the harm level of something that clings waits at the gate for a lane and is
washed; then he goes to the desks. Who left before, and everybody in a danger that does not cling,
walks in. Exposure on the way is not known and does not count.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.draws_tables import compile_minutes
from sim.log import Kind
from sim.member_view import earliest, party_times
from sim.schema.plan import Wash
from sim.state import Run


class Washing:
    """The lanes of every shelter in one run."""

    def __init__(self, run: Run, spec: Wash, places: Sequence[int]) -> None:
        self._run, self._places = run, places
        self._lanes = [[0] * spec.lanes for _ in places]
        self._takes_ms = run.draw_parties("settle/wash", compile_minutes(spec.wash_min))
        homes = np.arange(len(run.world.parties.start) - 1)
        clinging = [layer for layer in run.view.layers if layer.scale.clings]
        reached = [party_times(run.world, layer, layer.harm_at(homes)) for layer in clinging]
        self._reached_ms: NDArray[np.int64] = earliest(reached, len(run.world.parties))

    def clean_ms(self, party: int, shelter: int) -> int:
        """When a party at the gate is clean: now, or after a free lane and its washing."""
        run = self._run
        left = min(int(run.people.leave[party]), run.now)
        if int(self._reached_ms[party]) > left:
            return run.now
        begin = max(heapq.heappop(self._lanes[shelter]), run.now)
        clean = begin + int(self._takes_ms[party])
        heapq.heappush(self._lanes[shelter], clean)
        if begin > run.now:
            run.log.add(begin, Kind.WAIT_GATE, party, self._places[shelter], begin - run.now)
        return clean
