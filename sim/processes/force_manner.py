"""How the desk of a run works, from what the plan says: dispatch rule, relocation, coverage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.clock import minutes
from sim.forces.capabilities import ANY, Capabilities
from sim.forces.coverage import Coverage
from sim.forces.field import Manner
from sim.forces.on_roads import RoadReach
from sim.forces.relocation import Among, ComplianceTable, Dmexclp, PriorityList, Relocation
from sim.forces.rules import Batch, CoverKept, Nearest, OwnDistrict, Rule, Takes, Urgent
from sim.forces.travel import Travel
from sim.roads.passability import VehicleClass
from sim.schema.plan_forces import Rescue
from sim.state import Run
from sim.world import World, households_off_lists

Int64 = NDArray[np.int64]


class Manners:
    """Makes the manner of a desk.

    Args:
        travel: of the units, by row of their vehicle class; vehicle: the class that most drive,
            by which coverage is counted.
        posts: nodes where the units wait to begin with, of stations and forward posts.
    """

    def __init__(
        self,
        run: Run,
        spec: Rescue,
        travel: Travel,
        vehicle: VehicleClass,
        posts: Sequence[int],
    ) -> None:
        self.run, self.spec, self.travel, self.vehicle = run, spec, travel, vehicle
        self.posts = list(dict.fromkeys(posts))

    def manner(self, capabilities: Capabilities) -> Manner:
        """Teams on roads drive to the end of their leg before they turn."""
        return Manner(self.rule(), self._relocation(capabilities), turns=False)

    def rule(self) -> Rule:
        """Who goes where."""
        spec = self.spec
        match spec.dispatch:
            case "nearest":
                return Nearest()
            case "urgent":
                return Urgent(Takes.UNDER_WAY)
            case "preempt":
                return Urgent(Takes.AT_WORK)
            case "own_district":
                return OwnDistrict()
            case "cover":
                return CoverKept(self._coverage())
            case "batch":
                return Batch(minutes(spec.batch_min))

    def _relocation(self, capabilities: Capabilities) -> Relocation | None:
        """None: every team goes back to its own post."""
        spec = self.spec
        posts = self._nodes(spec.posts) or self.posts
        inner: Relocation
        match spec.relocation:
            case "home":
                return None
            case "list":
                inner = PriorityList(posts)
            case "dmexclp":
                inner = Dmexclp(self._coverage(), posts)
            case "table":
                table = {len(row.posts): self._nodes(row.posts) for row in spec.table}
                inner = ComplianceTable(table, self.travel)
        skill = capabilities.names.index(spec.relocate_skill or ANY)
        return Among(inner, 1 << skill)

    def _nodes(self, names: Sequence[str]) -> list[int]:
        places = self.run.world.places
        return [int(places.node[places.ids.index(name)]) for name in names]

    def _coverage(self) -> Coverage:
        """Persons at home, covered by whoever is there in time on today's roads."""
        run, spec = self.run, self.spec
        persons = persons_at_home(run.world)
        some = np.flatnonzero(persons)
        reach = RoadReach(
            run.view.router, self.vehicle, run.world.places.node[some], lambda: run.now
        )
        within = minutes(spec.cover_min)
        return Coverage(persons[some], reach.within(within), within, spec.busy_share)


def persons_at_home(world: World) -> Int64:
    """Everybody to whom something can happen, by home; int64[homes], a row per place row."""
    homes, size = world.homes, world.spec.behaviour.household_size
    persons = np.bincount(world.parties.home, world.parties.size, minlength=len(homes.rows))
    for home in range(homes.n_settlements):
        if homes.zone[home] < 0:
            persons[home] += round(households_off_lists(world, home) * size)
    return persons.astype(np.int64)
