"""The same dispatch as a plain SimPy model: a process for every call, written as one would.

Nearest free unit, first come first served, back to the station before the next call.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Sequence
from typing import Any

import simpy

from sim.forces.incidents import Call
from sim.forces.units import UnitSpec


class Model:
    """A dispatcher with a list of free units and a line of calls."""

    def __init__(self, specs: Sequence[UnitSpec], times_ms: list[list[int]]) -> None:
        self.env = simpy.Environment(initial_time=0)
        self.specs, self.times = specs, times_ms
        self.free = set(range(len(specs)))
        self.line: deque[simpy.Event] = deque()
        self.response: dict[int, int] = {}

    def arrivals(self, calls: Sequence[Call]) -> Generator[simpy.Event, Any, None]:
        """Calls come in at their times."""
        for call in calls:
            yield self.env.timeout(call.at_ms - self.env.now)
            self.env.process(self.incident(call))

    def incident(self, call: Call) -> Generator[simpy.Event, Any, None]:
        """Wait for a unit, drive, work, drive back, next."""
        if self.free:
            unit = min(self.free, key=lambda u: (self.times[self.specs[u].post][call.place], u))
            self.free.remove(unit)
        else:
            turn = self.env.event()
            self.line.append(turn)
            unit = yield turn
        post = self.specs[unit].post
        yield self.env.timeout(self.times[post][call.place])
        self.response[call.row] = int(self.env.now) - call.at_ms
        yield self.env.timeout(call.work_ms)
        yield self.env.timeout(self.times[call.place][post])
        if self.line:
            self.line.popleft().succeed(unit)
        else:
            self.free.add(unit)


def responses_ms(
    calls: Sequence[Call], specs: Sequence[UnitSpec], times_ms: list[list[int]]
) -> list[int]:
    """Response of every call in ms, in their order."""
    model = Model(specs, times_ms)
    model.env.process(model.arrivals(calls))
    model.env.run()
    return [model.response[call.row] for call in calls]
