"""The middle of a drill: vehicles that do not come, people who wait, roads that close, refusals."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.clock import NEVER
from sim.drill.inject import DIRECTOR, Inject, Role
from sim.drill.scene import SEVERAL, Scene, spread_out
from sim.log import Kind, Reason, VehicleStatus
from sim.states import Flag, State, Way
from sim.texts.drill import DRILL_WORDS
from sim.texts.drill_danger import danger
from sim.texts.labels import both_filled

WHEELCHAIR, AMBULANCE = 1, 2
PATIENTS, CROWDS, CUTOFFS, BLOCKED = 2, 2, 3, 2
CUTOFF_PART = 10
"""Zones with less than so much of the worst one's people left are not worth an inject."""
FLEET = Role("fleet")


def patients(scene: Scene) -> Iterator[Inject]:
    """Zones with most people who must be carried, when the first of them is ready."""
    facts, needs = scene.facts, scene.world.parties.needs
    waiting = (needs == AMBULANCE) & (facts.ready < NEVER)
    counts = np.bincount(facts.zone[waiting], minlength=facts.n_zones)
    rows = sorted(np.flatnonzero(counts).tolist(), key=lambda zone: -int(counts[zone]))
    for zone in spread_out(rows, PATIENTS, scene.township):
        mine = facts.zone == zone
        name = scene.zone(zone)
        values = {
            "zone": name,
            "patients": int((mine & (needs == AMBULANCE)).sum()),
            "chairs": int((mine & (needs == WHEELCHAIR)).sum()),
        }
        at = int(facts.ready[waiting & mine].min())
        sender = Role("village", name)
        yield Inject(at, "patients", name, sender, FLEET, "patients", values, zone, "patients")


