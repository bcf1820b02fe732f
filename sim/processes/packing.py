"""Packing: how long every household takes to get ready, and whom the water lets go."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.compiled import sealed
from sim.people import kernels
from sim.state import DAY_BEGINS_H, DAY_ENDS_H, Run
from sim.states import State, Way

Int64 = NDArray[np.int64]

_UPSTAIRS = np.int8(State.SAFE_IN_PLACE)
_ON_THE_WAY = np.zeros(len(Way), dtype=np.int8)
_ON_THE_WAY[[Way.IN_PLACE, Way.VILLAGE_SHELTER, Way.COACH]] = State.WALKING
_ON_THE_WAY[Way.RELATIVES] = State.DRIVING
_ON_THE_WAY[Way.AMBULANCE] = State.AT_ASSEMBLY


class Packing:
    """When parties are ready, and whom the water lets go.

    warned: when each of them heard that it should pack (ms), NEVER; by_day, by_night: how long it
    takes (ms).
    """

    def __init__(self, run: Run) -> None:
        behaviour, parties = run.world.behaviour, run.world.parties
        prepare = run.draw_parties("prepare/min", behaviour.prepare)
        prepare = (prepare * parties.prep_q16) >> 16
        longest = round(behaviour.spec.prepare.longest_min * MS_PER_MIN)
        prepare = np.minimum(prepare, longest)
        stays = (parties.way == int(Way.IN_PLACE)) & parties.safe_floor
        upstairs = run.draw_parties("prepare/upstairs", behaviour.upstairs)
        prepare = np.where(stays, upstairs, prepare)
        own_time = parties.ready_ms < 0
        self.by_day = np.where(own_time, prepare, parties.ready_ms)
        night_q16 = round(behaviour.spec.prepare.night_factor * 65536)
        self.by_night = np.where(own_time, (prepare * night_q16) >> 16, parties.ready_ms)
        self.warned = np.full(len(parties), NEVER, dtype=np.int64)
        self._preparing = sealed(
            kernels.Preparing(
                *(self.by_day, self.by_night, self.warned, run.view.blocked_ms, parties.way),
                np.where(stays, _UPSTAIRS, _ON_THE_WAY[parties.way]),
                *_hours(run.world.clock_start),
            )
        )
        people = run.people
        self._leaving = kernels.Leaving(
            people.decided, people.ready, people.leave, people.leave_state
        )

    def of(self, parties: Int64, decided: Int64) -> tuple[Int64, Int64]:
        """Parties decide at their times and pack; who is ready before the water leaves.

        Returns the parties sorted by way out, the overtaken ones last, and where each part begins.
        """
        packed: tuple[Int64, Int64] = kernels.pack(parties, decided, self._preparing, self._leaving)
        return packed


def _hours(start: datetime) -> tuple[int, int, int]:
    """Time of day at which the run starts, the day begins and ends (ms)."""
    clock = (start.hour * 60 + start.minute) * MS_PER_MIN
    return clock, DAY_BEGINS_H * MS_PER_HOUR, DAY_ENDS_H * MS_PER_HOUR
