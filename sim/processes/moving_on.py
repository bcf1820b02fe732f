"""Moving on 再转移: the people of a shelter that fails go to the next ones.

They gather, those who find room near enough walk, the others wait at the door for the plan's
vehicles as long as there is room anywhere in reach; for whom nothing is left stays and counts.
Whom the water holds inside waits for a boat.
"""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_MIN, NEVER
from sim.engine import Engine
from sim.log import Cause, Kind
from sim.pickups import Pickup
from sim.processes.outages import CAUSES, Failure, blocked_ms
from sim.processes.second_ways import CARRY_REACH_MM
from sim.roads.defaults import read_defaults
from sim.roads.passability import vehicle_classes
from sim.states import Mode, State

LOOK_AGAIN_MS = 60 * MS_PER_MIN
"""How often a shelter that failed looks again for room elsewhere (judgement)."""

AMBULANCE = 2
"""What a party needs that has to be carried lying."""

_SHELTERED, _IN_HOSPITAL = int(State.SHELTERED), int(State.IN_HOSPITAL)
_AT_GATE = int(State.AT_GATE)


class MovingOn:
    """Everybody in shelters that fail in this night."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        run, spec = engine.run, engine.run.plan.manage.move_on
        given = read_defaults("shelters.csv")
        gather = given["gather_min"] if spec.gather_min is None else spec.gather_min
        walk = given["walk_within_m"] if spec.walk_within_m is None else spec.walk_within_m
        self._gather_ms, self._walk_mm = round(gather * MS_PER_MIN), round(walk * 1000)
        self._closing = {CAUSES[name] for name in spec.causes}
        self._on_foot = vehicle_classes()["on_foot"]
        self._failed: dict[int, set[Cause]] = {}
        self._ready_ms: dict[int, int] = {}
        self._settled: dict[int, int] = {}
        self._door: dict[int, Pickup] = {}
        self._doors = {(p.shelter, p.patients): p for p in engine.pickups if p.shelter >= 0}
        self._watched = {shelter for shelter, _ in self._doors}
        for failure in engine.failures:
            run.at(failure.at_ms, self._fails, failure)
            if failure.until_ms <= run.world.horizon_ms:
                run.at(failure.until_ms, self._restored, failure)

    # -- a shelter ----------------------------------------------------------------------------

    def _fails(self, failure: Failure) -> None:
        """From now on nobody is let in; who is inside gathers, or is caught by the water."""
        run, (_, shelter, cause, _, _) = self.engine.run, failure
        by_hazard = cause is Cause.HAZARD
        if by_hazard and not len(self._inside(shelter)):
            return  # what the hazard does where nobody is, the member says
        place = self.engine.shelters.place(shelter)
        run.log.add(run.now, Kind.SHELTER_FAILED, shelter, place, int(cause))
        if cause not in self._closing:
            return
        self._failed.setdefault(shelter, set()).add(cause)
        self.engine.shelters.shut(shelter)
        if by_hazard:
            self._out_of_doors(shelter)
            held = blocked_ms(run, shelter)
            if held < NEVER:
                run.at(held, self._held, shelter)
        if shelter not in self._ready_ms:
            self._ready_ms[shelter] = run.now + self._gather_ms
            run.at(self._ready_ms[shelter], self._look, shelter)

    def _restored(self, failure: Failure) -> None:
        """The mains are back: who still waits at the door stays."""
        run, shelter = self.engine.run, failure.shelter
        place = self.engine.shelters.place(shelter)
        run.log.add(run.now, Kind.SHELTER_RESTORED, shelter, place, int(failure.cause))
        causes = self._failed.get(shelter, set())
        causes.discard(failure.cause)
        if not causes and shelter in self._failed:
            del self._failed[shelter], self._ready_ms[shelter]
            self.engine.shelters.reopen(shelter)
            for party in [p for p, door in self._door.items() if door.shelter == shelter]:
                self.withdraw(party)

    def _look(self, shelter: int) -> None:
        """As long as the shelter is closed: again and again, because room and roads change."""
        run = self.engine.run
        if shelter in self._failed:
            self._send_on(shelter)
            if run.now + LOOK_AGAIN_MS <= run.world.horizon_ms:
                run.at(run.now + LOOK_AGAIN_MS, self._look, shelter)

    def _out_of_doors(self, shelter: int) -> None:
        """The hazard is inside: everybody stands before the door, and no place is held."""
        run, shelters = self.engine.run, self.engine.shelters
        for party in self._inside(shelter):
            self.withdraw(party)
            if run.people.state[party] != _AT_GATE:
                shelters.release(shelter, self.engine.fleet.sizes[party])
                run.move(party, State.AT_GATE, shelters.place(shelter))
                shelters.without_place.add(party)

    def _held(self, shelter: int) -> None:
        """The water lets nobody leave any more: whoever is still there asks for a boat."""
        place = self.engine.shelters.place(shelter)
        node = int(self.engine.shelters.nodes[shelter])
        for party in self._inside(shelter):
            self.withdraw(party)
            self.engine.shelters.without_place.discard(party)
            self.engine.run.people.moved_on.discard(party)
            self.engine.stranded.strand_on_road(party, place, node)

    def _inside(self, shelter: int) -> list[int]:
        """Parties that have settled in a shelter by now, or stand at its gate without a place."""
        run, shelters = self.engine.run, self.engine.shelters
        people = run.people
        here = people.place == shelters.place(shelter)
        here &= (people.state == _SHELTERED) | (people.state == _IN_HOSPITAL)
        inside = [p for p in np.flatnonzero(here).tolist() if self._settled.get(p, 0) <= run.now]
        place = shelters.place(shelter)
        outside = [p for p in shelters.without_place if people.place[p] == place]
        return sorted({*inside, *outside})

    # -- people -------------------------------------------------------------------------------

    def _send_on(self, shelter: int) -> None:
        """On foot where that is near enough, to the door for a vehicle where there is room."""
        run = self.engine.run
        if run.now < self._ready_ms.get(shelter, NEVER):
            return
        left = [p for p in self._inside(shelter) if p not in self._door]
        near = self._near(shelter)
        left = [party for party in left if not self._walks(party, shelter, near)]
        for patients in (False, True):
            mine = [p for p in left if (self.engine.fleet.needs[p] == AMBULANCE) == patients]
            if mine:
                self._to_the_door(mine, self._doors[shelter, patients])

    def _near(self, shelter: int) -> list[tuple[int, int]]:
        """Open shelters that can be walked to now on roads, with the walk (mm), nearest first."""
        shelters, run = self.engine.shelters, self.engine.run
        if np.isnan(run.world.places.x[shelters.place(shelter)]):
            return []  # nobody knows how far it is
        walk = shelters.walk_mm(shelter)
        near = [r for r in shelters.open_rows("village", "larger") if 0 <= walk[r] <= self._walk_mm]
        if not near:
            return []
        node = int(shelters.nodes[shelter])
        reached = run.view.router.reached_from([node], self._on_foot, run.now)
        return sorted((int(walk[r]), r) for r in near if reached[shelters.nodes[r]])

    def _walks(self, party: int, shelter: int, near: list[tuple[int, int]]) -> bool:
        """Whether a party has set out on foot for a shelter that keeps a place for it."""
        run, shelters, fleet = self.engine.run, self.engine.shelters, self.engine.fleet
        carried = fleet.needs[party] == AMBULANCE
        for walk, target in near:
            if carried and walk > CARRY_REACH_MM:
                return False
            if shelters.room(target) >= fleet.sizes[party]:
                shelters.reserve(target, fleet.sizes[party])
                self.leaves(party, Mode.ON_FOOT)
                run.move(party, State.WALKING, shelters.place(shelter))
                run.at(run.now + self._walk_ms(party, walk), self._arrives, party, target)
                return True
        return False

    def _walk_ms(self, party: int, walk_mm: int) -> int:
        return self.engine.traffic.walk(party, self.engine.run.now, walk_mm) - self.engine.run.now

    def _arrives(self, party: int, target: int) -> None:
        self.engine.shelters.release(target, self.engine.fleet.sizes[party])
        self.engine.shelters.arrive_on_foot(party, target)

    def _to_the_door(self, parties: list[int], door: Pickup) -> None:
        """Those for whom there is room in reach of a vehicle are announced; the others stay."""
        run, fleet, shelters = self.engine.run, self.engine.fleet, self.engine.shelters
        vehicle = vehicle_classes()[fleet.kinds_for(door)[-1]]
        room = shelters.room_in_reach(door.node, vehicle, door.patients)
        room -= sum(fleet.sizes[p] for p, at in self._door.items() if at is door)
        for party in parties:
            if fleet.sizes[party] <= room:
                room -= fleet.sizes[party]
                self._door[party] = door
                fleet.will_wait(door.row, party, run.now, run.now)

    def withdraw(self, party: int) -> None:
        """A party that waits at the door for a vehicle does not want one any more."""
        door = self._door.pop(party, None)
        if door is not None:
            fleet = self.engine.fleet
            door.remove({party})
            fleet.demand.gone(door.row, fleet.sizes[party], self.engine.run.now)

    def leaves(self, party: int, mode: Mode) -> None:
        """A party leaves a shelter that failed; its place there is free, its way counts as on."""
        run, shelters = self.engine.run, self.engine.shelters
        place = int(run.people.place[party])
        self._door.pop(party, None)
        run.people.moved_on.add(party)
        run.log.add(run.now, Kind.MOVED_ON, party, place, int(mode))
        if party in shelters.without_place:
            shelters.without_place.discard(party)
        else:
            shelters.release(place - run.world.shelter_place, self.engine.fleet.sizes[party])

    def goes_home(self, party: int) -> None:
        """A party leaves by itself: nobody needs to fetch it, and it may come out again."""
        self.withdraw(party)
        self.engine.run.people.moved_on.discard(party)

    def registered(self, party: int, shelter: int, done: int) -> None:
        """Somebody will have been counted at a moment in a shelter that fails some time."""
        if shelter in self._watched:
            self._settled[party] = done
            if shelter in self._failed:
                self.engine.run.at(done, self._send_on, shelter)

    def turns_away(self, party: int, shelter: int) -> bool:
        """People who come by car or boat to a shelter that the hazard has reached stay outside;
        whether they do."""
        if Cause.HAZARD not in self._closing:
            return False
        shelters, run = self.engine.shelters, self.engine.run
        shelters.release(shelter, self.engine.fleet.sizes[party])
        shelters.without_place.add(party)
        if shelter not in self._failed:
            self._fails(Failure(run.now, shelter, Cause.HAZARD, NEVER, run.now))
        elif blocked_ms(run, shelter) <= run.now:
            self._held(shelter)
        else:
            self._send_on(shelter)
        return True

    def freed(self, party: int, shelter: int) -> None:
        """The water that held a party before a shelter has gone down, and no boat has come."""
        self.engine.shelters.without_place.add(party)
        self._send_on(shelter)


def begin(engine: Engine) -> None:
    """Put in place who looks after shelters that fail."""
    engine.moving_on = MovingOn(engine)
