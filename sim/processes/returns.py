"""回流: some of those sheltered nearby go back for livestock and property, unless guards hold them.

They leave after a while, not before dawn, stay at home for a time and come back; water that comes
meanwhile finds them there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_DAY
from sim.draws import sample, shares_q32
from sim.engine import Engine
from sim.log import Kind
from sim.states import Flag, Mode, State, Way

Int64 = NDArray[np.int64]
RETURNING_WAYS = (int(Way.VILLAGE_SHELTER), int(Way.RELATIVES))
_WITH_RELATIVES = int(State.WITH_RELATIVES)
_SETTLED = (_WITH_RELATIVES, int(State.SHELTERED))


class Returns:
    """Who goes back, and when."""

    def __init__(self, engine: Engine) -> None:
        self.engine, run = engine, engine.run
        parties, behaviour = run.world.parties, run.world.behaviour
        share = sample(run.draws, "return/share", behaviour.return_share, parties.key, parties.key)
        latent = run.draws.u32("return/latent", parties.key).astype(np.int64)
        goes = (latent < shares_q32(share)) & np.isin(parties.way, RETURNING_WAYS)
        goes &= ~parties.special & ~parties.facility
        self._goes = goes & (not run.plan.manage.guards)
        self.goes: list[bool] = self._goes.tolist()

    def consider_many(self, parties: Int64, places: Int64, times: Int64) -> None:
        """Parties have settled at their times; some will go back later."""
        for row in np.flatnonzero(self._goes[parties]).tolist():
            self.consider(int(parties[row]), int(places[row]), int(times[row]))

    def consider(self, party: int, place: int, settled: int) -> None:
        """A party settles at a moment; perhaps it will go back later."""
        run, behaviour = self.engine.run, self.engine.run.world.behaviour
        if not self.goes[party] or run.has_flag(party, Flag.RETURNED):
            return
        key = int(run.world.parties.key[party])
        leave = settled + run.draw("return/after", behaviour.return_after, key)
        since_dawn = (leave - behaviour.return_not_before_ms) % MS_PER_DAY
        last_dawn = leave - since_dawn
        # in the grey of the morning they go; before dawn and after dark they wait for the next
        if run.is_night(leave) and run.next_morning(last_dawn) < leave:
            leave = last_dawn + MS_PER_DAY
        if leave < run.world.horizon_ms:
            run.at(leave, self._go_home, party, place)

    def _go_home(self, party: int, place: int) -> None:
        """On the way home, if the home is not under water."""
        run, behaviour = self.engine.run, self.engine.run.world.behaviour
        home = int(run.world.parties.home[party])
        if run.view.blocked_ms[party] <= run.now or not self._is_at(party, place):
            return
        self.engine.moving_on.goes_home(party)
        run.flag(party, Flag.RETURNED, place)
        # from here on the water meets them through this process, not as people who never left
        run.people.back_home[party] = False
        by_car = bool(run.people.state[party] == _WITH_RELATIVES)
        way = self._way_ms(party, home, place)
        run.move(party, State.DRIVING if by_car else State.WALKING, place)
        key = int(run.world.parties.key[party])
        stay = run.draw("return/stay", behaviour.return_stay, key)
        run.at(run.now + way, self._at_home, party, home, place, stay, way)

    def _is_at(self, party: int, place: int) -> bool:
        """Whether a party is still where it had settled, and has not been moved on since."""
        people = self.engine.run.people
        return bool(people.place[party] == place and people.state[party] in _SETTLED)

    def _at_home(self, party: int, home: int, place: int, stay: int, way: int) -> None:
        run = self.engine.run
        run.move(party, State.AT_HOME, home)
        wet = int(run.view.blocked_ms[party])
        if wet <= run.now:
            self.engine.stranded.strand(party, home)
        elif wet < run.now + stay:
            run.at(wet, self.engine.stranded.strand, party, home)
        else:
            run.at(run.now + stay, self._back, party, home, place, way)

    def _back(self, party: int, home: int, place: int, way: int) -> None:
        run = self.engine.run
        run.move(party, State.PREPARING, home)
        by_car = place >= run.world.exit_place
        run.move(party, State.DRIVING if by_car else State.WALKING, home)
        run.at(run.now + way, self._again_safe, party, place, by_car)

    def _again_safe(self, party: int, place: int, by_car: bool) -> None:
        run, shelter = self.engine.run, place - self.engine.run.world.shelter_place
        if not by_car and not self.engine.shelters.is_open(shelter):
            self.engine.shelters.release(shelter, self.engine.fleet.sizes[party])
            self.engine.shelters.arrive_on_foot(party, shelter)
            return
        if by_car:
            run.move(party, State.WITH_RELATIVES, place)
        else:
            run.move(party, State.AT_GATE, place)
            run.move(party, State.SHELTERED, place)
        run.out(party, Mode.OWN_CAR if by_car else Mode.ON_FOOT, place)
        run.log.add(run.now, Kind.REGISTERED, party, place)

    def _way_ms(self, party: int, home: int, place: int) -> int:
        """Time back home: on foot, or by car on the roads as known."""
        run = self.engine.run
        places = run.world.places
        if run.people.state[party] == _WITH_RELATIVES:
            car = self.engine.traffic.car
            times = run.view.router.times_from(int(places.node[place]), car, run.now)
            return int(min(times[places.node[home]], MS_PER_DAY))
        length = int(places.straight_mm(place, home) * 1.3)
        return self.engine.traffic.walk(party, run.now, length) - run.now


def begin(engine: Engine) -> None:
    """Put the returns in place."""
    engine.returns = Returns(engine)
