"""The parts of a run that speak to each other: named here, so processes need no globals."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.muster import Musters
from sim.state import Run
from sim.traffic import Traffic

if TYPE_CHECKING:
    from sim.pickups import Pickup
    from sim.processes.callout import CallOut
    from sim.processes.moving_on import MovingOn
    from sim.processes.outages import Failure
    from sim.processes.rescue import Rescue
    from sim.processes.residents import Residents
    from sim.processes.returns import Returns
    from sim.processes.second_ways import SecondWays
    from sim.processes.shelters import Shelters
    from sim.processes.stranded import Stranded
    from sim.processes.supplies import Supplies
    from sim.processes.transfer import Fleet


class Engine:
    """One run and its parts; each part is put in place by its own ``begin``."""

    run: Run
    traffic: Traffic
    pickups: list[Pickup]
    residents: Residents
    callout: CallOut
    fleet: Fleet
    shelters: Shelters
    rescue: Rescue
    stranded: Stranded
    returns: Returns
    second_ways: SecondWays
    supplies: Supplies
    moving_on: MovingOn
    failures: list[Failure]

    def __init__(self, run: Run) -> None:
        self.run = run
        self.traffic = Traffic(run)
        self.musters = Musters(run)
        self.injured_told: Callable[[int, int], None] | None = None
        """Told of a party and how many of it are badly hurt; None where nobody is told."""
