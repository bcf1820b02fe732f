"""Shelters that failed: who was moved on 再转移, how soon, and who sat in the dark, dry or wet.

A person's first safe arrival and head-count stay what they were, so no other measure of time or
way out counts the second move; these three do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, NEVER
from sim.log import Kind
from sim.measures.crowd import minutes, time_of_share
from sim.measures.facts import Facts
from sim.states import State

Int64 = NDArray[np.int64]
MOVED_SHARE = 0.9
"""Share of the people of failed shelters whose second arrival is timed."""

INSIDE = (State.SHELTERED, State.IN_HOSPITAL, State.AT_GATE)


class Spell(NamedTuple):
    """A shelter at a place that has failed, from one moment to another (ms)."""

    place: int
    begin_ms: int
    end_ms: int


def shelter_failure_measures(facts: Facts) -> dict[str, float]:
    """Persons moved on; minutes until 90 % of those whom a failure found inside, or who came in
    later, had arrived elsewhere; person-hours in shelters that had failed.

    Absent where no mains fail in the scenario and the hazard is nowhere near a shelter; the minutes
    also where none failed. Whose shelter was in order again before he left is not counted in them.
    """
    if not (facts.world.spec.outages or _within_reach(facts)):
        return {}
    spells = list(failed_spells(facts))
    moved = np.zeros(facts.n, dtype=np.bool_)
    moved[facts.of(Kind.MOVED_ON)["who"]] = True
    found = {"moved_on": float(facts.persons(moved))}
    stays = [_stays(facts, spell) for spell in spells]
    spent = sum(int((facts.size[s.party] * (s.until - s.since)).sum()) for s in stays)
    found["failed_shelter_person_h"] = spent / MS_PER_HOUR
    parts = [_to_the_next(facts, one, spell) for one, spell in zip(stays, spells, strict=True)]
    if sum(len(took) for took, _ in parts):
        took, persons = (np.concatenate(column) for column in zip(*parts, strict=True))
        found["moved_on_t90_min"] = minutes(time_of_share(took, persons, MOVED_SHARE))
    return found


def failed_spells(facts: Facts) -> Iterator[Spell]:
    """When which shelters could not be used; two causes at one time are one spell."""
    records = [facts.of(kind) for kind in (Kind.SHELTER_FAILED, Kind.SHELTER_RESTORED)]
    events = sorted(
        (int(place), int(t), ended, int(cause))
        for ended, rows in enumerate(records)
        for t, _, _, place, cause in rows.tolist()
    )
    active: set[int] = set()
    begin, before = 0, -1
    for place, t, ended, cause in events:
        if place != before and active:
            yield Spell(before, begin, facts.horizon_ms)
            active = set()
        before = place
        if not active:
            begin = t
        active = active - {cause} if ended else active | {cause}
        if not active:
            yield Spell(place, begin, t)
    if active:
        yield Spell(before, begin, facts.horizon_ms)


class Stays(NamedTuple):
    """Stays in a shelter while it had failed, sorted by party and time: rows of the history,
    parties, from when to when (ms)."""

    row: Int64
    party: Int64
    since: Int64
    until: Int64


def _within_reach(facts: Facts) -> bool:
    """Whether the hazard has a level at any shelter in this member."""
    first = facts.world.shelter_place
    shelters = slice(first, first + len(facts.world.shelters))
    return any(bool((layer.place_row[shelters] >= 0).any()) for layer in facts.view.layers)


def _stays(facts: Facts, spell: Spell) -> Stays:
    history = facts.history
    rows = history.in_states(*INSIDE) & (history.place == spell.place)
    rows &= (history.start_ms < spell.end_ms) & (history.end_ms > spell.begin_ms)
    row = np.flatnonzero(rows)
    since = np.maximum(history.start_ms[row], spell.begin_ms)
    until = np.minimum(history.end_ms[row], spell.end_ms)
    return Stays(row, history.party[row], since, until)


def _to_the_next(facts: Facts, stays: Stays, spell: Spell) -> tuple[Int64, Int64]:
    """Of those who had to leave: ms from the failure, or from coming in, to their next arrival
    (NEVER for who stayed), and persons; int64[k] each."""
    history = facts.history
    arrived = history.in_states(*INSIDE, State.EXITED)
    first_since: dict[int, int] = {}
    took: dict[int, int] = {}
    for row, party, since in zip(*(column.tolist() for column in stays[:3]), strict=True):
        first_since.setdefault(party, since)
        in_order_again = spell.end_ms < facts.horizon_ms and history.end_ms[row] >= spell.end_ms
        later = np.arange(row + 1, history.first[party + 1])
        there = later[arrived[later] & (history.place[later] != spell.place)]
        if not in_order_again:
            at = int(history.start_ms[there[0]]) if len(there) else NEVER
            took[party] = at - first_since[party] if at < NEVER else NEVER
    parties = np.array(list(took), dtype=np.int64)
    return np.array(list(took.values()), dtype=np.int64), facts.size[parties]
