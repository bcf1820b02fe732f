"""Bays: a few places at which vehicles stand, first come first served.

A free bay is taken without an event, which is what nearly always happens; only a vehicle that
must wait gets one. (A SimPy Resource makes two events per visit even when it is free.)
"""

from __future__ import annotations

from collections import deque

import simpy


class Bays:
    """``capacity`` equal places; whoever waits gets the next free one in order of coming.

    Use as ``turn = bays.turn()``, wait for it if it is an event, and ``bays.leave()`` at the end.
    """

    def __init__(self, env: simpy.Environment, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"capacity(={capacity}) must be at least 1")
        self._env, self._free = env, capacity
        self._waiting: deque[simpy.Event] = deque()

    def turn(self) -> simpy.Event | None:
        """Take a bay: None when there is one now, else the event that it becomes free."""
        if self._free:
            self._free -= 1
            return None
        event = self._env.event()
        self._waiting.append(event)
        return event

    def leave(self) -> None:
        """Give the bay to the next one waiting, or back."""
        if self._waiting:
            self._waiting.popleft().succeed()
        else:
            self._free += 1
