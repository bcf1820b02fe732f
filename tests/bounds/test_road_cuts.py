"""Cuts: how long so many need over some roads, the worst line of a network, never beaten."""

from __future__ import annotations

import numpy as np
from arc_kit import arc_network
from hypothesis import given, settings
from hypothesis import strategies as st
from traffic_kit import CAR, MINUTE, county, drive_freely, times_of

from sim.bounds.problem import Int64
from sim.bounds.road_cuts import Cut, busiest_cut, spans_ms
from sim.bounds.road_thinning import RoadTimes
from sim.clock import NEVER
from sim.roads.network import Network
from sim.roads.routing import Water, edge_costs, tree_to

SECOND = 1000 << 10


def _nodes(*rows: int) -> Int64:
    return np.array(rows, dtype=np.int64)


def test_spans_by_hand() -> None:
    """Over roads of 2 s and 3 s vehicles enter at 0, 0, 2, 3, 4, 6, 6 s; over none never."""
    assert (spans_ms(_nodes(2 * SECOND, 3 * SECOND), 7) // 1000).tolist() == [0, 0, 2, 3, 4, 6, 6]
    assert spans_ms(_nodes(), 2).tolist() == [NEVER, NEVER]
    assert spans_ms(_nodes(2 * SECOND), 0).tolist() == []


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(1, 40))
def test_spans_let_through_exactly_so_many(headway_s: list[int], most: int) -> None:
    """In the span of k vehicles the roads serve at least k, a second before fewer."""
    spans = spans_ms(np.array(headway_s) * SECOND, most)

    def served(ms: int) -> int:
        return sum(ms // (1000 * h) + 1 for h in headway_s) if ms >= 0 else 0

    for k, span in enumerate(spans.tolist(), 1):
        assert served(span) >= k > served(span - 1)


VALLEY = arc_network(4, [(0, 1), (1, 2), (3, 2)], [600, 1200, 600])
"""Villages 0, 1 and 3; 0 and 1 share the road 1 → 2."""


def test_the_worst_line_by_hand() -> None:
    """Ten cars from 0 and ten from 1 over a road of 6 s: 114 s from the first to the last; the
    last place of the line is reached after that and the way. The other road does not matter."""
    cars = _nodes(*[0] * 10, *[1] * 10, *[3] * 10), np.full(30, 2)
    times = times_of(VALLEY, [6, 6, 6])
    cut = busiest_cut(VALLEY, times, cars, _nodes(2))
    assert cut is not None
    assert cut.inside.tolist() == [True, True, False, False]
    assert cut.edges.tolist() == [1]
    assert cut.crossed_by(*cars).tolist() == [True] * 20 + [False] * 10
    at_once = np.repeat([3 * MINUTE, 2 * MINUTE], 10)
    assert cut.done_ms(at_once, times.headway_q10) == 2 * MINUTE + 114_000 - 1
    # from minute 3 on there are ten
    assert (
        cut.done_ms(at_once + np.repeat([MINUTE, 0], 10), times.headway_q10)
        == 4 * MINUTE + 54_000 - 1
    )
    assert cut.done_ms(at_once[:0], times.headway_q10) == 0


def test_no_line_without_cars_on_their_way() -> None:
    """Nobody, people who are there, people who cannot get there: no line."""
    times = times_of(VALLEY, [6, 6, 6])
    for origin in ([], [2], [2, 2]):
        cars = np.array(origin, dtype=np.int64), np.full(len(origin), 2)
        assert busiest_cut(VALLEY, times, cars, _nodes(2)) is None
    assert busiest_cut(VALLEY, times, (_nodes(2, 1), _nodes(0, 0)), _nodes(0)) is None


@settings(max_examples=60, deadline=None)
@given(village=county(most=6), data=st.data())
def test_no_line_takes_longer(
    village: tuple[int, list[tuple[int, int]]], data: st.DataObject
) -> None:
    """Of all lines with the target on the far side none needs longer than the one found."""
    n, arcs = village
    headway_s = [data.draw(st.integers(1, 9)) for _ in arcs]
    network = arc_network(n, arcs, [600] * len(arcs))
    times = times_of(network, headway_s)
    target = data.draw(st.integers(0, n - 1))
    origin = np.array(data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=30)))
    ahead = tree_to(network, target, times.least_ms).dist_ms
    origin = origin[ahead[origin] < NEVER]
    found = busiest_cut(network, times, (origin, np.full(len(origin), target)), _nodes(target))
    spans = [0]
    for sides in range(2**n):
        inside = (sides >> np.arange(n)) % 2 == 1
        if not inside[target]:
            spans.append(_span(network, times, inside, int(inside[origin].sum())))
    mine = (
        0 if found is None else _span(network, times, found.inside, int(found.inside[origin].sum()))
    )
    assert mine == max(spans)


def _span(network: Network, times: RoadTimes, inside: np.ndarray, cars: int) -> int:
    across = inside[network.edge_from] & ~inside[network.edge_to]
    return int(spans_ms(times.headway_q10[across], cars)[-1]) if cars else 0


@settings(max_examples=100, deadline=None)
@given(village=county(), seed=st.integers(0, 2**32 - 1))
def test_no_traffic_beats_a_line(village: tuple[int, list[tuple[int, int]]], seed: int) -> None:
    """Cars with queues, spillback and water, on any trees they like: those who came were not all
    there before the worst line allows, nor before any line at random."""
    (n, arcs), rng = village, np.random.default_rng(seed)
    m = len(arcs)
    network = arc_network(n, arcs, rng.integers(5, 3000, m).tolist(), int(rng.integers(20, 90)))
    sink, cars = int(rng.integers(n)), int(rng.integers(1, 60))
    headway = rng.integers(300, int(rng.choice([3_000, 60_000])), m) << 10
    levels = rng.choice([0, 100, len(CAR)], (m, 6), p=[0.8, 0.1, 0.1]).astype(np.int32)
    wet = np.where(rng.random(m) < 0.2, np.arange(m), -1).astype(np.int32)
    water = Water(wet, levels, 4 * MINUTE, len(CAR))
    origin, depart, out_ms = drive_freely(network, headway, water, (cars, sink), rng)
    came = out_ms < NEVER
    if not came.any():
        return
    times = RoadTimes(edge_costs(network, CAR), headway)
    earliest = depart + tree_to(network, sink, times.least_ms).dist_ms[origin]
    target = np.full(cars, sink)
    cuts = [busiest_cut(network, times, (origin[came], target[came]), _nodes(sink))]
    inside = rng.random(n) < 0.5
    inside[sink] = False
    across = inside[network.edge_from] & ~inside[network.edge_to]
    cuts.append(Cut(inside, _nodes(sink), np.flatnonzero(across)))
    for cut in cuts:
        if cut is not None:
            mine = came & cut.crossed_by(origin, target)
            assert cut.done_ms(earliest[mine], headway) <= out_ms[mine].max(initial=0)
