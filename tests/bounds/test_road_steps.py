"""The road flow of a network: by hand, exact after thinning, and never beaten by the traffic."""

from __future__ import annotations

import numpy as np
import pytest
from arc_kit import arc_network
from hypothesis import given, settings
from hypothesis import strategies as st
from traffic_kit import CAR, MINUTE, county, drive_freely, times_of

from sim.bounds.problem import Int64
from sim.bounds.road_steps import NO_CLOSURES, Closures, Leavers, RoadFlow, first_step
from sim.bounds.road_thinning import Road, RoadTimes, Thinned, thin
from sim.clock import NEVER
from sim.roads.network import Network
from sim.roads.routing import Water, edge_costs, tree_to

LIMIT_MM = len(CAR)
NOTHING = np.zeros(0, dtype=np.int64)


def _closures(shut: dict[int, str], m: int, step_ms: int) -> Closures:
    """Text of 1 (closed) and 0 (open) by edge, one character a step."""
    row = np.full(m, -1, dtype=np.int32)
    row[list(shut)] = np.arange(len(shut))
    steps = max(map(len, shut.values()), default=1)
    closed = [[c == "1" for c in text.ljust(steps, text[-1])] for text in shut.values()]
    return Closures(row, np.array(closed, dtype=np.bool_).reshape(len(shut), steps), step_ms)


def _leavers(*rows: tuple[int, int]) -> Leavers:
    """Rows of node and minute."""
    node, minute = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    return Leavers(node, minute * MINUTE)


def _flow(
    network: Network, headway_s: list[int], ends: tuple[list[int], list[int]],
    closures: Closures = NO_CLOSURES, step_min: int = 1,
) -> RoadFlow:  # fmt: skip
    """Horizon three hours; ends: origins and sinks."""
    origins, sinks = (np.array(nodes, dtype=np.int64) for nodes in ends)
    closing = closures.edges() if len(closures.edge_row) else NOTHING
    thinned = thin(network, times_of(network, headway_s), (origins, sinks), closing)
    return RoadFlow(thinned, closures, 180 * MINUTE, step_min * MINUTE)


VALLEY = arc_network(4, [(0, 1), (1, 0), (1, 2), (2, 1), (2, 3)], [600, 600, 1200, 1200, 3000])
"""0 is a dead end, 1 and 2 are bends, 3 is out; 1, 2 and 5 minutes."""


@pytest.mark.parametrize("step_min", [1, 2, 4])
def test_a_valley_road_is_number_times_headway_plus_distance(step_min: int) -> None:
    """40 cars at 0, 30 s apart on the slowest road: the last enters after 19.5 min and is out at
    27.5; with steps of 1 minute the bound is minute 27, with coarse ones one step less at most."""
    flow = _flow(VALLEY, [12, 12, 30, 12, 12], ([0], [3]), step_min=step_min)
    cars = _leavers(*[(0, 0)] * 40)
    done = flow.done_ms(cars) // MINUTE
    assert 27.5 - step_min <= done <= 27.5 and done % step_min == 0
    assert flow.out_by(cars, 180 * MINUTE) == 40
    assert flow.out_by(cars, 7 * MINUTE) == 0


def test_the_valley_is_thinned_to_nothing() -> None:
    """The dead end is emptied, then each bend is a dead end itself; no road is left."""
    thinned = thin(VALLEY, times_of(VALLEY, [12] * 5), (np.array([0]), np.array([3])), NOTHING)
    assert [(r.start, r.end) for r in thinned.emptied] == [(0, 1), (1, 2), (2, 3)]
    assert thinned.roads == ()
    assert thinned.ahead_ms.tolist() == [8 * MINUTE, 7 * MINUTE, 5 * MINUTE, 0]


