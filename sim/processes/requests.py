"""Forces that are not at hand: asked for, approved, marched in; only then can they be sent."""

from __future__ import annotations

from collections.abc import Callable

import simpy

from sim.clock import minutes
from sim.roads.defaults import read_defaults
from sim.schema.forces import Tier
from sim.schema.plan_forces import Request
from sim.schema.plan_forces import Rescue as RescueSpec
from sim.state import Run
from sim.world import Team

AT_HAND: tuple[Tier, ...] = ("county", "township")


class Requests:
    """When forces of each tier are asked for in one run; incident: the first call for help."""

    def __init__(self, run: Run, spec: RescueSpec, incident: simpy.Event) -> None:
        self.run, self.spec, self.incident = run, spec, incident

    def when_here(self, team: Team, action: Callable[..., None]) -> bool:
        """Call something when a team from elsewhere has come to its station; False: it is here."""
        if team.row.tier in AT_HAND:
            return False
        request = self.spec.requests.get(team.row.tier, Request())
        delay = self._approval_ms(team.row.tier, request) + minutes(team.row.march_min)
        run = self.run
        events = {"prepare": run.first_prepare, "move": run.first_move, "incident": self.incident}
        if request.on == "start":
            run.at(run.now + delay, action)
        else:
            events[request.on].callbacks.append(lambda _: run.at(run.now + delay, action))
        return True

    @staticmethod
    def _approval_ms(tier: Tier, request: Request) -> int:
        if request.approve_min is not None:
            return minutes(request.approve_min)
        return minutes(read_defaults("forces.csv")[f"{tier}.approve_min"])
