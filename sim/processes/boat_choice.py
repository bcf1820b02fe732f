"""Which site a free boat goes to: the one its rule puts first, unless a nearer boat stands by.

Every boat asks for itself when there is news; without a look at the others the first to ask would
drive across the county past a boat that lies at hand.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sim.clock import NEVER
from sim.engine import Engine
from sim.processes.landings import Landings
from sim.processes.stranded import Site, Stranded
from sim.roads.passability import VehicleClass

PERSONS_PER_BOAT = 12
"""A further boat is sent when more than two loads per boat already sent are waiting."""


class Found(NamedTuple):
    """Where a boat goes: the site, the node it lands at, and among how many it chose."""

    site: Site
    landing: int
    candidates: int


class BoatChoice:
    """Looks at all sites for the boat that asks.

    Attributes:
        expected: when and at which node boats will be ready that are called.
        left_to_others: whether a nearer boat was the reason when the last that asked found nothing.
    """

    def __init__(
        self, engine: Engine, rule: str, stranded: Stranded, vehicle: VehicleClass
    ) -> None:
        self.engine, self.rule, self.stranded, self.vehicle = engine, rule, stranded, vehicle
        afloat = any(layer.scale.is_water for layer in engine.run.view.layers)
        self.landings = Landings(engine.run.world, afloat)
        self._idle: Counter[int] = Counter()
        self.expected: list[tuple[int, int]] = []
        self.left_to_others = False

    def stands_by(self, node: int, boats: int = 1) -> None:
        """Boats at a node have nothing to do."""
        self._idle[node] += boats

    def leaves(self, node: int) -> None:
        """One of them has."""
        self._idle[node] -= 1
        if not self._idle[node]:
            del self._idle[node]

    def best(self, node: int, gives_way: bool) -> Found | None:
        """The site for a boat at a node; where it gives way, none that a nearer one could take."""
        run = self.engine.run
        self.left_to_others = False
        open_sites = [s for s in self.stranded.open.values() if self.needs(s)]
        if not open_sites or self.stranded.in_vain.get(node) == run.now:
            return None
        times = run.view.router.times_from(node, self.vehicle, run.now)
        open_nodes = times < NEVER
        rated = []
        for site in open_sites:
            landing = self.landings.of(site, open_nodes)
            if landing < 0:
                continue
            reach = int(times[landing]) + self.landings.run_ms(site, landing)
            first = -site.persons if self.rule == "largest" else reach
            rated.append((first, reach, site.place, site, landing))
        if not rated:
            # the next boat that asks here at this moment would find nothing either
            self.stranded.in_vain[node] = run.now
            return None
        for _, _, _, site, landing in sorted(rated, key=lambda item: item[:3]):
            if not (gives_way and self._nearer(node, landing, int(times[landing]))):
                return Found(site, landing, len(rated))
        self.left_to_others = True
        return None

    def _nearer(self, node: int, landing: int, reach: int) -> bool:
        """Whether a boat that stands by elsewhere would be at a landing sooner."""
        run = self.engine.run
        to = run.view.router.times_to(landing, self.vehicle, run.now)
        others = {*self._idle, *(at for ready, at in self.expected if ready <= run.now)}
        return any(to[other] < reach for other in others if other != node)

    def needs(self, site: Site) -> bool:
        """More people than the boats already sent can take in two trips each."""
        return site.persons > PERSONS_PER_BOAT * site.boats_sent and not self.held(site)

    def held(self, site: Site) -> bool:
        """Whether boats have to stay ashore there now: too much wind."""
        run = self.engine.run
        return self.landings.afloat and run.view.stands_still(
            "boat", site.place, run.now, run.world.hazard.step_ms
        )
