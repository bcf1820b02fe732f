"""Why is somebody late, and who: minutes by link, with an exact sum.

For everybody who got out by a bus, a car, on foot or by staying, the time from the trigger to the
head-count is cut at the records of the log into links that follow one another without a gap:

- decide: trigger to the order that moved them (duty officer, consultation, signature);
- tell: order until they had decided to go (call-out, door-knocking, persuasion);
- prepare: until ready to leave; walk: on foot; ride: aboard or driving;
- wait: at pick-up points, and at home again after turning back before a closed road;
- register: arrival until head-counted (unloading, gate, desk, head-count).

People fetched by boat are left out: their time is the water's, not a link's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.log import Kind, RunLog
from sim.measures.facts import Facts
from sim.states import Mode, State
from sim.world import World

Int64 = NDArray[np.int64]
LINKS = ("decide", "tell", "prepare", "walk", "wait", "ride", "register")
ALONE = -1
"""Place of a TRIGGER record of a village that decides by itself."""


@dataclass(frozen=True)
class Delays:
    """The links of every party that was head-counted, a row each.

    Attributes:
        party: int64[m]; mode: mode of the leg out, int8[m].
        trigger_ms, registered_ms: begin and end, int64[m].
        links_ms: int64[m, 7] in the order of LINKS; a row sums to registered − trigger exactly.
        door_ms, gate_ms: of the links tell and register, the part spent waiting for somebody to
            come to the door, and for a registration desk, int64[m].
    """

    party: Int64
    mode: NDArray[np.int8]
    trigger_ms: Int64
    registered_ms: Int64
    links_ms: Int64
    door_ms: Int64
    gate_ms: Int64

    def by(self, *modes: Mode) -> Delays:
        """Only the parties that got out by these modes."""
        rows = np.flatnonzero(np.isin(self.mode, modes))
        return Delays(
            self.party[rows], self.mode[rows], self.trigger_ms[rows], self.registered_ms[rows],
            self.links_ms[rows], self.door_ms[rows], self.gate_ms[rows],
        )  # fmt: skip


@dataclass(frozen=True)
class Late:
    """One line of the list who is late: the last party of a group of a village.

    Attributes:
        persons: all persons of the group who got out this way of counting.
        registered_min: clock minutes of the group's last head-count.
        costly_link: link that took longest for that last party, with its minutes.
        links_min: all links of that party by name.
    """

    village: str
    group: str
    persons: int
    registered_min: float
    costly_link: str
    costly_min: float
    links_min: dict[str, float]


def delays_of(world: World, log: RunLog) -> Delays:
    """The links of everybody who was head-counted and decided to go on an order."""
    facts = Facts(world, log)
    decided = facts.first(Kind.DECIDED, facts.n)
    mode = _first_mode(facts)
    order = _order_that_moved(facts, decided)
    known = (facts.registered < NEVER) & (facts.ready < NEVER) & (order < NEVER)
    party = np.flatnonzero(known & (mode != Mode.BOAT))
    trigger = _trigger_ms(facts, order)[party]
    spent = _spent_by_state(facts)[party]
    out, registered, ready = facts.out[party], facts.registered[party], facts.ready[party]
    links = np.column_stack([
        order[party] - trigger, decided[party] - order[party], ready - decided[party],
        spent, registered - out,
    ])  # fmt: skip
    return Delays(
        party, mode[party], trigger, registered, links,
        np.minimum(_waited(facts, Kind.WAIT_TOLD, decided)[party], links[:, 1]),
        _waited(facts, Kind.WAIT_GATE, facts.registered)[party],
    )  # fmt: skip


def _first_mode(facts: Facts) -> NDArray[np.int8]:
    rows = facts.of(Kind.OUT)[::-1]
    mode = np.zeros(facts.n, dtype=np.int8)
    mode[rows["who"]] = rows["value"]
    return mode


def _order_that_moved(facts: Facts, decided: Int64) -> Int64:
    """The later of the zone's orders that had been given when a party decided, int64[n]."""
    move, prepare = facts.ordered_ms[facts.zone], facts.prepared_ms[facts.zone]
    return np.where(move <= decided, move, np.where(prepare <= decided, prepare, NEVER))


