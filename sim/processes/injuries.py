"""People hurt by falling houses: known to the log at once, to the desk when somebody calls.

Every badly hurt person whom no neighbour brings to a doctor is an incident, where the plan has a
rescue section and the scenario a kind of emergency for it. The lightly hurt are counted.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.draws import share_q32
from sim.engine import Engine
from sim.log import Kind
from sim.processes.cases import Case, Cases
from sim.strikes import Hurt

Report = Callable[[Case], None]


def begin(engine: Engine) -> None:
    """Put into the log whom the blows of this night hurt, at the moment of the blow."""
    run, strikes = engine.run, engine.run.view.strikes
    hurt = None if strikes is None else strikes.hurt
    if hurt is None:
        return
    for moment in np.unique(hurt.at_ms[hurt.at_ms <= run.world.horizon_ms]).tolist():
        run.at(moment, _struck, engine, hurt, moment)


def _struck(engine: Engine, hurt: Hurt, moment: int) -> None:
    """Who is at home when the house shakes."""
    run = engine.run
    for party in run.at_home(np.flatnonzero(hurt.at_ms == moment)).tolist():
        home = int(run.world.parties.home[party])
        badly, lightly = int(hurt.badly[party]), int(hurt.lightly[party])
        if lightly:
            run.log.add(run.now, Kind.HURT_LIGHTLY, party, home, lightly)
        _badly_hurt(engine, party, home, badly)


def dug_out(engine: Engine, party: int, place: int) -> None:
    """A buried party has been brought out alive; whom an earlier shock hurt is counted once."""
    strikes = engine.run.view.strikes
    if strikes is not None and strikes.hurt is not None:
        hurt = strikes.hurt
        before = int(hurt.badly[party] + hurt.lightly[party])  # 0 where no shock hurt anybody
        _badly_hurt(engine, party, place, max(int(hurt.dug_out[party]) - before, 0))


def _badly_hurt(engine: Engine, party: int, place: int, persons: int) -> None:
    if not persons:
        return
    engine.run.log.add(engine.run.now, Kind.HURT_BADLY, party, place, persons)
    if engine.injured_told is not None:
        engine.injured_told(party, persons)


class Injured:
    """A badly hurt person is an incident: somebody calls from where the family is then."""

    def __init__(self, engine: Engine, cases: Cases, report: Report) -> None:
        self.engine, self.cases, self.report = engine, cases, report
        kinds = engine.run.world.emergencies
        self._kind = next((k for k, kind in enumerate(kinds) if kind.arises == "injured"), -1)

    def begin(self) -> None:
        """From now on who is badly hurt is told to the desk."""
        if self._kind >= 0 and self.engine.run.plan.spec.rescue is not None:
            self.engine.injured_told = self._happens

    def _happens(self, party: int, persons: int) -> None:
        run = self.engine.run
        key, strikes = int(run.world.parties.key[party]), run.view.strikes
        carried = strikes.hurt.carried_q32 if strikes is not None and strikes.hurt else 0
        for person in range(persons):
            if not run.draws.chance_one("injury/carried", key, carried, person):
                told = run.now + self.cases.report_ms(self._kind, key, person)
                run.at(told, self._reports, party, person)

    def _reports(self, party: int, person: int) -> None:
        run, kind, parties = self.engine.run, self._kind, self.engine.run.world.parties
        key, place = int(parties.key[party]), int(run.people.place[party])
        node = int(run.world.places.node[place])
        share = share_q32(run.world.emergencies[kind].hospital_share)
        self.report(
            Case(
                *(kind, key, person, place, int(parties.home[party]), lambda: node),
                work_ms=self.cases.work_ms(kind, key, person),
                patient=run.draws.chance_one("emergency/hospital", key, share, person),
            )
        )
