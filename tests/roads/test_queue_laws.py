"""Laws of the traffic kernel on random networks: nobody is lost, too early or cut by the clock."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from queue_kit import CAR, COACH, HOUR, PLENTY, chain, play, supply

from sim.clock import NEVER
from sim.roads.network import Edges, Network, Nodes, build_network
from sim.roads.queue_report import check, gridlock
from sim.roads.queue_rows import AT_HOME, DRIVING, STALLING
from sim.roads.queues import Departures, Ended, Queues, Supply, headway, route_row
from sim.roads.routing import ONE_Q16, Drivers, Trip, Water, drive, edge_costs, tree_to

MINUTE = 60_000


class Town(NamedTuple):
    """A small random network with cars; changes: (minute, what, edge, number)."""

    network: Network
    supply: Supply
    targets: list[int]
    cars: Departures
    changes: list[tuple[int, str, int, int]]
    water: Water


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """2 to 7 nodes, short links that jam, up to 60 vehicles in 20 min, up to 8 changes."""
    n = draw(st.integers(2, 7))
    arcs = draw(
        st.lists(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda a: a[0] != a[1]),
            min_size=2,
            max_size=18,
        )
    )
    m = len(arcs)
    ends = np.array(arcs, np.int32)

    def column(low: int, high: int) -> np.ndarray:
        return np.array(draw(st.lists(st.integers(low, high), min_size=m, max_size=m)))

    nodes = Nodes(tuple(f"n{i}" for i in range(n)), np.zeros(n), np.zeros(n))
    edges = Edges(
        tuple(f"e{i}" for i in range(m)),
        ends[:, 0].copy(),
        ends[:, 1].copy(),
        np.full(m, 360, np.int32),
        length_mm=column(10, 900) * 1000,
    )
    reverse = np.full(m, -1, np.int32)
    for e, (a, b) in enumerate(arcs):
        back = next((k for k in range(m) if arcs[k] == (b, a) and reverse[k] < 0 and k != e), -1)
        if back >= 0 and reverse[e] < 0 and draw(st.booleans()):
            reverse[e], reverse[back] = back, e
    held = Supply(
        headway(column(100, 3000)),
        column(1, 12).astype(np.int32),
        (column(0, 90) * 1000).astype(np.int32),
        reverse,
        np.full(m, 200_000, np.int32),
    )
    targets = draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=3))
    k = draw(st.integers(1, 60))

    def each(low: int, high: int) -> np.ndarray:
        return np.array(draw(st.lists(st.integers(low, high), min_size=k, max_size=k)))

    cars = Departures(
        each(0, 1200) * 1000,
        each(0, n - 1),
        route=each(0, len(targets) - 1),
        klass=each(0, 1),
        pcu=each(1, 3),
        willing_mm=each(0, 500),
        watched=each(0, 1),
    )
    what = st.sampled_from(["close", "reopen", "capacity", "storage", "target", "add", "hold"])
    change = st.tuples(st.integers(0, 40), what, st.integers(0, m - 1), st.integers(1, 30))
    changes = sorted(draw(st.lists(change, max_size=8)))
    depths = draw(st.lists(st.integers(0, 450), min_size=16, max_size=16))
    levels = np.array(depths, np.int32).reshape(2, 8) * draw(st.integers(0, 1))
    water = Water(column(-1, 1).astype(np.int32), levels, 4 * MINUTE, 250)
    return Town(build_network(nodes, edges), held, targets, cars, changes, water)


def opened(town: Town, tables: tuple[np.ndarray, ...] = (CAR, COACH)) -> Queues:
    """The town's roads with all cars on their way."""
    cost = edge_costs(town.network, CAR)
    trees = [route_row(tree_to(town.network, t, cost)) for t in town.targets]
    queues = Queues(town.network, town.supply, np.stack(trees), list(tables), town.water)
    queues.add(town.cars)
    return queues


