"""What no placement can beat: a limit for teams that answer emergencies, night by night.

For the same emergencies told at the same moments, nobody is there sooner than a team that can do
something for it and is never busy comes on dry and empty roads from the nearest candidate post or
hospital, or from another emergency of the night, to which a team must have come first. Turning
out, rest, work and daily duty are left out, so the limit is generous. Proven for teams that set
out from such places; a team that the water stopped half way may be nearer when it is sent on.
Emergencies that only the run itself knows (roads to clear, people cut off) are let go without a
wait.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bounds.night import Night
from sim.bounds.travel import DryTimes, at_speed
from sim.clock import MS_PER_HOUR, NEVER
from sim.draws import Draws
from sim.log import Kind
from sim.measures.facts import Facts
from sim.optimize.preposition.setting import Setting
from sim.processes.cases import neighbour
from sim.processes.moves import HELICOPTER, ON_FOOT
from sim.roads.defaults import read_defaults
from sim.roads.network import Network
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.routing import ONE_Q16
from sim.schema.forces import DRAWN

Int64 = NDArray[np.int64]
KNOWN = (*DRAWN, "buried")
"""Origins of emergencies that stay where they are, so that the way to them is known."""


class TeamLimit:
    """Least hours of waiting for first teams under any placement of the same teams."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        world, kind = setting.world, setting.kind
        self._classes = [
            {
                team.row.vehicle_class
                for team in world.teams
                if team.row.skills and kind.answers(world, team.id, asks)
            }
            for asks in range(len(world.emergencies))
        ]
        self._dry: dict[frozenset[str], _Ways] = {}
        posts = world.places.node[list(setting.posts.places)].tolist()
        first = world.shelter_place
        beds = [
            int(world.places.node[first + k])
            for k, row in enumerate(world.shelters)
            if row.kind == "hospital"
        ]
        self._from = sorted({*posts, *beds})

    def of(self, facts: Facts, seed: int) -> float:
        """For the emergencies of a run."""
        world, rows = facts.world, facts.of(Kind.EMERGENCY)
        draws = Draws(seed, facts.log.replication)
        speed = Night(self.setting.world, self.setting.plan, draws).speed_q16
        told, kinds = rows["t"].tolist(), rows["value"].tolist()
        places = [int(place) for place in rows["place"]]
        nodes = [int(world.places.node[place]) for place in places]
        earliest: list[int] = []
        for k, kind in enumerate(kinds):
            if world.emergencies[kind].arises not in KNOWN:
                earliest.append(told[k])
                continue
            targets = [nodes[k]]
            if world.emergencies[kind].wrong_place_share:
                targets.append(neighbour(world, places[k], nodes[k]))
            before = [max(told[k], t) for t in earliest]
            there = [self._there(kind, t, (told[k], nodes, before), speed) for t in targets]
            earliest.append(min(there))
        waited = np.minimum(np.array(earliest, np.int64), facts.horizon_ms) - np.array(told)
        return int(waited.sum()) / MS_PER_HOUR

    def _there(
        self, kind: int, target: int, known: tuple[int, list[int], list[int]], speed_q16: int
    ) -> int:
        """Moment before which nobody is at a node; known: when it was told, the nodes of all
        emergencies, and from when on a team could leave each earlier one."""
        told, nodes, before = known
        ways = self._ways(frozenset(self._classes[kind]))
        times = ways.to(target, speed_q16)
        found = told + int(times[self._from].min())
        if before:
            found = min(found, int((np.array(before) + times[nodes[: len(before)]]).min()))
        return found

    def _ways(self, classes: frozenset[str]) -> _Ways:
        if classes not in self._dry:
            self._dry[classes] = _Ways(self.setting, classes)
        return self._dry[classes]


class _Ways:
    """Least times to a node by the quickest of some classes."""

    def __init__(self, setting: Setting, classes: frozenset[str]) -> None:
        self._roads = setting.world.roads
        self._flies = HELICOPTER.name in classes
        drive = classes - {HELICOPTER.name, ON_FOOT}
        self._drive = self._times([vehicle_classes()[name] for name in sorted(drive)])
        self._walk = self._times([vehicle_classes()[ON_FOOT]] if ON_FOOT in classes else [])
        self._km_h = read_defaults("forces.csv")["helicopter_speed_kmh"]

    def _times(self, classes: list[VehicleClass]) -> DryTimes | None:
        return DryTimes(self._roads, classes) if classes else None

    def to(self, node: int, speed_q16: int) -> Int64:
        """From every node, ms, int64[n_nodes]."""
        found = np.full(self._roads.n_nodes, NEVER, dtype=np.int64)
        if self._drive is not None:
            found = np.minimum(found, at_speed(self._drive.to_node(node), speed_q16))
        if self._walk is not None:
            found = np.minimum(found, at_speed(self._walk.to_node(node), max(speed_q16, ONE_Q16)))
        if self._flies and isinstance(self._roads, Network):
            found = np.minimum(found, self._flown(self._roads, node))
        return found

    def _flown(self, roads: Network, node: int) -> Int64:
        """Straight through the air, starting and landing in no time."""
        metres = np.hypot(roads.node_x - roads.node_x[node], roads.node_y - roads.node_y[node])
        ms: Int64 = np.floor(metres / (self._km_h * 1000) * MS_PER_HOUR).astype(np.int64)
        return ms
