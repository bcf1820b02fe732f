"""Stops to which nobody gets through: their organisers send people on foot.

The organiser asks every hour. A stop is given up when no road leads away from it, or, after a long
wait, when no vehicle on duty finds a way to it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine import Engine
from sim.pickups import Pickup
from sim.roads.passability import vehicle_classes
from sim.states import State

ROAD_CUT_WAIT_MS = 60 * 60_000
"""People at a stop whose road is cut are sent on foot after this wait (judgement)."""

NO_VEHICLE_WAIT_MS = 4 * 3_600_000
"""So long they wait when a road is open but no idle vehicle finds a way to them (judgement)."""

LOOK_MS = 60 * 60_000
"""How often organisers ask whether anybody can get through to their stop."""

GetsAway = dict[str, NDArray[np.bool_]]
"""From which road nodes a kind of vehicle finds a way to a shelter or out of the county now."""

_AT_ASSEMBLY = int(State.AT_ASSEMBLY)


class CutStops:
    """The organisers of all stops, asking whether anybody can come."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._classes = vehicle_classes()

    def look(self) -> None:
        """Send on foot whoever waits where nobody gets through."""
        run, roads = self.engine.run, GetsAway()
        for pickup in self.engine.pickups:
            waited = run.now - pickup.queue[0][0] if pickup.queue else 0
            if waited >= ROAD_CUT_WAIT_MS and self._nobody_comes(pickup, waited, roads):
                self._send_on_foot(pickup)
        run.at(run.now + LOOK_MS, self.look)

    def _nobody_comes(self, pickup: Pickup, waited: int, roads: GetsAway) -> bool:
        """No road leads away; or, after a long wait, no vehicle finds a way to the stop.

        ``roads`` is filled in when a kind of vehicle is first asked for in this look.
        """
        kinds = self.engine.fleet.kinds_for(pickup)
        for kind in kinds:
            if kind not in roads:
                roads[kind] = self.engine.shelters.has_road(self._classes[kind])
        if not any(roads[kind][pickup.node] for kind in kinds):
            return True
        if waited < NO_VEHICLE_WAIT_MS:
            return False
        return self.engine.fleet.dispatcher.all_cut_off_from(pickup)

    def _send_on_foot(self, pickup: Pickup) -> None:
        """Those of the own village who wait; whoever was brought here by a feeder stays."""
        run, fleet = self.engine.run, self.engine.fleet
        people = run.people
        gone = set()
        for party in pickup.waiting(run.now):
            home = int(run.world.parties.home[party])
            if int(run.assembly[home]) != pickup.row and home != pickup.place:
                continue
            people.state[party], people.place[party] = _AT_ASSEMBLY, pickup.place
            if self.engine.second_ways.walk(party):
                gone.add(party)
                fleet.demand.gone(pickup.row, fleet.sizes[party], run.now)
        if gone:
            pickup.remove(gone)


def begin(engine: Engine) -> None:
    """Let the organisers begin to look."""
    engine.run.at(ROAD_CUT_WAIT_MS, CutStops(engine).look)
