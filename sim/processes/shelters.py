"""Shelters: places reserved on the way, gate, registration desks, overflow to the next one.

Desks are one queue in order of arrival. Capacity is hard: who finds no place anywhere waits at
the gate, safe but without a place, and is counted as overflow.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.bays import Bays
from sim.clock import NEVER
from sim.engine import Engine
from sim.log import Kind, Reason
from sim.processes.outages import reached_ms
from sim.processes.washing import Washing
from sim.roads.defaults import read_defaults
from sim.roads.passability import VehicleClass
from sim.states import Mode, State

if TYPE_CHECKING:
    from sim.pickups import Pickup
    from sim.processes.vehicle import VehicleTrip

Int64 = NDArray[np.int64]
BALANCED_REACH = 1.5
"""A balanced rule looks at shelters up to this many times as far as the nearest (judgement)."""

WALK_ON_DETOUR = read_defaults("walking.csv")["walk_detour"]
"""Length of a path on foot by its straight line."""

# whole numbers, because numpy is slow to compare its numbers with enum members
_WALKING, _AT_GATE = int(State.WALKING), int(State.AT_GATE)


class Shelters:
    """All shelters of a run, and the exits as shelters without a limit.

    without_place: parties at a gate for whom no place is held.
    """

    def __init__(self, engine: Engine) -> None:
        run = engine.run
        self.engine = engine
        rows = run.world.shelters
        self.n = len(rows)
        exits = [e for e in run.world.exits if e.kind == "exit"]
        self.exit_rows = [i for i, e in enumerate(run.world.exits) if e.kind == "exit"]
        unlimited = [NEVER] * len(exits)
        self._room = [row.capacity for row in rows] + unlimited
        self.desks = [[0] * row.desks for row in rows]
        self._bays = [Bays(run.env, row.bays) for row in rows]
        self._bays += [Bays(run.env, 1000) for _ in exits]
        places = [run.world.shelter_place + i for i in range(self.n)]
        self._places = places + [run.world.exit_place + i for i in self.exit_rows]
        self.nodes = run.world.places.node[self._places]
        self._node: list[int] = self.nodes.tolist()
        self.kind = [row.kind for row in rows] + ["exit"] * len(exits)
        exits_open = np.ones(len(exits), dtype=np.bool_)
        planned = np.append(run.plan.open_shelters, exits_open)
        wet = run.view.place_wet_ms[self._places]
        wet[: self.n] = reached_ms(run)
        until = np.where(planned, wet, -1)
        self._open_until: list[int] = until.tolist()
        self._open_changes = sorted(self._open_until)
        self._walks: dict[int, Int64] = run.world.statics.walks_between_shelters
        self._open_rows: dict[tuple[int, tuple[str, ...]], list[int]] = {}
        self._out_on_foot: set[int] = set()
        self._shut: set[int] = set()
        self.without_place: set[int] = set()
        wash = run.plan.manage.wash
        self._washing = None if wash is None else Washing(run, wash, self.places)

    def place(self, shelter: int) -> int:
        """Place row of a shelter or exit."""
        return self._places[shelter]

    @property
    def places(self) -> list[int]:
        """Place rows of the shelters without the exits."""
        return self._places[: self.n]

    def bays(self, shelter: int) -> Bays:
        """Where vehicles unload."""
        return self._bays[shelter]

    def room(self, shelter: int) -> int:
        """Places neither taken nor reserved; exits always have room."""
        return self._room[shelter]

    def reserve(self, shelter: int, persons: int) -> None:
        """Hold places for people on their way."""
        if shelter < self.n:
            self._room[shelter] -= persons

    def release(self, shelter: int, persons: int) -> None:
        """Give reserved places back."""
        self.reserve(shelter, -persons)

    def is_open(self, shelter: int) -> bool:
        """Open under the plan, not reached by the hazard, and not shut for lack of supply."""
        return self._open_until[shelter] > self.engine.run.now and shelter not in self._shut

    def shut(self, shelter: int) -> None:
        """Nobody is let in from now on."""
        self._shut.add(shelter)
        self._open_rows.clear()

    def reopen(self, shelter: int) -> None:
        """It can be used again."""
        self._shut.discard(shelter)
        self._open_rows.clear()

    def is_reached(self, shelter: int) -> bool:
        """Whether the hazard has closed it."""
        return 0 <= self._open_until[shelter] <= self.engine.run.now

    # -- by vehicle ---------------------------------------------------------------------------

    def choose(self, trip: VehicleTrip, pickup: Pickup, persons: int, given: int) -> int:
        """Shelter for a loaded vehicle by the plan's rule, -1 when none can be reached now."""
        if given >= 0:
            return given
        run = self.engine.run
        # a village shelter before people sit in a vehicle all night because no other is in reach
        kinds = ["hospital"] * pickup.patients + ["larger", "exit", "village"]
        rule = run.plan.spec.where.shelter_rule if run.plan.spec.where else "nearest"
        for kind in kinds:
            rows = self.open_rows(kind)
            if rule == "nearest" or pickup.patients:
                found = self._nearest(rows, trip.node, trip.vehicle_class, persons)
            else:
                with_room = [row for row in rows if self._room[row] >= persons]
                found = self._by_rule(rule, np.array(with_room, dtype=np.int64), trip, pickup)
            if found >= 0:
                return found
        # nowhere is room: the nearest larger shelter, whose gate will hold the rest
        return self._nearest(self.open_rows("larger"), trip.node, trip.vehicle_class)

    def _by_rule(self, rule: str, rows: Int64, trip: VehicleTrip, pickup: Pickup) -> int:
        """One of the shelters with room that can be reached now, -1 for none."""
        run = self.engine.run
        times = run.view.router.times_from(trip.node, trip.vehicle_class, run.now)
        rows = rows[times[self.nodes[rows]] < NEVER]
        if not len(rows):
            return -1
        took = times[self.nodes[rows]]
        planned = run.plan.planned_shelter.get(pickup.row, -1)
        if rule == "planned" and planned in rows:
            return planned
        if rule == "balanced":
            near = took <= int(took.min()) * BALANCED_REACH
            rows, took = rows[near], took[near]
            room = np.array(self._room)[rows]
            return int(rows[np.lexsort((rows, took, -room))[0]])
        return int(rows[np.argmin(took)])

    def _nearest(
        self, rows: Sequence[int], node: int, vehicle: VehicleClass, persons: int = 0
    ) -> int:
        """Nearest by road of some shelters with room for so many; -1 for none.

        The nearest is asked for its room, then the next: the trees of the router serve all who
        ask, however many persons they bring.
        """
        run = self.engine.run
        if persons:
            rows = [row for row in rows if self._room[row] > 0]
        while rows:
            targets = tuple([self._node[row] for row in rows])
            found = run.view.router.to_nearest(node, targets, vehicle, run.now)
            if found < 0:
                return -1
            first = targets.index(found)
            if not persons or self._room[rows[first]] >= persons:
                return rows[first]
            rows = [*rows[:first], *rows[first + 1 :]]
        return -1

    def nearest_with_room(self, node: int, vehicle: VehicleClass, persons: int) -> int:
        """Nearest open shelter by road, of any kind but hospitals, with room; -1 for none."""
        return self._nearest(self.open_rows("village", "larger"), node, vehicle, persons)

    def nearest_larger(self, node: int, vehicle: VehicleClass, persons: int) -> int:
        """Nearest open larger shelter by road with room; -1 for none."""
        return self._nearest(self.open_rows("larger"), node, vehicle, persons)

    def has_road(self, vehicle: VehicleClass) -> NDArray[np.bool_]:
        """Whether a vehicle finds a way to a larger shelter or an exit now, from every node."""
        run = self.engine.run
        targets = tuple([self._node[row] for row in self.open_rows("larger", "exit")])
        if not targets:
            return np.zeros(run.world.roads.n_nodes, dtype=np.bool_)
        found: NDArray[np.bool_] = run.view.router.times_to_any(targets, vehicle, run.now) < NEVER
        return found

    def open_rows(self, *kinds: str) -> list[int]:
        """Shelters and exits of some kinds that are open now."""
        reached = bisect_right(self._open_changes, self.engine.run.now)
        if (reached, kinds) not in self._open_rows:
            rows = [i for i, kind in enumerate(self.kind) if kind in kinds and self.is_open(i)]
            self._open_rows[reached, kinds] = rows
        return self._open_rows[reached, kinds]

    def arrive_by_vehicle(self, party: int, shelter: int) -> None:
        """A party steps off; its place was reserved when the vehicle set out."""
        run = self.engine.run
        if shelter >= self.n:
            run.move(party, State.EXITED, self.place(shelter))
            run.log.add(run.now, Kind.REGISTERED, party, self.place(shelter))
            return
        run.move(party, State.AT_GATE, self.place(shelter))
        if self._room[shelter] < 0:
            # the vehicle came although nowhere was room: no place inside
            self.release(shelter, self.engine.fleet.sizes[party])
            self._stays_outside(party, shelter)
            return
        if self.is_reached(shelter) and self.engine.moving_on.turns_away(party, shelter):
            return
        self._enter(party, shelter)

    def _stays_outside(self, party: int, shelter: int) -> None:
        """Nowhere is a place: the party stays at the gate."""
        run = self.engine.run
        self.without_place.add(party)
        run.log.add(run.now, Kind.NO_PLACE, party, self.place(shelter))

    def room_in_reach(self, node: int, vehicle: VehicleClass, patients: bool) -> int:
        """Free places a vehicle finds a way to now, exits included; for patients hospitals too."""
        run = self.engine.run
        rows = self.open_rows(*(["hospital"] * patients), "larger", "exit", "village")
        reached = run.view.router.reached_from([node], vehicle, run.now)
        rooms = [max(self._room[row], 0) for row in rows if reached[self._node[row]]]
        return min(sum(rooms), NEVER)

    # -- on foot ------------------------------------------------------------------------------

    def arrive_on_foot(self, party: int, shelter: int, tried: tuple[int, ...] = ()) -> None:
        """A party walks up to the gate; when it is full they walk on to the next shelter."""
        run = self.engine.run
        if not tried:
            run.people.state[party] = _WALKING
            self._out_on_foot.discard(party)
        place, size = self.place(shelter), self.engine.fleet.sizes[party]
        if self.is_open(shelter):
            run.move(party, State.AT_GATE, place)
            # out of danger at the first open gate, with a place there or not
            if party not in self._out_on_foot:
                self._out_on_foot.add(party)
                run.out(party, Mode.ON_FOOT, place)
            if self.room(shelter) >= size:
                self.reserve(shelter, size)
                self._enter(party, shelter)
                return
        self._walk_on(party, shelter, tried)

    def _walk_on(self, party: int, shelter: int, tried: tuple[int, ...]) -> None:
        run = self.engine.run
        tried = (*tried, shelter)
        size = self.engine.fleet.sizes[party]
        here, walk = self.place(shelter), self.walk_mm(shelter)
        rows = [
            row
            for row in self.open_rows("village", "larger")
            if self._room[row] >= size and row not in tried
        ]
        if not rows:
            self._last_resort(party, shelter)
            return
        target = min(rows, key=lambda row: walk[row])
        length = int(walk[target])
        reason = Reason.FULL if self.is_open(shelter) else Reason.NOT_OPEN
        run.log.add(run.now, Kind.DIVERTED, -1 - party, self.place(target), reason)
        if run.people.state[party] == _AT_GATE:
            run.move(party, State.WALKING, here)
        arrival = self.engine.traffic.walk(party, run.now, length)
        run.at(arrival, self.arrive_on_foot, party, target, tried)

    def _last_resort(self, party: int, shelter: int) -> None:
        """No other shelter has room: rather a hall without light or water than none."""
        run, size = self.engine.run, self.engine.fleet.sizes[party]
        if shelter not in self._shut or self.is_reached(shelter) or self.room(shelter) < size:
            self._stays_outside(party, shelter)
            return
        place = self.place(shelter)
        if run.people.state[party] != _AT_GATE:
            run.move(party, State.AT_GATE, place)
            self._out_on_foot.add(party)
            run.out(party, Mode.ON_FOOT, place)
        self.reserve(shelter, size)
        self._enter(party, shelter)

    def walk_mm(self, shelter: int) -> Int64:
        """Walking distance from a shelter to every other, int64[n]."""
        if shelter not in self._walks:
            places, here = self.engine.run.world.places, self.place(shelter)
            straight = [places.straight_mm(here, there) for there in self._places[: self.n]]
            self._walks[shelter] = np.array(
                [round(mm * WALK_ON_DETOUR) for mm in straight], dtype=np.int64
            )
        return self._walks[shelter]

    # -- desks --------------------------------------------------------------------------------

    def _enter(self, party: int, shelter: int) -> None:
        """To the desks, after washing for those who need it."""
        now = self.engine.run.now
        clean = now if self._washing is None else self._washing.clean_ms(party, shelter)
        if clean > now:
            self.engine.run.at(clean, self._register, party, shelter)
        else:
            self._register(party, shelter)

    def _register(self, party: int, shelter: int) -> None:
        """First free desk, then the head-count; both times are the party's own."""
        run = self.engine.run
        begin = max(heapq.heappop(self.desks[shelter]), run.now)
        registered = begin + run.minutes.register[party]
        heapq.heappush(self.desks[shelter], registered)
        done = registered + run.minutes.headcount[party]
        place, hospital = self.place(shelter), self.kind[shelter] == "hospital"
        if begin > run.now:
            run.log.add(begin, Kind.WAIT_GATE, party, place, begin - run.now)
        # nothing can come between the gate and the desk: the end is written now
        run.move(party, State.IN_HOSPITAL if hospital else State.SHELTERED, place, done)
        run.log.add(done, Kind.REGISTERED, party, place)
        self.engine.moving_on.registered(party, shelter, done)
        if not hospital:
            self.engine.returns.consider(party, place, done)


def begin(engine: Engine) -> None:
    """Put the shelters in place."""
    engine.shelters = Shelters(engine)
