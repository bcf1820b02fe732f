"""Emergencies that happen to people wherever they are: ill, hurt, a fire; day and night.

Who and when is drawn by key alone, so that two plans meet the same emergencies; where depends on
the plan, because a family that has moved falls ill in the shelter and not at home.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

import numpy as np

from sim.clock import MS_PER_MIN
from sim.draws import sample_one, share_q32, stable_key
from sim.draws_tables import Compiled, compile_minutes
from sim.engine import Engine
from sim.processes.cases import Case, Cases
from sim.schema.distribution_kinds import LARGEST, Exponential
from sim.schema.forces import DRAWN, EmergencyRow
from sim.states import State
from sim.world import World, households_off_lists

MINUTES_PER_DAY, PER_PERSONS = 1440, 10_000


Report = Callable[[Case], None]


class Crowd:
    """Everybody to whom something can happen: families on the lists, and homes off the lists."""

    def __init__(self, world: World) -> None:
        homes = world.homes
        self.n_parties = len(world.parties)
        self.off_lists = [h for h in range(homes.n_settlements) if homes.zone[h] < 0]
        size = world.spec.behaviour.household_size
        off = [round(households_off_lists(world, h) * size) for h in self.off_lists]
        self._up_to = np.cumsum([*world.parties.size.tolist(), *off]).tolist()
        self.persons = self._up_to[-1] if self._up_to else 0

    def one(self, draw: int) -> int:
        """Whom a 32-bit draw means: a party, or behind them a home off the lists."""
        return bisect_right(self._up_to, (draw * self.persons) >> 32)


class Emergencies:
    """Draws the emergencies of one run and reports each in its time."""

    def __init__(self, engine: Engine, cases: Cases, report: Report) -> None:
        self.engine, self.run = engine, engine.run
        self.cases, self.report = cases, report
        self.crowd = Crowd(engine.run.world)
        self.kinds = engine.run.world.emergencies
        self._keys = [stable_key("emergency:" + kind.id) for kind in self.kinds]
        self._gap = [_gap(kind, self.crowd.persons) for kind in self.kinds]

    def begin(self) -> None:
        """Plan the first of every kind."""
        for kind in range(len(self.kinds)):
            self._next(kind, 0, 0)

    def _next(self, kind: int, number: int, since: int) -> None:
        """The next of a kind happens after a keyed gap."""
        gap = self._gap[kind]
        if gap is None:
            return
        draws, key = self.run.draws, self._keys[kind]
        at = since + max(1, sample_one(draws, "emergency/gap", gap, (key, 0), number))
        if at <= self.run.world.horizon_ms:
            self.run.at(at, self._happens, kind, number, at)

    def _happens(self, kind: int, number: int, at: int) -> None:
        self._next(kind, number + 1, at)
        key = self._keys[kind]
        who = self.crowd.one(self.run.draws.one("emergency/who", key, number))
        if self._is_meant(self.kinds[kind], who):
            told = at + self.cases.report_ms(kind, key, number)
            self.run.at(told, self._reports, kind, number, who)

    def _is_meant(self, kind: EmergencyRow, who: int) -> bool:
        """Whether a kind that happens in shelters only, or to those hit, happens to somebody."""
        if kind.arises == "daily":
            return True
        run = self.run
        if who >= self.crowd.n_parties:
            return False
        if kind.arises == "shelter":
            return bool(run.people.state[who] == State.SHELTERED)
        struck = run.view.strikes is not None and run.view.strikes.at_ms[who] <= run.now
        return bool(run.view.exposed_ms[who] <= run.now) or struck

    def _reports(self, kind: int, number: int, who: int) -> None:
        """Somebody calls from where the people are now."""
        run, key, spec = self.run, self._keys[kind], self.kinds[kind]
        if who < self.crowd.n_parties:
            place, home = int(run.people.place[who]), int(run.world.parties.home[who])
        else:
            place = home = self.crowd.off_lists[who - self.crowd.n_parties]
        false = run.draws.chance_one("emergency/false", key, share_q32(spec.false_share), number)
        work = self.cases.work_ms(kind, key, number)
        patient = run.draws.chance_one(
            "emergency/hospital", key, share_q32(spec.hospital_share), number
        )
        node = int(run.world.places.node[place])
        self.report(
            Case(
                *(kind, key, number, place, home, lambda: node),
                work_ms=0 if false else work,
                patient=patient and not false,
            )
        )


def _gap(kind: EmergencyRow, persons: int) -> Compiled | None:
    """Time between two of a kind among so many persons; None where it hardly ever happens, or is
    told by the run itself."""
    if not persons or kind.arises not in DRAWN:
        return None
    mean = MINUTES_PER_DAY * PER_PERSONS / (kind.per_day * persons)
    return compile_minutes(Exponential(mean=mean)) if 1 / MS_PER_MIN < mean < LARGEST / 10 else None
