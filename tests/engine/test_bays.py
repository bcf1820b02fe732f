"""Bays: so many places, first come first served."""

from __future__ import annotations

import pytest
import simpy

from sim.bays import Bays


def visits(capacity: int, arrivals: list[int], stay: int) -> list[tuple[int, int, int]]:
    """(vehicle, begin, end) of visits to bays, in order of their ends."""
    env = simpy.Environment()
    bays, done = Bays(env, capacity), []

    def vehicle(number: int, at: int) -> simpy.events.ProcessGenerator:
        yield env.timeout(at)
        turn = bays.turn()
        if turn is not None:
            yield turn
        begin = int(env.now)
        yield env.timeout(stay)
        bays.leave()
        done.append((number, begin, int(env.now)))

    for number, at in enumerate(arrivals):
        env.process(vehicle(number, at))
    env.run()
    return done


def test_one_bay_is_a_queue_in_order_of_coming() -> None:
    """Arrivals 0, 1, 2 with a stay of 10 begin at 0, 10, 20."""
    assert visits(1, [0, 1, 2], 10) == [(0, 0, 10), (1, 10, 20), (2, 20, 30)]


def test_two_bays_serve_two_at_once() -> None:
    """The third waits for the first to leave, the fourth for the second."""
    assert visits(2, [0, 3, 4, 5], 10) == [(0, 0, 10), (1, 3, 13), (2, 10, 20), (3, 13, 23)]


def test_a_free_bay_is_taken_without_an_event_and_can_be_taken_again() -> None:
    """No event when free; after everybody has left it is free again."""
    bays = Bays(simpy.Environment(), 1)
    assert bays.turn() is None
    assert bays.turn() is not None
    bays.leave()
    bays.leave()
    assert bays.turn() is None


def test_there_is_at_least_one_bay() -> None:
    """The error names value and rule."""
    with pytest.raises(ValueError, match=r"capacity\(=0\) must be at least 1"):
        Bays(simpy.Environment(), 0)