def test_a_closed_road_lets_through_who_enters_before() -> None:
    """The last road shuts from minute 10 to 20: cars come to it at 3 + k/2 and enter until 10;
    the others go from 20 on."""
    closures = _closures({4: "0000000000" + "1" * 10 + "0"}, 5, MINUTE)
    flow = _flow(VALLEY, [12, 12, 30, 12, 12], ([0], [3]), closures)
    cars = _leavers(*[(0, 0)] * 40)
    assert flow.out_by(cars, 24 * MINUTE) == 14
    # 26 cars wait; 5 enter in a minute: 20, 21 .. 25, out at 25 .. 30
    assert flow.out_by(cars, 25 * MINUTE) == 14 + 5
    assert flow.done_ms(cars) == 30 * MINUTE


def test_a_step_is_open_when_any_moment_of_it_is() -> None:
    """The last road opens at minute 12, so its cars are out from 17 on: the step 15 to 20 counts,
    the one before does not."""
    closures = _closures({4: "1" * 12 + "0"}, 5, MINUTE)
    flow = _flow(VALLEY, [12, 12, 30, 12, 12], ([2], [3]), closures, step_min=5)
    assert flow.out_by(_leavers((2, 0)), 17 * MINUTE) == 1
    assert flow.out_by(_leavers((2, 0)), 15 * MINUTE - 1) == 0


def test_a_started_headway_counts_as_a_whole_one() -> None:
    """40 s apart: two cars enter in the first minute, two (one in truth) in the second."""
    network = arc_network(2, [(0, 1)], [600])
    flow = _flow(network, [40], ([0], [1]))
    assert [flow.out_by(_leavers(*[(0, 0)] * 9), k * MINUTE) for k in range(4)] == [0, 2, 4, 6]


def test_a_bend_keeps_the_slower_service_of_both_roads() -> None:
    """Two ways round, each with a bend: the service of the slower half of each way counts."""
    arcs = [(0, 1), (1, 3), (0, 2), (2, 3)]
    flow = _flow(arc_network(4, arcs, [600] * 4), [60, 10, 10, 20], ([0], [3]))
    assert len(flow.thinned.roads) == 2
    assert flow.out_by(_leavers(*[(0, 0)] * 9), 3 * MINUTE) == 2 * (1 + 3)


def test_no_way_and_nobody() -> None:
    """From where no road leads out nobody is out; without people it is done at once; whoever is
    there already is out when ready."""
    network = arc_network(3, [(0, 1), (1, 0), (2, 1)], [600] * 3)
    flow = _flow(network, [12] * 3, ([0, 2], [2]))
    assert flow.done_ms(_leavers((0, 0))) == NEVER
    assert flow.out_by(_leavers((0, 0), (2, 3)), 180 * MINUTE) == 1
    assert flow.out_by(_leavers((2, 3)), 2 * MINUTE) == 0
    assert flow.done_ms(_leavers()) == 0


def test_latest_departure_by_hand() -> None:
    """40 cars need until minute 27: to be out by 60 the whole may wait less than 34 minutes; with
    the last road shut for good from minute 30 (entered by 29, out by 34), less than 8."""
    cars, headway = _leavers(*[(0, 0)] * 40), [12, 12, 30, 12, 12]
    flow = _flow(VALLEY, headway, ([0], [3]))
    assert flow.latest_ms(cars, 60 * MINUTE, 40) == 34 * MINUTE - 1
    shut = _flow(VALLEY, headway, ([0], [3]), _closures({4: "0" * 30 + "1"}, 5, MINUTE))
    assert shut.latest_ms(cars, 60 * MINUTE, 40) == 8 * MINUTE - 1
    assert flow.latest_ms(cars, 20 * MINUTE, 40) < 0


@given(st.integers(0, 60), st.integers(0, 70))
def test_first_step_finds_the_first(last: int, turning: int) -> None:
    """The smallest step from which on it holds; the one after the last when it never does."""

    def holds(step: int) -> bool:
        assert 0 <= step <= last
        return step >= turning

    assert first_step(holds, last) == min(turning, last + 1)


