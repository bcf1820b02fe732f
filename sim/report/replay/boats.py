"""Boats of the rescue teams: on the road to the landing, on the water, with whom aboard.

The log names the team, the place of the people and the moments, not the boat or the landing. So
boats of a team are told apart by order (who set out first launches first), and the landing is
the nearest road node to the place that the team could reach when it set out, as in the run.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind, RunLog, TeamStatus
from sim.report.replay.courses import Courses, Leg
from sim.report.replay.tracks import NOWHERE, Point, Round, Segment, Track
from sim.roads.passability import vehicle_classes
from sim.states import State
from sim.world import Team, World

BOARDING = -1
"""Our own mark among the records: a family steps into a boat."""


@dataclass
class Boat:
    """One boat while the log is read."""

    node: int
    track: Track = field(default_factory=Track)
    site: int = NOWHERE
    since_ms: int = 0
    afloat: bool = False
    load: int = 0
    boarded_ms: int = 0
    outward_ms: int = 0


class TeamReader:
    """Reads the records of one team in order; ``boats`` hold the tracks."""

    def __init__(self, world: World, courses: Courses, team: Team) -> None:
        self.world, self.courses = world, courses
        self.vehicle = vehicle_classes()["high_clearance"]
        node = int(world.places.node[team.station_place])
        # a team with skills answers emergencies, whatever the table says of boats
        self.boats = [Boat(node) for _ in range(0 if team.row.skills else team.row.boats)]

    def read(self, t: int, kind: int, place: int, value: int) -> None:
        """One record of the team, or BOARDING with the persons who step in."""
        if kind == Kind.TEAM and value in (TeamStatus.CALLED, TeamStatus.READY):
            for boat in self.boats:
                boat.node = int(self.world.places.node[place])
                self._stand(boat, t, value)
        elif kind == Kind.TEAM_DISPATCH:
            boat = self._pick(lambda b: b.site == NOWHERE or (b.afloat and not b.load))
            boat.site, boat.since_ms, boat.afloat = place, t, False
        elif kind == Kind.TEAM and value == TeamStatus.LAUNCHED:
            self._launched(t, place)
        elif kind == BOARDING:
            self._boarding(t, place, value)
        elif kind == Kind.BOAT_TRIP:
            self._landed(t, place, value)
        elif kind == Kind.TEAM and value == TeamStatus.RESTING:
            self._stand(self._pick(lambda b: not b.load), t, value)

    def _pick(self, fits: Callable[[Boat], bool]) -> Boat:
        """The boat that fits and has done so longest; any, when the log is ahead of us."""
        rows = [boat for boat in self.boats if fits(boat)] or self.boats
        return min(rows, key=lambda boat: boat.since_ms)

    def _stand(self, boat: Boat, t: int, status: int) -> None:
        boat.track.stand(t, self.courses.at(boat.node), status, boat.load)

    def _launched(self, t: int, place: int) -> None:
        boat = self._pick(lambda b: b.site == place and not b.afloat)
        landing = self._landing(boat, place)
        way = self.courses.arrived(Leg(self.vehicle, boat.node, landing, boat.since_ms, t))
        ends = self.courses.at(boat.node), self.courses.at(landing)
        self._move(boat, (boat.since_ms, t), way, ends, TeamStatus.TO_SITE)
        boat.node, boat.afloat, boat.since_ms, boat.site = landing, True, t, place
        self._stand(boat, t, TeamStatus.LAUNCHED)

    def _boarding(self, t: int, place: int, persons: int) -> None:
        boat = self._pick(
            lambda b: b.site == place and b.afloat and (not b.load or b.boarded_ms == t)
        )
        if not boat.load:
            boat.outward_ms = t - boat.since_ms
            ends = self.courses.at(boat.node), self._houses(place)
            boat.track.rounds.append(Round(boat.since_ms, place, at_pickup_ms=t))
            self._move(boat, (boat.since_ms, t), NOWHERE, ends, TeamStatus.LAUNCHED)
        boat.load, boat.boarded_ms = boat.load + persons, t
        boat.track.stand(t, self._houses(place), TeamStatus.LAUNCHED, boat.load)

    def _landed(self, t: int, place: int, persons: int) -> None:
        boat = self._pick(lambda b: b.site == place and b.load == persons)
        back = boat.outward_ms or (t - boat.boarded_ms) // 2
        ends = self._houses(place), self.courses.at(boat.node)
        begin = max(boat.boarded_ms, t - back)
        self._move(boat, (begin, t), NOWHERE, ends, TeamStatus.TO_LANDING)
        if boat.track.rounds:
            boat.track.rounds[-1].persons, boat.track.rounds[-1].empty_ms = persons, t
        boat.load, boat.since_ms = 0, t
        self._stand(boat, t, TeamStatus.LANDED)

    def _move(
        self, boat: Boat, span: tuple[int, int], way: int, ends: tuple[Point, Point], status: int
    ) -> None:
        if span[1] > span[0]:
            boat.track.move(Segment(*span, way, *ends, int(status), boat.load))

    def _houses(self, place: int) -> Point:
        ground = self.courses.ground
        x, y = ground.dm(ground.east[place : place + 1], ground.north[place : place + 1])
        return int(x[0]), int(y[0])

    def _landing(self, boat: Boat, place: int) -> int:
        """Nearest road node to the place that the boat's lorry could reach when it set out."""
        roads, node = self.courses.ground.roads, int(self.world.places.node[place])
        if roads is None:
            return node
        times = self.courses.router.times_from(boat.node, self.vehicle, boat.since_ms)
        away = np.hypot(roads.node_x - roads.node_x[node], roads.node_y - roads.node_y[node])
        return int(np.argmin(np.where(times < NEVER, away, np.inf)))


def boat_tracks(world: World, log: RunLog, courses: Courses) -> tuple[list[Track], list[int]]:
    """Tracks of all boats, team after team, and the team of each."""
    readers = [TeamReader(world, courses, team) for team in world.teams]
    wanted = (Kind.TEAM, Kind.TEAM_DISPATCH, Kind.BOAT_TRIP)
    rows = log.records[np.isin(log.records["kind"], wanted)]
    records = [(t, kind, who, place, value) for t, kind, who, place, value in rows.tolist()]
    records += [(t, BOARDING, team, place, n) for t, team, place, n in _boardings(world, log)]
    # at one moment: families step in before anything else is told of the boat
    for t, kind, who, place, value in sorted(records, key=lambda r: (r[0], r[1] != BOARDING)):
        if readers[who].boats:
            readers[who].read(t, kind, place, value)
    tracks = [boat.track for reader in readers for boat in reader.boats]
    return tracks, [k for k, reader in enumerate(readers) for _ in reader.boats]


def _boardings(world: World, log: RunLog) -> list[tuple[int, int, int, int]]:
    """(moment, team, place, persons) of every family that steps into a boat."""
    states: NDArray[np.void] = log.of(Kind.STATE)
    afloat = states[states["value"] == State.ABOARD_BOAT]
    by_boat = set(zip(afloat["who"].tolist(), afloat["t"].tolist(), strict=True))
    return [
        (t, team, place, int(world.parties.size[party]))
        for t, _, party, place, team in log.of(Kind.BOARDED).tolist()
        if (party, t) in by_boat
    ]
