"""What is placed where, under which plan; and what a scene changes about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sim.optimize.preposition.scene import Scene
from sim.optimize.preposition.units import Placement, Posts, Unit, UnitKind, original
from sim.plan import Plan
from sim.world import World


@dataclass(frozen=True)
class Setting:
    """What is placed where, under which plan.

    Attributes:
        kind: of the units; posts: places they may wait at.
    """

    world: World
    plan: Plan
    kind: UnitKind
    units: tuple[Unit, ...]
    posts: Posts

    def own(self) -> Placement:
        """Where the plan has the units wait."""
        return tuple(self.posts.row(self.world, unit.own) for unit in self.units)

    def together(self, post: int) -> Placement:
        """All units at one post."""
        return (post,) * len(self.units)

    def scene(self, placement: Placement, fresh: bool = False) -> Scene:
        """The plan's own places are played as the plan itself."""
        return Scene(None if placement == self.own() else placement, fresh)

    def largest(self) -> int:
        """Row of the largest unit, the first of equals."""
        return max(range(len(self.units)), key=lambda k: (self.units[k].capacity, -k))

    def ablest(self) -> list[int]:
        """Row of the largest unit of every ability, in the order of the units."""
        best: dict[str, int] = {}
        for row, unit in enumerate(self.units):
            if unit.able not in best or unit.capacity > self.units[best[unit.able]].capacity:
                best[unit.able] = row
        return sorted(best.values())

    def planned(self, placement: Placement | None) -> Plan:
        """The plan with a placement; the plan itself for None. Who stays where the plan has him
        stays as the plan has him: a driver at his depot is not on call because others moved up."""
        if placement is None:
            return self.plan
        return self.kind.staged(self.plan, self.moved(placement))

    def moved(self, placement: Placement) -> dict[str, int]:
        """Place row of every unit that waits elsewhere than under the plan, which knows of no
        further ones."""
        places = self.places(placement)
        return {
            unit.id: places[unit.id]
            for unit in self.units
            if unit.id != original(unit.id) or places[unit.id] != unit.own
        }

    def changed(self, scene: Scene) -> Setting:
        """With the units and the level of warning of a scene."""
        world, found = self.world, self
        for unit in scene.more:
            world = self.kind.further(world, unit, scene.copies)
        if scene.larger:
            world = self.kind.larger(world, scene.larger) or world
        if world is not self.world:
            found = replace(self, world=world, units=self.kind.units(world, self.plan))
        return found.called(scene.call_on) if scene.call_on else found

    def called(self, level: str) -> Setting:
        """With units that move up at another level of warning."""
        plan = self.plan
        part: Any = getattr(plan.spec, self.kind.section)
        spec = plan.spec.model_copy(
            update={self.kind.section: part.model_copy(update={self.kind.level: level})}
        )
        return replace(self, plan=replace(plan, spec=spec))

    def places(self, placement: Placement) -> dict[str, int]:
        """Place row of every unit; a unit at its own post keeps its own place."""
        found = {}
        for unit, post in zip(self.units, placement, strict=True):
            stays = post == self.posts.row(self.world, unit.own)
            found[unit.id] = unit.own if stays else self.posts.places[post]
        return found
