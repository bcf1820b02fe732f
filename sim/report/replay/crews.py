"""Teams with skills on the map: at their posts, on their way, at work, with a patient, resting."""

from __future__ import annotations

from sim.log import Kind, RunLog, TeamStatus
from sim.report.replay.courses import Courses, Leg
from sim.report.replay.tracks import Round, Segment, Track
from sim.roads.passability import vehicle_classes
from sim.world import Team, World

_DRIVES = (int(TeamStatus.TO_SITE), int(TeamStatus.DONE))
_ENDS = {int(TeamStatus.TO_SITE): int(TeamStatus.ON_SITE),
         int(TeamStatus.DONE): int(TeamStatus.AT_POST)}  # fmt: skip
"""A drive and the record that says that it arrived."""


class CrewReader:
    """Reads the records of one team in order and writes its track."""

    def __init__(self, world: World, courses: Courses, team: Team) -> None:
        self.courses, self.track = courses, Track()
        classes = vehicle_classes()
        self._vehicle = classes.get(team.row.vehicle_class, classes["high_clearance"])
        self._node_of = world.places.node
        self._node = int(world.places.node[team.station_place])
        self._status, self._since, self._bound = int(TeamStatus.AT_POST), 0, team.station_place
        self.track.stand(0, courses.at(self._node), self._status, 0)

    def read(self, t: int, status: int, place: int) -> None:
        """One record of the team."""
        if self._status in _DRIVES and status == _ENDS[self._status]:
            self._drove(t, place)
        self._status, self._since, self._bound = status, t, place
        self.track.stand(t, self.courses.at(self._node), status, 0)
        rounds = self.track.rounds
        if status == TeamStatus.TO_SITE:
            rounds.append(Round(t, place))
        elif status == TeamStatus.ON_SITE and rounds:
            rounds[-1].at_pickup_ms = t
        elif rounds and rounds[-1].empty_ms < 0 and rounds[-1].at_pickup_ms >= 0:
            rounds[-1].empty_ms = t

    def _drove(self, t: int, place: int) -> None:
        """It has come to where it was bound for: the site, or its post."""
        node = int(self._node_of[place])
        way = self.courses.arrived(Leg(self._vehicle, self._node, node, self._since, t))
        if t > self._since:
            ends = self.courses.at(self._node), self.courses.at(node)
            self.track.move(Segment(self._since, t, way, *ends, self._status, 0))
        self._node = node


def crew_tracks(world: World, log: RunLog, courses: Courses) -> tuple[list[Track], list[int]]:
    """Tracks of the teams that answer emergencies, and their rows."""
    rows = [k for k, team in enumerate(world.teams) if team.row.skills]
    readers = {k: CrewReader(world, courses, world.teams[k]) for k in rows}
    for t, _, team, place, status in log.of(Kind.TEAM).tolist():
        if team in readers:
            readers[team].read(t, status, place)
    return [readers[k].track for k in rows], rows
