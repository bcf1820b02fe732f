"""People whom a cut road sent home: they set out again when the news says that a way is open.

A family that turned back stays told and willing, and the order stands. At every news of the roads
those at home ask whether a car gets through to where they were going, else to a shelter with room;
it does when the water has gone down, or a team has cleared what lay there. Whoever the water or the
debris has come to meanwhile is not at home any more in this sense.
"""

from __future__ import annotations

import numpy as np

from sim.cars import CarGroup
from sim.clock import NEVER
from sim.engine import Engine
from sim.states import State

_AT_HOME = int(State.AT_HOME)


class TryAgain:
    """Families back at home, village by village, with the moment since which they are there."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._waiting: dict[int, list[tuple[int, int]]] = {}
        self._looks_at = NEVER

    def wait(self, party: int) -> None:
        """A family with a car is at home and would go if it could."""
        run = self.engine.run
        home = int(run.world.parties.home[party])
        if run.world.homes.exit[home] >= 0:
            self._waiting.setdefault(home, []).append((run.now, party))
            self._plan()

    def _plan(self) -> None:
        """Look again with the next news."""
        run = self.engine.run
        news = run.view.router.next_change(run.now)
        if self._waiting and news < self._looks_at and news <= run.world.horizon_ms:
            self._looks_at = news
            run.at(news, self._look, news)

    def _look(self, moment: int) -> None:
        """News of the roads: who finds a way sets out."""
        if moment != self._looks_at:
            return
        self._looks_at = NEVER
        waiting, self._waiting = self._waiting, {}
        for home, families in waiting.items():
            here = [family for family in families if self._still_there(*family)]
            if here and not self._goes(home, [party for _, party in here]):
                self._waiting[home] = here
        self._plan()

    def _still_there(self, since: int, party: int) -> bool:
        """Whether a family still sits at home, and nothing has come over it since it came back."""
        run = self.engine.run
        hit = since < int(run.view.blocked_ms[party]) <= run.now
        return bool(run.people.state[party] == _AT_HOME) and not hit

    def _goes(self, home: int, parties: list[int]) -> bool:
        """Whether the families of a village set out again."""
        run, world = self.engine.run, self.engine.run.world
        node = int(world.places.node[home])
        target = int(world.places.node[world.exit_place + world.homes.exit[home]])
        car, shelters = self.engine.traffic.car, self.engine.shelters
        if run.view.router.times_to(target, car, run.now)[node] < NEVER:
            for party in parties:
                self.engine.second_ways.drive_off(party)
            self._submit(parties, node, target)
            return True
        sizes = world.parties.size
        if shelters.nearest_larger(node, car, int(min(sizes[parties]))) < 0:
            return False
        for party in parties:
            self.engine.second_ways.drive_off(party)
            self.engine.second_ways.road_closed(party, node)
        return True

    def _submit(self, parties: list[int], node: int, target: int) -> None:
        """All of them leave now, as careful as before."""
        run, n = self.engine.run, len(parties)
        rows = np.array(parties, dtype=np.int64)
        willing = self.engine.residents.journeys.willing[rows]
        here, there = np.full(n, node), np.full(n, target)
        self.engine.traffic.submit(CarGroup(rows, np.full(n, run.now), willing, here, there))
