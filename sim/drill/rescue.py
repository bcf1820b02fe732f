"""The end of a drill: calls for help, people who go back, the head-count."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.drill.inject import DIRECTOR, Inject, Role
from sim.drill.opening import orders
from sim.drill.scene import Scene, spread_out
from sim.log import Kind, TeamStatus
from sim.measures.crowd import time_of_share
from sim.states import Flag
from sim.texts.drill import DRILL_WORDS
from sim.texts.drill_danger import danger

INCIDENTS, TOWNSHIPS = 3, 2
SHARE = 0.9
LULL_MS = 3_600_000
RESCUE = Role("rescue")


def incidents(scene: Scene) -> Iterator[Inject]:
    """Calls for help: the first one, then those with most people."""
    last = scene.facts.horizon_ms - LULL_MS  # later ones nobody could answer before the end
    rows = [(t, place, n) for t, _, _, place, n in _rows(scene) if t <= last]
    best = rows[:1] + sorted(rows[1:], key=lambda row: -row[2])
    names = scene.world.places.names
    for t, place, persons in spread_out(best, INCIDENTS, lambda row: _township(scene, row[1])):
        why = scene.danger.of_callers(t, place)
        values = {
            "village": names[place], "people": persons,
            "trapped": danger(why, "trapped"), "hold": danger(why, "hold"),
        }  # fmt: skip
        yield Inject(
            *(t, "incident", names[place], Role("public"), RESCUE, "boat", values),
            *(scene.place_zone(place), "boat"),
        )


def _rows(scene: Scene) -> list[tuple[int, int, int, int, int]]:
    rows: list[tuple[int, int, int, int, int]] = scene.facts.of(Kind.INCIDENT).tolist()
    return rows


def _township(scene: Scene, place: int) -> str:
    zone = scene.place_zone(place)
    return scene.township(zone) if zone >= 0 else str(place)


def no_way(scene: Scene) -> Iterator[Inject]:
    """A team that cannot reach where it is sent."""
    rows = scene.facts.of(Kind.TEAM)
    for t, _, team, place, _ in rows[rows["value"] == TeamStatus.NO_WAY][:1].tolist():
        name = scene.world.teams[team].row.name
        where = scene.world.places.names[place]
        values = {"team": name, "place": where}
        yield Inject(t, "no_way", where, Role("team", name), RESCUE, "no_way", values)


def returns(scene: Scene) -> Iterator[Inject]:
    """The first people who go back home, with all who leave that shelter within the hour."""
    facts, names = scene.facts, scene.world.places.names
    rows = facts.of(Kind.FLAG)
    rows = rows[rows["value"] == Flag.RETURNED]
    if not len(rows):
        return
    first, end = scene.world.shelter_place, scene.world.exit_place
    from_shelter = rows[(rows["place"] >= first) & (rows["place"] < end)]
    rows = from_shelter if len(from_shelter) else rows
    t, place = int(rows["t"][0]), int(rows["place"][0])
    mine = rows["who"][(rows["place"] == place) & (rows["t"] <= t + 3_600_000)]
    home = int(scene.world.parties.home[mine[0]])
    values = {
        "shelter": names[place], "people": int(facts.size[mine].sum()), "village": names[home]
    }  # fmt: skip
    receiver = scene.post(scene.home_township[home])
    yield Inject(
        *(t, "returned", names[place], DIRECTOR, receiver, "back_again"),
        *(values, -1, "back_again"),
    )


def headcounts(scene: Scene) -> Iterator[Inject]:
    """At nine in ten counted: two large townships that are through early, then the county.

    Townships whose order the drill has played come first: there the minutes since can be taken.
    """
    facts = scene.facts
    ordered = facts.ordered_ms[facts.zone] < NEVER
    if not ordered.any():
        yield from _never_ordered(scene)
        return
    county = min(_counted(scene, ordered), facts.horizon_ms)
    towns: dict[str, list[int]] = {}
    for zone in np.flatnonzero(facts.ordered_ms < NEVER).tolist():
        towns.setdefault(scene.township(zone), []).append(zone)
    rows = [(_counted(scene, scene.in_zones(zones)), name) for name, zones in towns.items()]
    early = [row for row in rows if row[0] < county]
    played = {inject.place for inject in orders(scene) if inject.kind == "order_move"}
    early.sort(key=lambda row: (row[1] not in played, -scene.people(towns[row[1]])))
    for at, name in early[:TOWNSHIPS]:
        zones = towns[name]
        main = max(zones, key=lambda zone: (scene.people([zone]), -zone))
        values = {"township": name, "people": scene.people(zones)}
        yield Inject(
            *(at, "headcount", name, scene.county, scene.post(name), "headcount"),
            values, main, "headcount",
        )  # fmt: skip
    whole, action = DRILL_WORDS["whole_county"], "headcount_county"
    values = {"people": scene.persons(ordered)}
    yield Inject(county, action, whole, DIRECTOR, Role("townships"), action, values, -1, action)


def _never_ordered(scene: Scene) -> Iterator[Inject]:
    """A night of preparing only: what to do about it must be decided all the same."""
    facts = scene.facts
    zones = np.flatnonzero(facts.prepared_ms < NEVER)
    if not len(zones):
        return
    cut = np.flatnonzero(facts.cutoff_ms < NEVER)
    last = max(int(facts.prepared_ms[zones].max()), int(facts.cutoff_ms[cut].max(initial=0)))
    at = min(last + LULL_MS, facts.horizon_ms)
    values = {
        "clock": scene.clock(at), "zones": len(zones), "cut": len(cut),
        "people": scene.people(cut.tolist()),
    }  # fmt: skip
    whole = DRILL_WORDS["whole_county"]
    yield Inject(at, "never_ordered", whole, DIRECTOR, scene.county, "stand_down", values)


def _counted(scene: Scene, chosen: NDArray[np.bool_]) -> int:
    """When nine in ten of the chosen who agreed to go were head-counted."""
    facts = scene.facts
    refused = facts.flagged(Flag.REFUSED) & (facts.out >= NEVER)
    mine = chosen & ~refused
    return time_of_share(facts.registered[mine], facts.size[mine], SHARE)
