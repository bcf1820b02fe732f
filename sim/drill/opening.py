"""The opening of a drill: the start, the orders, the calls that fail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from sim.clock import MS_PER_MIN, NEVER
from sim.drill.inject import DIRECTOR, Inject, Role
from sim.drill.scene import Scene, spread_out
from sim.log import Kind
from sim.schema.tables import SettlementRow
from sim.states import Way
from sim.texts.drill import DRILL_WORDS

BEFORE_MS = 10 * MS_PER_MIN
"""The drill starts this long before the first thing happens."""

ORDERS, CALLS = 3, 2
VILLAGE = 2


def start(scene: Scene, first_ms: int) -> Inject:
    """Everybody to their posts."""
    facts, world = scene.facts, scene.world
    name = world.spec.name
    at = max(0, first_ms - BEFORE_MS)
    return Inject(
        at, "start", DRILL_WORDS["whole_county"], DIRECTOR, Role("all"), "report_in",
        {
            "clock": scene.clock(at), "scenario": (name.zh, name.en or name.zh),
            "people": facts.people_at_risk, "special": scene.special(facts.size > 0),
            "vehicles": len(world.vehicles), "teams": len(world.teams),
        },
    )  # fmt: skip


def orders(scene: Scene) -> Iterator[Inject]:
    """Orders as townships get them: the first, the largest, the one nearest to its cut-off."""
    # orders of villages by themselves are told as their own trigger
    facts = scene.facts
    for kind, given in (("order_prepare", facts.prepared_ms), ("order_move", facts.ordered_ms)):
        groups: dict[tuple[int, str], list[int]] = defaultdict(list)
        for zone in np.flatnonzero(given < NEVER).tolist():
            if _signed_by(scene, kind, zone).key == "village":
                continue
            groups[int(given[zone]), scene.township(zone)].append(zone)
        rows = sorted(groups.items())
        if not rows:
            continue
        largest = sorted(rows, key=lambda one: -scene.people(one[1]))
        tight = sorted(rows, key=lambda one: int(facts.cutoff_ms[one[1]].min()) - one[0][0])
        best = [rows[0], largest[0], tight[0], *largest[1:]]
        wanted = ORDERS if kind == "order_move" else 1
        for (t, township), zones in spread_out(best, wanted, lambda one: one[0][1]):
            yield _order(scene, kind, t, township, zones)


def _order(scene: Scene, kind: str, t: int, township: str, zones: list[int]) -> Inject:
    leave = bool(scene.plan.whom.prepare_moves)
    main = max(zones, key=lambda zone: (scene.people([zone]), -zone))
    signed = _signed_by(scene, kind, zones[0])
    receiver = scene.post(township)
    values = {
        "post": signed.label(), "township": township, "zones": len(zones),
        "people": scene.people(zones), "coach": scene.by_way(zones, Way.COACH),
        "ambulance": scene.by_way(zones, Way.AMBULANCE),
        "first": DRILL_WORDS["first_special" if leave else "first_none"],
    }  # fmt: skip
    if signed == receiver:
        receiver = Role("villages", township)
    expected, action = ("prepare_told" if leave else "prepare_only"), ""
    if kind == "order_move":
        expected, action = "told", "told"
    return Inject(t, kind, township, signed, receiver, expected, values, main, action)


def _signed_by(scene: Scene, kind: str, zone: int) -> Role:
    """The post that signed an order; the village where it acted alone."""
    rows = scene.facts.of(Kind.ORDER_MOVE if kind == "order_move" else Kind.ORDER_PREPARE)
    _, _, _, post, level = rows[rows["who"] == zone][0].tolist()
    posts = scene.world.posts
    if 0 <= post < len(posts):
        return Role("post", posts[post].name)
    return Role("village", scene.zone(zone)) if level == VILLAGE else Role("county")


def failed_calls(scene: Scene) -> Iterator[Inject]:
    """Villages whose organiser did not answer: those with most people, from two townships."""
    facts, world = scene.facts, scene.world
    failed = facts.of(Kind.CALLED_OUT)
    failed = failed[failed["value"] == 0]
    homes, first = np.unique(failed["who"], return_index=True)
    parties = world.parties
    rows = [
        (int(parties.size[parties.start[home] : parties.start[home + 1]].sum()), home, t)
        for home, t in zip(homes.tolist(), failed["t"][first].tolist(), strict=True)
    ]
    rows.sort(key=lambda row: (-row[0], row[1]))
    calls = facts.of(Kind.CALL)
    for people, home, t in spread_out(rows, CALLS, lambda row: scene.home_township[row[1]]):
        row = world.homes.rows[home]
        organiser = world.organisers.get(row.organiser) if isinstance(row, SettlementRow) else None
        mine = np.arange(parties.start[home], parties.start[home + 1])
        chosen = np.zeros(facts.n, dtype=np.bool_)
        chosen[mine] = True
        values = {
            "village": row.name, "people": people, "special": scene.special(chosen),
            "organiser": (organiser.name or organiser.id) if organiser else "",
            "calls": int(((calls["who"] == home) & (calls["t"] <= t)).sum()),
        }  # fmt: skip
        receiver = scene.post(scene.home_township[home])
        yield Inject(
            *(t, "call_failed", row.name, DIRECTOR, receiver, "told_by_hand"),
            *(values, scene.home_zone[home], "told_by_hand"),
        )
