"""How soon boats are with people cut off: by road to where they can launch, and on by water.

A site is a place of its own behind the road nodes, because every boat launches at the node nearest
to the people that it can still reach: two boats may launch at different ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import overload

from sim.clock import NEVER
from sim.engine import Engine
from sim.forces.on_roads import TimesTo
from sim.processes.landings import Landings, Open
from sim.processes.stranded import Site
from sim.roads.network import IntArray
from sim.roads.passability import VehicleClass


class WaterTravel:
    """Times of boat teams; see ``forces.travel.Travel``.

    A place below ``n_nodes`` is a road node, one from there on the site of that number.
    """

    def __init__(self, engine: Engine, vehicle: VehicleClass, sites: Sequence[Site]) -> None:
        self.run, self.vehicle, self.sites = engine.run, vehicle, sites
        afloat = any(layer.scale.is_water for layer in engine.run.view.layers)
        self.landings = Landings(engine.run.world, afloat)
        self.n_nodes = engine.run.world.roads.n_nodes
        self._from: dict[int, tuple[IntArray, Open]] = {}
        self._asked_at = -1

    def place_of(self, number: int) -> int:
        """The place of a site, as calls name it."""
        return self.n_nodes + number

    def to(self, place: int, now: int) -> Sequence[Sequence[int]]:
        """See Travel."""
        if place < self.n_nodes:
            return [TimesTo(self.run.view.router, place, self.vehicle, now)]
        return [_TimesTo(self, self.sites[place - self.n_nodes])]

    def held(self, site: Site) -> bool:
        """Whether boats have to stay ashore at a site now: too much wind."""
        run = self.run
        return self.landings.afloat and run.view.stands_still(
            "boat", site.place, run.now, run.world.hazard.step_ms
        )

    def landing(self, site: Site, node: int) -> int:
        """Where a boat from a node launches for a site, -1 for nowhere."""
        return self.landings.of(site, self._roads_from(node)[1])

    def reach_ms(self, site: Site, node: int) -> int:
        """From a node to the people of a site; NEVER where nobody comes near enough by road."""
        times, known = self._roads_from(node)
        landing = self.landings.of(site, known)
        if landing < 0:
            return NEVER
        return int(times[landing]) + self.landings.run_ms(site, landing)

    def _roads_from(self, node: int) -> tuple[IntArray, Open]:
        """Times from a node to all on the roads as known now, and which nodes that leaves."""
        now = self.run.now
        if now != self._asked_at:
            self._from.clear()
            self._asked_at = now
        if node not in self._from:
            times = self.run.view.router.times_from(node, self.vehicle, now)
            self._from[node] = times, self.landings.reached(times < NEVER)
        return self._from[node]


class _TimesTo(Sequence[int]):
    """Times in ms from every node to a site, looked up node by node."""

    def __init__(self, travel: WaterTravel, site: Site) -> None:
        self._travel, self._site = travel, site

    @cached_property
    def _held(self) -> bool:
        return self._travel.held(self._site)

    @overload
    def __getitem__(self, node: int) -> int: ...

    @overload
    def __getitem__(self, node: slice) -> Sequence[int]: ...

    def __getitem__(self, node: int | slice) -> int | Sequence[int]:
        if isinstance(node, slice):
            return [self[row] for row in range(*node.indices(len(self)))]
        return NEVER if self._held else self._travel.reach_ms(self._site, node)

    def __len__(self) -> int:
        return self._travel.n_nodes
