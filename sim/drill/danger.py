"""Which danger it is that shuts a road or holds people: the code of a level scale of the night.

A night may bring several at once: wind, the sea and slides. Words follow from the layers that the
hazard declares, never from its kind.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.measures.facts import Facts
from sim.member_view import party_times
from sim.roads.network import Network
from sim.roads.passability import vehicle_classes

Bool = NDArray[np.bool_]
Int64 = NDArray[np.int64]
CUT, BURIED = "cut", "buried"
"""Why people call for help whom no level at their door explains."""


class Danger:
    """The dangers of one replication."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.layers = facts, facts.view.layers

    @property
    def main(self) -> str:
        """The danger that the hazard is named after: its own levels."""
        return self.layers[0].scale.code

    def on_roads(self, t: int, place: int) -> str:
        """What shuts the road nearest to a place that coaches cannot use at a moment."""
        roads = self.facts.world.roads
        if len(self.layers) == 1 or not isinstance(roads, Network):
            return self.main
        node = int(self.facts.world.places.node[place])
        away = np.hypot(
            roads.node_x[roads.edge_to] - roads.node_x[node],
            roads.node_y[roads.edge_to] - roads.node_y[node],
        )
        nearest = [float(away[shut].min(initial=np.inf)) for shut in self._shut(t)]
        best = int(np.argmin(nearest))
        return self.layers[best].scale.code if np.isfinite(nearest[best]) else self.main

    def of_callers(self, t: int, place: int) -> str:
        """Why people at a place call for help at a moment."""
        world = self.facts.world
        if place >= len(world.homes.zone):
            return CUT  # they wait at an assembly point or on the road
        blows = self.facts.view.member.blows
        if blows is not None and bool(((blows.place == place) & (blows.time_ms <= t)).any()):
            return BURIED
        mine = slice(int(world.parties.start[place]), int(world.parties.start[place + 1]))
        for layer, times in zip(self.layers, self._at_door, strict=True):
            if bool((times[mine] <= t).any()):
                return layer.scale.code
        return CUT

    @cached_property
    def _at_door(self) -> list[Int64]:
        """For every layer, when it keeps each party from leaving home."""
        world = self.facts.world
        homes = len(world.parties.start) - 1
        return [
            party_times(world, layer, np.full(homes, layer.scale.door_level, np.int64))
            for layer in self.layers
        ]

    def _shut(self, t: int) -> list[Bool]:
        """For every layer, which roads it shuts to coaches at a moment; bool[n_edges] each."""
        coach, step = vehicle_classes()["coach"], t // self.facts.world.hazard.step_ms
        found = []
        for layer in self.layers:
            at = min(step, layer.edge_levels.shape[1] - 1)
            hinders = layer.scale.hindrance_mm(layer.edge_levels[:, at], coach)
            shut = np.append(hinders >= coach.depth_limit_mm, False)  # row -1: nothing there
            found.append(shut[layer.edge_row])
        return found
