"""Patients on the way: to the nearest hospital with a free bed that can be reached, or another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import simpy

from sim.clock import MS_PER_MIN, NEVER
from sim.engine import Engine
from sim.forces.units import Unit
from sim.processes.moves import Moves
from sim.roads.passability import VehicleClass
from sim.roads.router import Drive
from sim.roads.routing import Trip

ASK_AGAIN_MS = 10 * MS_PER_MIN
"""Pause of a crew with a patient before it looks for a hospital again."""

HAND_OVER_MS = 20 * MS_PER_MIN
"""A crew at the hospital until it can be sent again (judgement)."""


class Hospitals:
    """Takes crews with patients to hospital; ``free_again`` is called when a crew is done."""

    def __init__(self, engine: Engine, moves: Moves, free_again: Callable[[Unit], None]) -> None:
        self.engine, self._moves, self._free_again = engine, moves, free_again

    def bring(self, unit: Unit, vehicle: VehicleClass, node: int) -> bool:
        """A crew leaves a node with a patient; whether any hospital can take it."""
        shelters, hospital = self.engine.shelters, self._nearest(vehicle, node)
        if hospital < 0:
            return False
        shelters.reserve(hospital, 1)
        drive = self._moves.drive(vehicle, node, int(shelters.nodes[hospital]))
        drive.callbacks.append(partial(self._there, unit, vehicle, hospital))
        return True

    def _nearest(self, vehicle: VehicleClass, node: int) -> int:
        """The nearest hospital with a free bed and a road there, -1 for none."""
        run, shelters, reached = self.engine.run, self.engine.shelters, []
        for k, row in enumerate(run.world.shelters):
            if row.kind == "hospital" and shelters.is_open(k) and shelters.room(k) >= 1:
                times = self._moves.times_to(vehicle, int(shelters.nodes[k]), run.now)
                reached.append((times[node], k))
        ms, hospital = min(reached, default=(NEVER, -1))
        return hospital if ms < NEVER else -1

    def _there(self, unit: Unit, vehicle: VehicleClass, hospital: int, event: simpy.Event) -> None:
        """The patient is handed over; where the road was closed, another hospital is tried."""
        ended: Drive = event.value  # type: ignore[assignment]
        run = self.engine.run
        unit.stand(ended.node)
        if ended.status == Trip.ARRIVED:
            run.at(run.now + HAND_OVER_MS, self._free_again, unit)
            return
        self.engine.shelters.release(hospital, 1)
        run.at(run.now + ASK_AGAIN_MS, self._divert, unit, vehicle)

    def _divert(self, unit: Unit, vehicle: VehicleClass) -> None:
        run = self.engine.run
        if not self.bring(unit, vehicle, unit.node):
            run.at(run.now + ASK_AGAIN_MS, self._divert, unit, vehicle)
