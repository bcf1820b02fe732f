"""The bounds of one run: from its World, its draws and the demand that was really carried.

Every bound is a moment (ms from clock_start) before which the people concerned cannot all have
been head-counted. Names are ``<group>_<limit>``; groups are bus, minibus, ambulance (who came out
by these), boat, desk (everybody who registered at a shelter) and own (own ways out).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.bounds import boats, buses
from sim.bounds.carried import Carried, boats_that_came, read_carried, vehicles_that_came
from sim.bounds.fleet_work import fleet_work_quick
from sim.bounds.problem import Buses, BusProblem, Handling, Times, Waiting
from sim.bounds.stations import queue
from sim.bounds.travel import DryTimes, at_speed
from sim.clock import MS_PER_MIN, NEVER
from sim.draws import Draws, sample, sample_one
from sim.draws_tables import Compiled
from sim.log import RunLog
from sim.plan import Plan
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.router import sized
from sim.states import Mode
from sim.world import World

Int64 = NDArray[np.int64]
VEHICLE_MODES = {
    "bus": (Mode.COACH, Mode.MINIBUS),
    "minibus": (Mode.COACH, Mode.MINIBUS),
    "ambulance": (Mode.AMBULANCE,),
}
OWN_MODES = (Mode.OWN_CAR, Mode.ON_FOOT, Mode.IN_PLACE)


class BoundViolatedError(AssertionError):
    """A run was faster than physics allows: a fault of the program, or of the bound."""


@dataclass(frozen=True)
class GroupBounds:
    """Bounds of one group of people and what the run achieved for them, ms.

    bounds: limit to moment; achieved: the last of them was head-counted.
    """

    bounds: dict[str, int]
    achieved: int


class Limits:
    """Computes bounds of runs of one World; keeps the dry route trees between runs."""

    def __init__(self, world: World) -> None:
        self.world = world
        classes = vehicle_classes()
        self.times = {
            "bus": DryTimes(world.roads, _classes(world, ("coach", "minibus"))),
            "minibus": DryTimes(world.roads, _classes(world, ("minibus",))),
            "ambulance": DryTimes(world.roads, _classes(world, ("ambulance",))),
            "own": DryTimes(world.roads, [classes["car"]]),
        }
        points = world.statics.pickup_class
        self._minibus_only = {
            world.assembly_place + row
            for row, largest in enumerate(points)
            if largest is not None and largest.name == "minibus"
        }

    def groups(self, plan: Plan, log: RunLog, seed: int) -> dict[str, GroupBounds]:
        """Bounds and achieved moments of every group that has people."""
        night = Night(self.world, plan, Draws(seed, log.replication))
        carried = read_carried(self.world, log)
        found = {group: self._vehicles(group, night, carried, log) for group in VEHICLE_MODES}
        found["boat"] = _boats(night, carried, log)
        found["desk"] = self._desks(night, carried)
        found["own"] = self._own_ways(night, carried)
        return {group: bounds for group, bounds in found.items() if bounds is not None}

    # -- vehicles -----------------------------------------------------------------------------

    def bus_problem(self, group: str, plan: Plan, log: RunLog, seed: int) -> BusProblem | None:
        """The arrays of a vehicle group, for the exact bound; None when it carried nobody."""
        night = Night(self.world, plan, Draws(seed, log.replication))
        return self._problem(group, night, read_carried(self.world, log), log)

    def _vehicles(
        self, group: str, night: Night, carried: Carried, log: RunLog
    ) -> GroupBounds | None:
        problem = self._problem(group, night, carried, log)
        if problem is None:
            return None
        parties = self._riders(group, carried)
        settle = self._least_settling(night, parties)
        limits = {
            "farthest": buses.farthest(problem),
            "rounds": buses.rounds(problem),
            "work": fleet_work_quick(problem),
            "bays": buses.bays(problem),
        }
        bounds = {name: moment + settle for name, moment in limits.items()}
        return GroupBounds(bounds, int(carried.registered[parties].max()))

    def _riders(self, group: str, carried: Carried) -> Int64:
        parties = carried.counted(*VEHICLE_MODES[group])
        if group == "minibus":
            places = np.array(sorted(self._minibus_only), dtype=np.int64)
            parties = parties[np.isin(carried.pickup_place[parties], places)]
        return parties

    def _problem(
        self, group: str, night: Night, carried: Carried, log: RunLog
    ) -> BusProblem | None:
        """Riders of the group, the vehicles that came for them, and dry times at today's speed."""
        world, parties = self.world, self._riders(group, carried)
        row, ready, place = vehicles_that_came(log)
        wanted = ("coach", "minibus") if group == "bus" else (group,)
        mine = [k for k in range(len(row)) if world.vehicles[row[k]].vehicle_class in wanted]
        if not len(parties) or not mine:
            return None
        starts, start = np.unique(place[mine], return_inverse=True)
        pickups, pickup = np.unique(carried.pickup_place[parties], return_inverse=True)
        waiting = Waiting.sort(
            pickup.astype(np.int64),
            carried.assembled[parties],
            world.parties.size[parties].astype(np.int64),
            night.boarding(parties),
        )
        targets = self._targets(group, night.plan)
        return BusProblem(
            buses=Buses(ready[mine], start.astype(np.int64), self._seats(row[mine])),
            waiting=waiting,
            bays=np.array([self._bays(int(p)) for p in pickups], dtype=np.int64),
            capacity=np.array([self._capacity(int(p)) for p in targets], dtype=np.int64),
            times=self._times(self.times[group], night, (starts, pickups, targets)),
            handling=night.handling,
        )

    def _times(self, dry: DryTimes, night: Night, places: tuple[Int64, Int64, Int64]) -> Times:
        starts, pickups, targets = (self.world.places.node[rows] for rows in places)
        first = np.array([dry.from_node(int(node))[pickups] for node in starts])
        back = np.array([dry.from_node(int(node))[pickups] for node in targets])
        load = np.array([dry.to_node(int(node))[pickups] for node in targets]).T
        return Times(*(at_speed(us, night.speed_q16) for us in (first, load, back)))

    def _targets(self, group: str, plan: Plan) -> Int64:
        """Places where vehicles let people off: open shelters, exits, points of transfer."""
        world, spec = self.world, plan.spec.fleet
        kinds = {"ambulance": ("hospital", "larger")}.get(group, ("larger",))
        given = spec is not None and spec.rule == "schedule"
        shelters = [
            world.shelter_place + row
            for row, shelter in enumerate(world.shelters)
            if given or (shelter.kind in kinds and plan.open_shelters[row])
        ]
        exits = [world.exit_place + k for k, e in enumerate(world.exits) if e.kind == "exit"]
        transfers: list[int] = []
        if group != "ambulance" and spec is not None and spec.feeders:
            points = np.unique(world.assembly_transfer[world.assembly_transfer >= 0])
            transfers = (world.assembly_place + points).tolist()
        return np.array(shelters + exits + transfers, dtype=np.int64)

    def _seats(self, vehicles: Int64) -> Int64:
        """Seats people may take: all in an ambulance, the usable share in a bus."""
        use = self.world.behaviour.spec.drive.seat_use
        seats = []
        for row in vehicles.tolist():
            vehicle = self.world.vehicles[row]
            part = 1.0 if vehicle.vehicle_class == "ambulance" else use
            seats.append(max(1, round(vehicle.seats * part)))
        return np.array(seats, dtype=np.int64)

    def _bays(self, place: int) -> int:
        row = place - self.world.assembly_place
        points = self.world.assembly_points
        return points[row].bays if 0 <= row < len(points) else 1

    def _capacity(self, place: int) -> int:
        row = place - self.world.shelter_place
        shelters = self.world.shelters
        return shelters[row].capacity if 0 <= row < len(shelters) else 2**40

    def _least_settling(self, night: Night, parties: Int64) -> int:
        """Least time from stepping off to the head-count; none where an exit may be the end."""
        if any(e.kind == "exit" for e in self.world.exits):
            return 0
        return int((night.registering(parties) + night.headcount(parties)).min())

    # -- desks and own ways -------------------------------------------------------------------

    def _desks(self, night: Night, carried: Carried) -> GroupBounds | None:
        """Everybody who registered, over all desks of the county together: a queue of their own
        registration times, nobody before he could be at a gate. Which shelter they go to is left
        open, so the bound holds for every choice of shelters."""
        world = self.world
        row = carried.registered_at - world.shelter_place
        inside = (row >= 0) & (row < len(world.shelters)) & (carried.registered < NEVER)
        parties = np.flatnonzero(inside)
        if not len(parties):
            return None
        # on foot the gate is reached by one's own pace; others are not there before they boarded
        walked = np.isin(carried.mode[parties], (Mode.ON_FOOT,))
        since = np.minimum(carried.assembled[parties], carried.stranded[parties])
        begin = np.where(walked, carried.gate[parties], np.minimum(since, carried.gate[parties]))
        desks = sum(shelter.desks for shelter in world.shelters)
        moment = queue(begin, night.registering(parties), desks)
        bounds = {"queue": moment + int(night.headcount(parties).min())}
        return GroupBounds(bounds, int(carried.registered[parties].max()))

    def _own_ways(self, night: Night, carried: Carried) -> GroupBounds | None:
        """Ready, then the own way at its quickest: stairs, the path on foot, a dry free road."""
        parties = carried.counted(*OWN_MODES)
        if not len(parties):
            return None
        mode, world = carried.mode[parties], self.world
        home = world.parties.home[parties].astype(np.int64)
        took = np.zeros(len(parties), dtype=np.int64)
        walks, drives = mode == Mode.ON_FOOT, mode == Mode.OWN_CAR
        pace = world.parties.walk_mm_s[parties[walks]]
        took[walks] = -(-world.homes.shelter_mm[home[walks]] * 1000 // pace)
        took[walks] += night.registering(parties[walks]) + night.headcount(parties[walks])
        took[drives] = self._drive_ms(night, home[drives])
        # whom only the water drove upstairs was never ready: no limit follows from them
        ready = carried.ready[parties]
        moment = int(np.where(ready < NEVER, ready + took, 0).max())
        return GroupBounds({"ways": moment}, int(carried.registered[parties].max()))

    def _drive_ms(self, night: Night, homes: Int64) -> Int64:
        world, node = self.world, self.world.places.node
        exits = world.exit_place + world.homes.exit[homes]
        us = np.zeros(len(homes), dtype=np.int64)
        for place in np.unique(exits).tolist():
            mine = exits == place
            us[mine] = self.times["own"].to_node(int(node[place]))[node[homes[mine]]]
        return at_speed(us, night.speed_q16)


class Night:
    """Draws of one replication that bounds use, the engine's own values."""

    def __init__(self, world: World, plan: Plan, draws: Draws) -> None:
        self.world, self.plan, self.draws = world, plan, draws
        behaviour = world.behaviour
        speed = sample_one(draws, "road/speed", behaviour.road_speed, (0, 0))
        road = max(1, (speed << 16) // 1_000_000)
        night = max(1, round(road * behaviour.spec.drive.night_speed_factor))
        self.speed_q16 = max(road, night)
        self.handling = Handling(behaviour.board_fixed.smallest, behaviour.alight_fixed.smallest)

    def _of(self, parties: Int64, purpose: str, what: Compiled) -> Int64:
        world = self.world
        zone = world.homes.zone[world.parties.home[parties]]
        keys = world.parties.key[parties]
        zone_keys = world.zones.keys[np.maximum(zone, 0)] if len(world.zones.keys) else keys
        return sample(self.draws, purpose, what, keys, zone_keys)

    def boarding(self, parties: Int64) -> Int64:
        """Time each party's own boarding takes, carrying included."""
        behaviour, rows = self.world.behaviour, self.world.parties
        each = self._of(parties, "board/person", behaviour.board_person)
        carry = self._of(parties, "board/carry", behaviour.carry)
        took: Int64 = rows.size[parties] * each + np.where(rows.needs[parties] > 0, carry, 0)
        return took

    def registering(self, parties: Int64) -> Int64:
        """Time at the desk."""
        return self._of(parties, "settle/register", self.world.behaviour.register)

    def headcount(self, parties: Int64) -> Int64:
        """Time from the desk to the head-count."""
        return self._of(parties, "settle/headcount", self.world.behaviour.headcount)

    def fetching(self, parties: Int64) -> Int64:
        """Time to take a party aboard a boat."""
        return self._of(parties, "rescue/pickup", self.world.behaviour.pickup)


def _boats(night: Night, carried: Carried, log: RunLog) -> GroupBounds | None:
    """Those fetched by boat, from the moment each was cut off."""
    world, behaviour = night.world, night.world.behaviour
    parties = carried.counted(Mode.BOAT)
    if not len(parties):
        return None
    ready, places, visits = boats_that_came(world, log)
    fetch = behaviour.spec.fetch
    problem = boats.BoatProblem(
        ready=ready + behaviour.launch.smallest,
        places=places,
        since=carried.stranded[parties],
        persons=world.parties.size[parties].astype(np.int64),
        pickup=night.fetching(parties),
        trip=boats.BoatTrip(
            run=round(fetch.boat_run_min * MS_PER_MIN),
            load=behaviour.load_fixed.smallest,
            unload=behaviour.unload.smallest,
            outward=fetch.outward_run,
        ),
        visits=visits,
    )
    return GroupBounds({"trips": boats.boats(problem)}, int(carried.registered[parties].max()))


def _classes(world: World, names: tuple[str, ...]) -> list[VehicleClass]:
    """Classes of the fleet's own vehicles of these names, with their sizes."""
    known = vehicle_classes()
    rows = {v.row for v in world.vehicles if v.vehicle_class in names}
    found = [sized(known[r.vehicle_class], r.width_m, r.height_m, r.weight_t) for r in rows]
    return sorted(set(found), key=lambda vehicle: vehicle.name)