def _trigger_ms(facts: Facts, order: Int64) -> Int64:
    """What set off each party's order: a post's trigger, or the village's own; else the order."""
    trigger = order.copy()
    consulted = facts.of(Kind.WAIT_CONSULT)
    for action in (facts.prepared_ms, facts.ordered_ms):
        began = action.copy()
        mine = consulted[consulted["t"] == action[consulted["who"]]]
        began[mine["who"]] = mine["t"] - mine["value"]
        alone = facts.of(Kind.TRIGGER)
        alone = alone[(alone["place"] == ALONE) & (alone["t"] <= action[alone["who"]])]
        plain = np.setdiff1d(alone["who"], mine["who"])
        rows = alone[np.isin(alone["who"], plain)]
        began[rows["who"]] = rows["t"]
        same = order == action[facts.zone]
        trigger[same] = began[facts.zone][same]
    return trigger


def _spent_by_state(facts: Facts) -> Int64:
    """Time walking, waiting and riding between being ready and the first arrival, int64[n, 3]."""
    history = facts.history
    until = np.minimum(history.end_ms, facts.out[history.party])
    length = np.maximum(until - history.start_ms, 0)
    length[history.start_ms < facts.ready[history.party]] = 0
    spent = np.zeros((facts.n, 3), dtype=np.int64)
    waiting = (State.AT_ASSEMBLY, State.AT_HOME, State.PREPARING)
    for column, states in enumerate(
        ((State.WALKING, State.AT_GATE), waiting, (State.ABOARD, State.DRIVING))
    ):
        rows = history.in_states(*states)
        spent[:, column] = np.bincount(history.party[rows], length[rows], minlength=facts.n)
    return spent


def _waited(facts: Facts, kind: Kind, until: Int64) -> Int64:
    """Waits of one kind that ended by a moment, summed per party, int64[n]."""
    rows = facts.of(kind)
    rows = rows[rows["t"] <= until[rows["who"]]]
    return np.bincount(rows["who"], rows["value"], minlength=facts.n).astype(np.int64)


def late_list(world: World, delays: Delays, most: int = 10) -> list[Late]:
    """The groups of villages that were counted last, latest first.

    A group is everybody of one settlement with the same planned way out, special groups apart.
    """
    parties, home = world.parties, world.parties.home[delays.party].astype(np.int64)
    special = parties.special[delays.party].astype(np.int64)
    group = (home * 8 + parties.way[delays.party]) * 2 + special
    order = np.lexsort((delays.party, delays.registered_ms, group))
    last = order[np.append(np.diff(group[order]) != 0, True)] if len(order) else order
    last = last[np.lexsort((delays.party[last], -delays.registered_ms[last]))][:most]
    return [_line(world, delays, int(row), group) for row in last]


def _line(world: World, delays: Delays, row: int, group: Int64) -> Late:
    party, links = int(delays.party[row]), delays.links_ms[row]
    costly = int(links.argmax())
    mine = delays.party[group == group[row]]
    way = GROUP_NAMES[int(world.parties.way[party])]
    return Late(
        village=world.homes.rows[int(world.parties.home[party])].name,
        group=f"special_{way}" if world.parties.special[party] else way,
        persons=int(world.parties.size[mine].sum()),
        registered_min=float(delays.registered_ms[row]) / MS_PER_MIN,
        costly_link=LINKS[costly],
        costly_min=float(links[costly]) / MS_PER_MIN,
        links_min={name: float(ms) / MS_PER_MIN for name, ms in zip(LINKS, links, strict=True)},
    )


GROUP_NAMES = ("in_place", "relatives", "village_shelter", "coach", "ambulance")
"""Groups by planned way out, in the order of ``Way``; texts give them their zh and en names."""
