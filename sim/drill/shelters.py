"""Shelters in a drill: full ones, and ones that cannot be used any more."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.drill.inject import Inject, Role
from sim.drill.scene import Scene, spread_out
from sim.log import Cause, Kind, Reason
from sim.schema.tables import ShelterRow
from sim.states import State
from sim.texts.drill import DRILL_WORDS

FULL, FAILED = 2, 2


def full_shelters(scene: Scene) -> Iterator[Inject]:
    """Shelters that turned people away, and people for whom no place was left."""
    world, facts = scene.world, scene.facts
    first = {place: t for t, place in reversed(_full(scene))}
    rows = sorted((t, place) for place, t in first.items())
    for t, place in spread_out(rows, FULL, lambda row: _shelter(scene, row[1]).township):
        shelter = _shelter(scene, place)
        values = {"shelter": shelter.name, "capacity": shelter.capacity}
        yield Inject(
            *(t, "full", shelter.name, Role("shelter", shelter.name), _answers(scene, shelter)),
            *("sent_on", values, -1, "sent_on"),
        )
    without = facts.of(Kind.NO_PLACE)
    if len(without):
        place = int(without["place"][0])
        name = world.places.names[place]
        waiting = np.unique(without["who"][without["place"] == place])
        people = int(facts.size[waiting].sum())
        yield Inject(
            *(int(without["t"][0]), "no_place", name, Role("shelter", name)),
            *(scene.county, "sent_on", {"shelter": name, "people": people}),
        )


def failed_shelters(scene: Scene) -> Iterator[Inject]:
    """Shelters with most people inside when power, water or the hazard ends their use."""
    rows = [
        (_inside(scene, t, place), t, place, cause)
        for t, _, _, place, cause in scene.facts.of(Kind.SHELTER_FAILED).tolist()
    ]
    most = sorted((row for row in rows if row[0]), key=lambda row: (-row[0], row[1]))
    for people, t, place, cause in spread_out(
        most, FAILED, lambda row: _shelter(scene, row[2]).township
    ):
        shelter = _shelter(scene, place)
        why = DRILL_WORDS[f"fails_{Cause(cause).name.lower()}"]
        values = {"shelter": shelter.name, "why": why, "people": people}
        sender = Role("shelter", shelter.name)
        yield Inject(
            *(t, "shelter_failed", shelter.name, sender, _answers(scene, shelter)),
            *("moved_on", values),
        )


def _inside(scene: Scene, t: int, place: int) -> int:
    """Persons inside a shelter at a moment."""
    history = scene.facts.history
    there = history.in_states(State.SHELTERED) & (history.place == place)
    there &= (history.start_ms <= t) & (history.end_ms > t)
    return int(scene.facts.size[history.party[there]].sum())


def _answers(scene: Scene, shelter: ShelterRow) -> Role:
    """Who a shelter reports to."""
    return scene.post(shelter.township) if shelter.township else scene.county


def _shelter(scene: Scene, place: int) -> ShelterRow:
    return scene.world.shelters[place - scene.world.shelter_place]


def _full(scene: Scene) -> list[tuple[int, int]]:
    """(moment, shelter place) of people turned away from a full gate, first ones first."""
    world, facts = scene.world, scene.facts
    rows = facts.of(Kind.DIVERTED)
    rows = rows[(rows["value"] == Reason.FULL) & (rows["who"] < 0)]
    history = facts.history
    found = []
    for t, _, who, _, _ in rows.tolist():
        party = -1 - who
        stays = slice(int(history.first[party]), int(history.first[party + 1]))
        at = int(np.searchsorted(history.start_ms[stays], t, side="right")) - 1
        place = int(history.place[stays][at])
        if world.shelter_place <= place < world.shelter_place + len(world.shelters):
            found.append((t, place))
    return found