def change(queues: Queues, town: Town, what: str, edge: int, number: int) -> None:
    """One change between two advances."""
    if what == "close":
        queues.close([edge], None if number % 2 else [number % 4 // 2])
    elif what == "reopen":
        queues.reopen([edge])
    elif what == "capacity":
        queues.set_supply([edge], headway(100 * number))
    elif what == "storage":
        queues.set_supply([edge], headway(1000), number)
    elif what == "hold":
        queues.hold([edge], queues.now + number * MINUTE)
    elif what == "add":
        node = number % town.network.n_nodes
        queues.add(Departures(np.full(3, queues.now), node, watched=edge % 2 == 0))
        queues.add_one(queues.now, node, 0, (1, 2, ONE_Q16), tag=number)
    else:
        node = number % town.network.n_nodes
        tree = tree_to(town.network, node, edge_costs(town.network, CAR))
        queues.trees[edge % len(queues.trees)] = route_row(tree)
        queues.rerouted()


def advance_to(queues: Queues, until: int) -> list[Ended]:
    """As far as a moment, over all stops at watched vehicles."""
    told = [queues.advance(until)]
    while queues.now < until:
        told.append(queues.advance(until))
    return told


@settings(max_examples=150, deadline=None)
@given(towns())
def test_nobody_is_lost(town: Town) -> None:
    """Through closures, lanes and new routes each vehicle is in one place and ends once, whoever
    can move will, and when all is still, those who have not ended stand behind a ring."""
    queues = opened(town)
    told = []
    for minute, what, edge, number in town.changes:
        told += advance_to(queues, max(minute * MINUTE, queues.now))
        change(queues, town, what, edge, number)
        assert sum(check(queues)) == queues.n_vehicles
    told += advance_to(queues, 200 * HOUR)
    counts = check(queues)
    assert queues.next_time() == NEVER and counts.leaving == 0
    rows = np.concatenate([e.row for e in told])
    assert len(set(rows.tolist())) == len(rows) == counts.ended
    assert (np.diff(np.concatenate([e.time_ms for e in told])) >= 0).all()
    if counts.ended < queues.n_vehicles:
        assert gridlock(queues)


@settings(max_examples=100, deadline=None)
@given(towns(), st.lists(st.integers(0, 50 * MINUTE), max_size=12))
def test_cuts_change_nothing(town: Town, cuts: list[int]) -> None:
    """However the time is cut into advances, every vehicle does the same at the same tick."""
    whole, pieces = opened(town), opened(town)
    whole_told, pieces_told = [], []
    at = sorted(cuts)
    for minute, what, edge, number in [*town.changes, (10_000, "none", 0, 0)]:
        moment = minute * MINUTE
        whole_told += advance_to(whole, max(moment, whole.now))
        for cut in at:
            if pieces.now < cut < moment:
                pieces_told += advance_to(pieces, cut)
        pieces_told += advance_to(pieces, max(moment, pieces.now))
        if what != "none":
            change(whole, town, what, edge, number)
            change(pieces, town, what, edge, number)
    for name in Ended._fields:
        a, b = (np.concatenate([getattr(e, name) for e in t]) for t in (whole_told, pieces_told))
        assert a.tolist() == b.tolist()
    assert whole.vehicles.tolist() == pieces.vehicles.tolist()


@settings(max_examples=100, deadline=None)
@given(towns())
def test_nobody_jumps(town: Town) -> None:
    """Tick by tick: who comes onto a link was at its beginning and had reached the end of the one
    before; who ends is where it ends."""
    queues, network = opened(town), town.network
    before = queues.vehicles.copy()
    while (tick := queues.next_time()) < NEVER:
        queues.advance(tick)
        cars = queues.vehicles
        moved = np.flatnonzero(
            (cars["status"] != before["status"]) | (cars["edge"] != before["edge"])
        )
        for was, car in zip(before[moved], cars[moved], strict=True):
            on_road = was["status"] == DRIVING
            at = int(network.edge_to[was["edge"]] if on_road else was["node"])
            if car["status"] in (DRIVING, STALLING, AT_HOME):
                assert network.edge_from[car["edge"]] == at
            elif car["status"] == Trip.STALLED:
                assert was["status"] == STALLING and car["edge"] == was["edge"]
            else:
                assert car["node"] == at
            assert not on_road or was["due"] <= queues.now
        before = cars.copy()


@settings(max_examples=100, deadline=None)
@given(towns())
def test_never_quicker_than_empty_roads(town: Town) -> None:
    """Whoever arrives needs at least the free-flow time of the best way, in any jam."""
    queues = opened(town)
    cost = edge_costs(town.network, CAR)
    least = np.stack([tree_to(town.network, t, cost).dist_ms for t in town.targets])
    told = advance_to(queues, 200 * HOUR)
    for ended in told:
        there = ended.status == Trip.ARRIVED
        rows = ended.row[there]
        depart = np.asarray(town.cars.depart_ms)[rows]
        free = least[np.asarray(town.cars.route)[rows], np.asarray(town.cars.origin)[rows]]
        assert (ended.time_ms[there] >= depart + free).all()


@st.composite
def lone_drives(draw: st.DrawFn) -> tuple[Network, Water, Drivers]:
    """Drivers half a day apart on roads that go wet and dry by the hour."""
    n, m, k = draw(st.integers(2, 6)), draw(st.integers(1, 12)), draw(st.integers(1, 12))

    def column(low: int, high: int, size: int) -> np.ndarray:
        return np.array(draw(st.lists(st.integers(low, high), min_size=size, max_size=size)))

    nodes = Nodes(tuple(f"n{i}" for i in range(n)), np.zeros(n), np.zeros(n))
    edges = Edges(
        tuple(f"e{i}" for i in range(m)),
        column(0, n - 1, m).astype(np.int32),
        column(0, n - 1, m).astype(np.int32),
        column(50, 1300, m).astype(np.int32),
        length_mm=column(1, 9_000_000, m),
    )
    wet = draw(st.integers(1, 4))
    levels = column(0, 450, wet * 24).reshape(wet, 24).astype(np.int32)
    rows = column(-1, wet - 1, m).astype(np.int32)
    drivers = Drivers(
        column(0, n - 1, k).astype(np.int32),
        np.arange(k) * 12 * HOUR + column(0, HOUR, k),
        column(0, 500, k).astype(np.int32),
        column(1 << 15, 1 << 17, k).astype(np.int32),
    )
    return build_network(nodes, edges), Water(rows, levels, 5 * HOUR + 7, 250), drivers


@settings(max_examples=200, deadline=None)
@given(lone_drives())
def test_alone_on_the_road_as_in_free_flow(case: tuple[Network, Water, Drivers]) -> None:
    """Without others the kernel ends each drive as routing.drive does: how, where, when (to the
    millisecond), on which edge, and when the water caught it."""
    network, water, drivers = case
    tree = tree_to(network, 0, edge_costs(network, CAR))
    expected = drive(network, tree, water, CAR, drivers)
    trees = route_row(tree)[None, :]
    queues = Queues(network, supply(network, storage=PLENTY), trees, [CAR], water)
    queues.add(
        Departures(
            drivers.depart_ms,
            drivers.origin,
            speed_q16=drivers.speed_q16,
            willing_mm=drivers.willing_mm,
        )
    )
    ended = play(queues, 280 * HOUR)
    order = np.argsort(ended.row)
    for found, wanted in zip(ended[2:], _as_ended(expected), strict=True):
        assert found[order].tolist() == wanted.tolist()


def _as_ended(ends):  # type: ignore[no-untyped-def]
    return ends.status, ends.node, ends.time_ms, ends.caught_ms, ends.edge


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 60), st.integers(2, 4000), st.integers(1, 5), st.integers(0, 100))
@example(1000, 1546, 3, 7)
def test_corridor(n: int, pcu_h: int, links: int, apart_ms: int) -> None:
    """N cars over a corridor: the last one leaves (N - 1) / capacity + free flow after the first
    one could, or when it came, to one tick per link."""
    network = chain(links)
    tree = route_row(tree_to(network, links, edge_costs(network, CAR)))
    queues = Queues(network, supply(network, pcu_h=pcu_h), tree[None, :], [CAR])
    queues.add(Departures(np.arange(n) * apart_ms, 0))
    last = int(play(queues, 280 * HOUR).time_ms[-1])
    served = max((n - 1) * 3_600_000 / pcu_h, (n - 1) * apart_ms)
    assert -1 < last - served - links * 100_000 <= links + 1  # a headway is rounded to 1 µs
