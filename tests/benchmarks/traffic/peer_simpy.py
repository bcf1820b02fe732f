"""Peer: a SimPy process for every car, the straightforward way to write a queue with spillback.

A car drives the link's free time, waits for its turn at the exit, for the exit's headway, and
for room on the next link; whoever is behind it waits too. The room it leaves is felt at the entry
after the backward wave. Nothing is made slow on purpose: the exit keeps the time of its next car
as a number, and the wave is an event with a callback, no process.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

import numpy as np
import simpy
from cases import NEVER, Case, IntArray, Outcome


class Road:
    """A link: room for standing cars, and an exit that lets one through at a time."""

    def __init__(self, env: simpy.Environment, row: tuple[int, int, int, int]):
        self.free_ms, self.headway_ms, self.wave_ms, storage = row
        self.room = simpy.Container(env, storage, init=storage)
        self.exit = simpy.Resource(env)
        self.exit_free_ms = 0

    def give_back(self, _: simpy.Event) -> None:
        """The room of a car that left has come to the entry."""
        self.room.put(1)


def drive(
    env: simpy.Environment, depart_ms: int, way: list[Road], car: int, arrive_ms: IntArray
) -> Generator[simpy.Event, Any, None]:
    """One car from its departure to its arrival."""
    yield env.timeout(depart_ms)
    yield way[0].room.get(1)
    last = len(way) - 1
    for i, road in enumerate(way):
        yield env.timeout(road.free_ms)
        with road.exit.request() as turn:
            yield turn
            if road.exit_free_ms > env.now:
                yield env.timeout(road.exit_free_ms - env.now)
            if i < last:
                yield way[i + 1].room.get(1)
            road.exit_free_ms = env.now + road.headway_ms
        env.timeout(road.wave_ms).callbacks.append(road.give_back)
    arrive_ms[car] = env.now


def play(case: Case) -> Outcome:
    """The case on its fixed routes."""
    t0 = time.process_time()
    env = simpy.Environment()
    data = case.roads
    columns = (data.free_ms, data.headway_ms, data.wave_ms, data.storage)
    roads = [Road(env, row) for row in zip(*(c.tolist() for c in columns), strict=True)]
    arrive = np.full(case.trips.n, NEVER, np.int64)
    for car, depart_ms in enumerate(case.trips.depart_ms.tolist()):
        way = [roads[link] for link in case.trips.of(car).tolist()]
        env.process(drive(env, depart_ms, way, car, arrive))
    t1 = time.process_time()
    env.run(until=case.horizon_s * 1000)
    return Outcome(arrive, t1 - t0, time.process_time() - t1)
