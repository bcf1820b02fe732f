"""Packing: how long every household takes to get ready, and whom the water lets go."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, MS_PER_MIN
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
    """When parties are ready, and whom the water lets go."""

    def __init__(self, run: Run) -> None:
        self.run = run
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
        start = run.world.clock_start
        clock = (start.hour * 60 + start.minute) * MS_PER_MIN
        self.on_the_way = np.where(stays, _UPSTAIRS, _ON_THE_WAY[parties.way])
        self._hours = (clock, DAY_BEGINS_H * MS_PER_HOUR, DAY_ENDS_H * MS_PER_HOUR)

    def of(self, parties: Int64, decided: Int64, warned: Int64) -> tuple[Int64, Int64]:
        """Parties decide at their times and pack; who is ready before the water leaves.

        Returns the parties sorted by way out, the overtaken ones last, and where each part begins.
        """
        run, people = self.run, self.run.people
        packed: tuple[Int64, Int64] = kernels.pack(
            *(parties, decided, self.by_day, self.by_night, warned, run.view.blocked_ms),
            *self._hours,
            *(run.world.parties.way, self.on_the_way),
            *(people.decided, people.ready, people.leave, people.leave_state),
        )
        return packed