def no_shows(scene: Scene) -> Iterator[Inject]:
    """Drivers who do not turn up, when half of those missing are known."""
    rows = scene.facts.of(Kind.VEHICLE)
    missing = rows[rows["value"] == VehicleStatus.NO_SHOW]
    if not len(missing):
        return
    at = int(missing["t"][(len(missing) - 1) // 2])
    known = np.unique(missing["who"][missing["t"] <= at]).tolist()
    called = rows["who"][(rows["value"] == VehicleStatus.CALLED) & (rows["t"] <= at)]
    names = [scene.world.vehicles[vehicle].id for vehicle in known]
    shown = "、".join(names[:SEVERAL])
    zh, en = DRILL_WORDS["and_more_vehicles"]
    more = len(names) > SEVERAL
    values = {
        "called": len(np.unique(called)),
        "missing": len(names),
        "list": (zh.format(list=shown), en.format(list=shown)) if more else shown,
    }
    whole = DRILL_WORDS["whole_county"]
    yield Inject(at, "no_show", whole, DIRECTOR, FLEET, "fleet_ready", values, -1, "fleet_ready")


def crowds(scene: Scene) -> Iterator[Inject]:
    """Assembly points where people waited longest altogether, when the first of them arrive."""
    facts, world = scene.facts, scene.world
    states = facts.of(Kind.STATE)
    there = states[states["value"] == State.AT_ASSEMBLY]
    waits = facts.of(Kind.WAIT_BUS)
    low, high = world.assembly_place, world.assembly_place + len(world.assembly_points)
    person_ms = np.zeros(high, dtype=np.float64)
    own = (waits["place"] >= low) & (waits["place"] < high)
    np.add.at(person_ms, waits["place"][own], (facts.size[waits["who"]] * waits["value"])[own])
    rows = [place for place in np.argsort(-person_ms, kind="stable").tolist() if person_ms[place]]
    by_zone = [place for place in rows if _of_zone(scene, place)]
    for place in spread_out(by_zone, CROWDS, lambda p: scene.township(scene.place_zone(p))):
        zone = scene.place_zone(place)
        arrivals = there["t"][there["place"] == place]
        name = world.places.names[place]
        values: dict[str, object] = {"place": name, "people": scene.by_way([zone], Way.COACH)}
        at, sender, action = int(arrivals.min()), Role("village", scene.zone(zone)), "first_vehicle"
        yield Inject(at, "crowd", name, sender, FLEET, action, values, zone, action)


def _of_zone(scene: Scene, place: int) -> bool:
    """Whether an assembly point is where people of its own zone gather (no transfer point)."""
    zone = scene.place_zone(place)
    row = place - scene.world.assembly_place
    return zone >= 0 and row in scene.world.homes.assembly[list(scene.world.homes.of_zone[zone])]


def cutoffs(scene: Scene) -> Iterator[Inject]:
    """Zones cut off with most people still inside; told when the first signal has been given."""
    facts = scene.facts
    signals = facts.of(Kind.TRIGGER)["t"]
    first_signal = int(signals[0]) if len(signals) else 0
    cut = facts.cutoff_ms[facts.zone]
    left = facts.by_zone((cut < NEVER) & (facts.out > cut))
    worth = left >= max(1, int(left.max(initial=0)) // CUTOFF_PART)
    rows = sorted(np.flatnonzero(worth).tolist(), key=lambda zone: (-int(left[zone]), zone))
    for zone in spread_out(rows, CUTOFFS, scene.township):
        name = scene.zone(zone)
        at, receiver = int(facts.cutoff_ms[zone]), scene.post(scene.township(zone))
        why = scene.danger.on_roads(at, _gathers(scene, zone))
        values: dict[str, object] = {
            "zone": name, "left": int(left[zone]),
            "shut": danger(why, "shut"), "refuge": danger(why, "refuge"),
        }  # fmt: skip
        at = max(at, first_signal)
        action = "after_cutoff"
        yield Inject(at, "cutoff", name, DIRECTOR, receiver, action, values, zone, action)


def _gathers(scene: Scene, zone: int) -> int:
    """Place of the first assembly point of a zone."""
    return int(scene.world.assembly_place + np.argmax(scene.world.assembly_zone == zone))


def blocked(scene: Scene) -> Iterator[Inject]:
    """Vehicles with people aboard stopped by a closed road: the fullest, on different ways."""
    rows = scene.facts.of(Kind.DIVERTED)
    rows = rows[(rows["value"] == Reason.NO_ROUTE) & (rows["who"] >= 0)]
    found = [
        (_aboard(scene, vehicle, t), t, vehicle, place) for t, _, vehicle, place, _ in rows.tolist()
    ]
    found.sort(key=lambda one: (-one[0], one[1]))
    fullest = {row[3]: row for row in reversed(found) if row[0]}  # one on every way is enough
    for aboard, t, vehicle, place in sorted(fullest.values(), reverse=True)[:BLOCKED]:
        why = scene.danger.on_roads(t, place)
        words = {"shut": danger(why, "shut"), "detour": danger(why, "detour")}
        values = _vehicle(scene, vehicle, aboard, place) | words
        yield _on_the_road(scene, t, "blocked", values, "rerouted")


def broken(scene: Scene) -> Iterator[Inject]:
    """The breakdown with most people aboard."""
    rows = scene.facts.of(Kind.VEHICLE)
    rows = rows[rows["value"] == VehicleStatus.BROKEN]
    found = [
        (_aboard(scene, vehicle, t), t, vehicle, place) for t, _, vehicle, place, _ in rows.tolist()
    ]
    found.sort(key=lambda one: (-one[0], one[1]))
    for aboard, t, vehicle, place in found[:1]:
        values = _vehicle(scene, vehicle, aboard, place)
        yield _on_the_road(scene, t, "broken", values, "repaired")


def _on_the_road(scene: Scene, t: int, kind: str, values: dict[str, object], action: str) -> Inject:
    driver = Role("driver", str(values["vehicle"]))
    place = both_filled(DRILL_WORDS["towards" if kind == "blocked" else "near"], values)
    return Inject(t, kind, place, driver, FLEET, action, values, -1, action)


def _vehicle(scene: Scene, vehicle: int, aboard: int, place: int) -> dict[str, object]:
    row = scene.world.vehicles[vehicle]
    return {
        "vehicle": row.id,
        "class": DRILL_WORDS[row.vehicle_class],
        "aboard": aboard,
        "place": scene.world.places.names[place],
    }


def _aboard(scene: Scene, vehicle: int, t: int) -> int:
    """Persons in a vehicle at a moment: boarded it last, and still aboard."""
    facts, history = scene.facts, scene.facts.history
    boarded = facts.of(Kind.BOARDED)
    boarded = boarded[boarded["t"] <= t]
    last = np.full(facts.n, -1, dtype=np.int64)
    last[boarded["who"]] = boarded["value"]
    inside = history.in_states(State.ABOARD) & (history.start_ms <= t) & (history.end_ms > t)
    parties = history.party[inside]
    return int(facts.size[parties[last[parties] == vehicle]].sum())


def refusals(scene: Scene) -> Iterator[Inject]:
    """The village with most people who refused to the end, when the last of them had said so."""
    facts = scene.facts
    flags = facts.of(Kind.FLAG)
    flags = flags[flags["value"] == Flag.REFUSED]
    flags = flags[facts.out[flags["who"]] >= NEVER]
    if not len(flags):
        return
    homes = scene.world.parties.home[flags["who"]]
    people = np.bincount(homes, facts.size[flags["who"]])
    home = int(people.argmax())
    mine, name = homes == home, scene.world.places.names[home]
    values: dict[str, object] = {
        "village": name,
        "parties": len(np.unique(flags["who"][mine])),
        "people": int(facts.size[np.unique(flags["who"][mine])].sum()),
        "visits": DRILL_WORDS["two_visits" if scene.plan.organise.second_sweep else "one_visit"],
    }
    at, zone = int(flags["t"][mine].max()), scene.home_zone[home]
    expected = "refused_twice" if scene.plan.organise.second_sweep else "refused_watch"
    sender, receiver = Role("village", name), scene.post(scene.home_township[home])
    yield Inject(at, "refused", name, sender, receiver, expected, values, zone)
