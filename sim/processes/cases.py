"""What incidents are about, beyond what the desk knows; how they are told, and who can wait.

A report comes late, may name a neighbouring place or too small a need; the first team there finds
out. A patient's condition worsens until work begins. All of it is drawn by keys of the incident.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sim.clock import NEVER
from sim.draws import sample_one, share_q32
from sim.draws_tables import median_minutes
from sim.forces.incidents import Call, Need
from sim.log import Kind
from sim.processes.survival import endures_ms
from sim.schema.forces import EmergencyRow
from sim.state import Run
from sim.world import World

NeedOf = Callable[[EmergencyRow, bool], Need]
"""What a kind asks for: as it is, or (False) the minimum only."""


def nobody(team: int) -> None:
    """Nobody is told."""


@dataclass
class Case:
    """One incident.

    Attributes:
        kind: row of its kind. key, occurrence: of its own draws. place: where it is (row of
            places). home: to whose township it belongs, -1 for nobody's.
        node: road node from which it is worked on, as known now.
        work_ms: work on site with the minimum, 0 for a false alarm. patient: has to go to hospital.
        ended: told by which team (its row) when work is done.
        told_wrong: what was reported is not what is there. begun: work has begun.
    """

    kind: int
    key: int
    occurrence: int
    place: int
    home: int
    node: Callable[[], int]
    work_ms: int
    patient: bool = False
    ended: Callable[[int], None] = nobody
    told_wrong: bool = False
    begun: bool = False


class Cases:
    """The incidents of a run by number, in the order of their reports."""

    def __init__(self, run: Run, need_of: NeedOf) -> None:
        self.run, self._need_of = run, need_of
        self.kinds = run.world.emergencies
        self.all: list[Case] = []
        self._late = [median_minutes(kind.report_min, kind.report_p90_min) for kind in self.kinds]
        self._work = [median_minutes(kind.work_min, kind.work_p90_min) for kind in self.kinds]

    def report_ms(self, kind: int, key: int, occurrence: int) -> int:
        """From the event to the report."""
        late = self._late[kind]
        return sample_one(self.run.draws, "emergency/report", late, (key, 0), occurrence)

    def work_ms(self, kind: int, key: int, occurrence: int) -> int:
        """Work on site."""
        work = self._work[kind]
        return sample_one(self.run.draws, "emergency/work", work, (key, 0), occurrence)

    def told(self, case: Case, district: int) -> Call:
        """The call as it reaches the desk, right or wrong; the case has a number from now on."""
        number, row = len(self.all), self.kinds[case.kind]
        self.all.append(case)
        need, node = self._need_of(row, True), case.node()
        told = right = Call(number, self.run.now, node, case.work_ms, need, row.priority, district)
        if self._chance("emergency/wrong_place", row.wrong_place_share, case):
            told = replace(told, place=neighbour(self.run.world, case.place, node))
        if self._chance("emergency/wrong_number", row.wrong_number_share, case):
            told = replace(told, need=self._need_of(row, False))
        case.told_wrong = told != right
        if row.survival != "none" and case.work_ms:
            draw = self.run.draws.one("emergency/endures", case.key, case.occurrence)
            endures = endures_ms(row.survival, draw)
            if endures < NEVER:
                self.run.at(self.run.now + endures, self._worsens, number)
        return told

    def right(self, call: Call) -> Call | None:
        """What the first team finds where a call sent it: the call as it should have been."""
        case = self.all[call.row]
        if not case.told_wrong:
            return None
        case.told_wrong = False
        self.run.log.add(self.run.now, Kind.REPORT_WRONG, call.row, case.place)
        return replace(call, place=case.node(), need=self._need_of(self.kinds[case.kind], True))

    def reached_from_elsewhere(self, call: Call) -> Call | None:
        """The call with the node from which it is worked on now; None where it is as before."""
        case = self.all[call.row]
        node = call.place if case.told_wrong else case.node()
        return None if node == call.place else replace(call, place=node)

    def _worsens(self, number: int) -> None:
        """Who has waited too long for help is lost."""
        case = self.all[number]
        if not case.begun:
            case.patient = False
            self.run.log.add(self.run.now, Kind.PATIENT_LOST, number, case.place)

    def _chance(self, purpose: str, share: float, case: Case) -> bool:
        draws = self.run.draws
        return bool(share) and draws.chance_one(
            purpose, case.key, share_q32(share), case.occurrence
        )


def neighbour(world: World, place: int, node: int) -> int:
    """Road node of the settlement nearest to a place that has another one; else its own."""
    places, n = world.places, world.homes.n_settlements
    others = np.flatnonzero(places.node[:n] != node)
    if not len(others):
        return node
    dx, dy = places.x[others] - places.x[place], places.y[others] - places.y[place]
    away = np.nan_to_num(np.round(dx * dx + dy * dy), nan=0.0)
    return int(places.node[others[np.argmin(away)]])