@settings(max_examples=120, deadline=None)
@given(village=county(), data=st.data())
def test_thinning_changes_nothing(
    village: tuple[int, list[tuple[int, int]]], data: st.DataObject
) -> None:
    """With whole steps on every road the thinned network lets out as many as all its roads do,
    at every moment and with roads that close and reopen."""
    n, arcs = village
    m = len(arcs)
    network = arc_network(n, arcs, [600 * data.draw(st.integers(1, 4)) for _ in arcs])
    headway_s = [data.draw(st.sampled_from([20, 30, 60])) for _ in arcs]
    origins = data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=4))
    sinks = data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=2))
    shut = {
        e: data.draw(st.text("01", min_size=1, max_size=12))
        for e in data.draw(st.sets(st.integers(0, m - 1), max_size=2))
    }
    closures = _closures(shut, m, MINUTE)
    flow = _flow(network, headway_s, (origins, sinks), closures)
    whole = RoadFlow(
        _not_thinned(network, times_of(network, headway_s), np.unique(sinks), closures.edges()),
        closures,
        180 * MINUTE,
        MINUTE,
    )
    cars = _leavers(
        *(
            (o, data.draw(st.integers(0, 9)))
            for o in origins
            for _ in range(data.draw(st.integers(0, 9)))
        )
    )
    for minute in (*range(0, 30, 3), 180):
        assert flow.out_by(cars, minute * MINUTE) == whole.out_by(cars, minute * MINUTE)


def _not_thinned(network: Network, times: RoadTimes, sinks: Int64, closing: Int64) -> Thinned:
    """All roads from where a sink can be reached, on the same clocks."""
    ahead = tree_to(network, sinks.astype(np.int32), times.least_ms).dist_ms
    roads = tuple(
        Road(
            int(a),
            int(b),
            int(times.least_ms[e] + ahead[b] - ahead[a]),
            int(times.headway_q10[e]),
            e if e in closing else -1,
        )
        for e, (a, b) in enumerate(zip(network.edge_from, network.edge_to, strict=True))
        if ahead[a] < NEVER and ahead[b] < NEVER
    )
    return Thinned(ahead, (), roads, sinks)


@settings(max_examples=100, deadline=None)
@given(village=county(), seed=st.integers(0, 2**32 - 1), step_s=st.sampled_from([7, 60, 300]))
def test_no_traffic_beats_the_flow(
    village: tuple[int, list[tuple[int, int]]], seed: int, step_s: int
) -> None:
    """Cars with queues, spillback and water that rises and falls, on any trees they like: never
    more are out by a moment than the flow lets out, and never all of them before its end."""
    (n, arcs), rng = village, np.random.default_rng(seed)
    m = len(arcs)
    network = arc_network(n, arcs, rng.integers(5, 3000, m).tolist(), int(rng.integers(20, 90)))
    sink, cars = int(rng.integers(n)), int(rng.integers(1, 60))
    headway = rng.integers(300, int(rng.choice([3_000, 60_000])), m) << 10
    levels = rng.choice([0, 100, LIMIT_MM], (m, 6), p=[0.6, 0.2, 0.2]).astype(np.int32)
    wet = np.where(rng.random(m) < 0.3, np.arange(m), -1).astype(np.int32)
    water = Water(wet, levels, 4 * MINUTE, LIMIT_MM)
    ends = drive_freely(network, headway, water, (cars, sink), rng)
    closures = Closures(wet, levels >= LIMIT_MM, water.step_ms)
    origin, depart, out_ms = ends
    times = RoadTimes(edge_costs(network, CAR), headway)
    thinned = thin(network, times, (origin, np.array([sink])), closures.edges())
    flow = RoadFlow(thinned, closures, 120 * MINUTE, step_s * 1000)
    leavers = Leavers(origin, depart)
    came = np.sort(out_ms[out_ms < NEVER])
    for moment in came[:: max(1, len(came) // 6)].tolist():
        assert (out_ms <= moment).sum() <= flow.out_by(leavers, int(moment))
    last = int(out_ms.max())
    assert last >= min(flow.done_ms(leavers), NEVER)
