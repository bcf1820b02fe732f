"""What no placement can beat: a limit for teams that answer emergencies, night by night.

For the same emergencies told at the same moments, nobody is there sooner than a team that can do
something for it and is never busy comes without queues from the nearest candidate post or hospital,
or from another emergency of the night, to which a team must have come first. It drives as on dry
roads, but over roads only that are open at some time between its start and its arrival. Turning
out, rest, work and daily duty are left out, so the limit is generous. Proven for teams that set out
from such places; a team that the water stopped half way may be nearer when it is sent on.
Helicopters come from when they are in the county, and take a call told by night in the morning when
they may not fly before. Emergencies that only the run itself knows (roads to clear) are let go
without a wait, and where roads are cleared all of them count as open.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from sim.bounds.night import Night
from sim.clock import MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import Draws
from sim.log import Kind, TeamStatus
from sim.measures.facts import Facts
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.ways_open import OpenRoads, Ways, flown_ms
from sim.processes.cases import neighbour
from sim.processes.moves import HELICOPTER
from sim.roads.network import Network
from sim.roads.passability import vehicle_classes
from sim.schema.forces import DRAWN
from sim.state import DAY_BEGINS_H, DAY_ENDS_H
from sim.world import Team

Int64 = NDArray[np.int64]
KNOWN = (*DRAWN, "buried")
"""Origins of emergencies that stay where they are, so that the way to them is known."""
CLEARED = ("road", "bridge")


class TeamLimit:
    """Least hours of waiting for first teams under any placement of the same teams."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        world, kind = setting.world, setting.kind
        skilled = [team for team in world.teams if team.row.skills]
        self._able: list[list[Team]] = [
            [team for team in skilled if kind.answers(world, team.id, asks)]
            for asks in range(len(world.emergencies))
        ]
        self._ways: dict[tuple[str, ...], Ways] = {}
        posts = world.places.node[list(setting.posts.places)].tolist()
        hospitals = [k for k, row in enumerate(world.shelters) if row.kind == "hospital"]
        beds = world.places.node[world.shelter_place + np.array(hospitals, np.int64)].tolist()
        self.origins = np.array(sorted({*posts, *beds}), dtype=np.int64)

    def of(self, facts: Facts, seed: int) -> float:
        """For the emergencies of a run."""
        night = _OneNight(self, facts, seed)
        rows = facts.of(Kind.EMERGENCY)
        waited = 0
        for t, kind, place in zip(
            rows["t"].tolist(), rows["value"].tolist(), rows["place"].tolist(), strict=True
        ):
            waited += min(night.answered_ms(t, kind, place), facts.horizon_ms) - t
        return waited / MS_PER_HOUR

    def classes(self, kind: int) -> tuple[str, ...]:
        """Of the teams that come over land for a kind of emergency."""
        found = {team.row.vehicle_class for team in self._able[kind]} - {HELICOPTER.name}
        return tuple(sorted(found))

    def flying(self, kind: int) -> list[Team]:
        """The teams that come through the air for it."""
        return [team for team in self._able[kind] if team.row.vehicle_class == HELICOPTER.name]

    def ways(self, classes: tuple[str, ...]) -> Ways:
        """Made once per set of classes."""
        if classes not in self._ways:
            self._ways[classes] = Ways(self.setting.world, classes)
        return self._ways[classes]


class _OneNight:
    """The emergencies of a night one after another: where a team may have come by then."""

    def __init__(self, limit: TeamLimit, facts: Facts, seed: int) -> None:
        self.limit, self.facts, self.world = limit, facts, facts.world
        draws = Draws(seed, facts.log.replication)
        self._speed = Night(facts.world, limit.setting.plan, draws).speed_q16
        self._open: dict[tuple[str, ...], OpenRoads] = {}
        self._here_ms = _here(facts)
        self._reached: list[tuple[int, int]] = []
        clears = any(kind.arises in CLEARED for kind in facts.world.emergencies)
        self._roads = None if clears else facts.world.roads

    def answered_ms(self, told: int, kind: int, place: int) -> int:
        """Moment before which nobody is there; from then on a team may go on from there."""
        row, node = self.world.emergencies[kind], int(self.world.places.node[place])
        if row.arises not in KNOWN:
            return told
        targets = [node]
        if row.wrong_place_share:
            targets.append(neighbour(self.world, place, node))
        found = min(
            min(self._driven(told, kind, target), self._flown(told, kind, target))
            for target in targets
        )
        self._reached.append((node, found))
        return found

    def _driven(self, told: int, kind: int, target: int) -> int:
        """From the posts, or from an earlier emergency: the soonest of all, looked at in the order
        of what they take on open roads."""
        classes, origins = self.limit.classes(kind), self.limit.origins
        if not classes:
            return NEVER
        times = self.limit.ways(classes).to(target, self._speed)
        ask: list[tuple[int, bool, int]] = [(told + int(times[origins].min()), False, -1)]
        for k, (node, since) in enumerate(self._reached):
            ask.append((max(told, since) + int(times[node]), False, k))
        heapify(ask)
        while True:
            least, sure, k = heappop(ask)
            if sure or least >= NEVER or not isinstance(self._roads, Network):
                return least
            start = told if k < 0 else max(told, self._reached[k][1])
            nodes = origins if k < 0 else np.array([self._reached[k][0]])
            joined = self._opened(classes, self._roads).joined_ms(nodes, target, start)
            heappush(ask, (max(least, joined), True, k))

    def _opened(self, classes: tuple[str, ...], roads: Network) -> OpenRoads:
        if classes not in self._open:
            of = [vehicle_classes()[name] for name in classes]
            self._open[classes] = OpenRoads(self.facts.view, roads, of)
        return self._open[classes]

    def _flown(self, told: int, kind: int, target: int) -> int:
        """By the helicopters."""
        teams, roads = self.limit.flying(kind), self.world.roads
        if not teams or not isinstance(roads, Network):
            return NEVER
        nodes = np.array([*self.limit.origins, *(node for node, _ in self._reached)])
        least = NEVER
        for team in teams:
            start = max(told, self._here_ms.get(team.id, 0))
            least = min(least, start if team.row.night_ok else self._by_day(start))
        return least + flown_ms(roads, nodes, target) if least < NEVER else NEVER

    def _by_day(self, moment: int) -> int:
        """The moment itself by day, else the next morning."""
        start = self.world.clock_start
        day = (start.hour * 60 + start.minute) * MS_PER_MIN
        ms = (day + moment) % MS_PER_DAY
        if DAY_BEGINS_H * MS_PER_HOUR <= ms < DAY_ENDS_H * MS_PER_HOUR:
            return moment
        return moment + (DAY_BEGINS_H * MS_PER_HOUR - ms) % MS_PER_DAY


def _here(facts: Facts) -> dict[str, int]:
    """When teams that had to be asked for were in the county, by id; NEVER who never was."""
    rows, found = facts.of(Kind.TEAM), dict[str, int]()
    for who in np.unique(rows["who"][rows["value"] == TeamStatus.COMING]).tolist():
        later = rows[(rows["who"] == who) & (rows["value"] != TeamStatus.COMING)]
        found[facts.world.teams[who].id] = int(later["t"].min()) if len(later) else NEVER
    return found
