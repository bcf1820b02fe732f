"""The road flow: the published example exactly, cases by hand, and scipy on random ones."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import maximum_flow

from sim.bounds.road_flow import (
    NO_LIMIT,
    Leaving,
    StepRoads,
    arrival_curve,
    first_with,
    out_by,
)
from sim.clock import NEVER

Road = tuple[int, int, int, int]
"""Start, end, steps, vehicles per step."""


def _roads(
    n: int, arcs: list[Road], sinks: list[int], shut: dict[int, str] | None = None
) -> StepRoads:
    """Roads; shut gives a text of 1 (shut) and 0 (open), step by step, for some rows."""
    rows = np.array(arcs, dtype=np.int64).reshape(-1, 4)
    shut = shut or {}
    steps = max(map(len, shut.values()), default=1)
    timed_row = np.full(len(rows), -1, dtype=np.int64)
    timed_row[list(shut)] = np.arange(len(shut))
    timed = [
        [0 if c == "1" else arcs[row][3] for c in text.ljust(steps, text[-1])]
        for row, text in shut.items()
    ]
    return StepRoads(
        n,
        *(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3]),
        np.array(sinks, dtype=np.int64),
        timed_row,
        np.array(timed, dtype=np.int64).reshape(len(shut), steps),
    )


def _leaving(*rows: tuple[int, int, int]) -> Leaving:
    """Rows of node, step, number."""
    return Leaving(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


def _done(roads: StepRoads, people: Leaving, last: int) -> int:
    return first_with(arrival_curve(roads, people, last), people.total)


@pytest.mark.real
def test_the_published_example_is_reproduced(shared_dir: Path) -> None:
    """Lu, George and Shekhar 2005: both minimum horizons and the whole curve, with and without
    limits of the nodes; the published heuristic is not faster."""
    path = shared_dir / "benchmarks" / "flow_over_time" / "ccrp_example.json"
    given_ = json.loads(path.read_text())
    table = np.array(given_["edges_from_to_capacity_time"])
    arcs = [(a, b, time, capacity) for a, b, capacity, time in table.tolist()]
    people = _leaving(*((int(node), 0, n) for node, n in given_["supply"].items()))
    free = _roads(15, arcs, given_["sinks"])
    room = np.full(free.n_nodes, NO_LIMIT)
    room[[int(node) for node in given_["node_capacity"]]] = list(given_["node_capacity"].values())
    limited = replace(free, room=room)
    assert _done(free, people, 60) == given_["min_horizon_no_node_limits"] == 16
    assert _done(limited, people, 60) == given_["min_horizon_node_limits"] == 16
    assert _done(limited, people, 60) <= given_["ccrp_published_egress"]
    expected = [given_["earliest_arrival_curve"][str(step)] for step in range(1, 17)]
    for roads in (free, limited):
        assert arrival_curve(roads, people, 16).tolist()[1:] == expected


def test_one_road_is_number_over_capacity_plus_its_time() -> None:
    """10 by a road of 3 steps with 4 a step: 4, 4, 2 enter in steps 0, 1, 2; out by step 5."""
    roads = _roads(2, [(0, 1, 3, 4)], [1])
    people = _leaving((0, 0, 10))
    assert arrival_curve(roads, people, 6).tolist() == [0, 0, 0, 4, 8, 10, 10]
    assert _done(roads, people, 99) == 5
    assert _done(roads, people, 4) == NEVER
    assert first_with(arrival_curve(roads, _leaving(), 9), 0) == 0


def test_a_second_way_is_used_when_it_pays() -> None:
    """A short road with 1 a step and a long one with 2: 9 people need both."""
    roads = _roads(2, [(0, 1, 1, 1), (0, 1, 4, 2)], [1])
    assert arrival_curve(roads, _leaving((0, 0, 9)), 6).tolist() == [0, 1, 2, 3, 6, 9, 9]


def test_roads_close_and_reopen() -> None:
    """Shut from step 2 to 4: two enter before, the others wait at the node and go after."""
    roads = _roads(2, [(0, 1, 1, 1)], [1], {0: "0011100"})
    people = _leaving((0, 0, 4))
    assert arrival_curve(roads, people, 8).tolist() == [0, 1, 2, 2, 2, 2, 3, 4, 4]
    shut_for_ever = _roads(2, [(0, 1, 1, 1)], [1], {0: "001"})
    assert out_by(shut_for_ever, people, 50) == 2
    assert _done(shut_for_ever, people, 50) == NEVER


def test_whoever_is_past_the_first_road_waits_before_the_shut_second_one() -> None:
    """The second road opens at step 3 with room for all: the slow first one is done meanwhile."""
    roads = _roads(3, [(0, 1, 1, 1), (1, 2, 1, 9)], [2], {1: "1110"})
    assert out_by(roads, _leaving((0, 0, 3)), 4) == 3


def test_room_at_a_node_limits_who_waits_there() -> None:
    """The same with room for one at the middle node: it takes two more steps. At home there is
    always room."""
    free = _roads(3, [(0, 1, 1, 1), (1, 2, 1, 9)], [2], {1: "1110"})
    limited = replace(free, room=np.array([0, 1, 0]))
    people = _leaving((0, 0, 3))
    assert out_by(limited, people, 4) == 2 and _done(limited, people, 9) == 5


ARC = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 3), st.integers(0, 4))


@settings(max_examples=200, deadline=None)
@given(
    arcs=st.lists(ARC, min_size=1, max_size=22),
    shut=st.dictionaries(st.integers(0, 21), st.text("01", min_size=1, max_size=9), max_size=5),
    people=st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 5), st.integers(1, 15)), min_size=1, max_size=5
    ),
    sinks=st.sets(st.integers(0, 6), min_size=1, max_size=2),
    room=st.none() | st.lists(st.integers(0, 6), min_size=7, max_size=7),
)
def test_it_is_a_maximum_flow_at_every_step(
    arcs: list[Road],
    shut: dict[int, str],
    people: list[tuple[int, int, int]],
    sinks: set[int],
    room: list[int] | None,
) -> None:
    """On random roads with closures, reopenings, several sinks and limited room: at each step the
    number that scipy finds for the flow written down step by step."""
    shut = {row: text for row, text in shut.items() if row < len(arcs)}
    free = _roads(7, arcs, sorted(sinks), shut)
    roads = replace(free, room=None if room is None else np.array(room))
    curve = arrival_curve(roads, _leaving(*people), 12).tolist()
    assert curve == [_by_scipy(roads, shut, people, last) for last in range(13)]


def _by_scipy(
    roads: StepRoads, shut: dict[int, str], people: list[tuple[int, int, int]], last: int
) -> int:
    """Most out by a step: places and homes copied for every step, one source and one sink."""
    steps, n = last + 1, roads.n_nodes
    source, sink = (n + len(people)) * steps, (n + len(people)) * steps + 1
    arcs = []
    table = zip(roads.start, roads.end, roads.takes, roads.passes, strict=True)
    for k, (a, b, takes, passes) in enumerate(table):
        for step in range(steps - takes):
            text = shut.get(k, "0")
            if text[min(step, len(text) - 1)] == "0":
                arcs.append((a * steps + step, b * steps + step + takes, passes))
    room = [10**6] * n if roads.room is None else roads.room.tolist()
    for place, most in enumerate(room + [10**6] * len(people)):
        arcs += [(place * steps + k, place * steps + k + 1, most) for k in range(last)]
    for k, (node, first, number) in enumerate(people):
        home = (n + k) * steps
        arcs += [(home + step, node * steps + step, 10**6) for step in range(steps)]
        arcs += [(source, home + first, number)] if first <= last else []
    arcs += [(place * steps + step, sink, 10**6) for place in roads.sinks for step in range(steps)]
    tail, head, most = np.array(arcs, dtype=np.int64).T
    graph = coo_array((most.astype(np.int32), (tail, head)), shape=(sink + 1, sink + 1)).tocsr()
    return int(maximum_flow(graph, source, sink).flow_value)


def test_a_street_grid_with_many_ways_round() -> None:
    """A grid of 100 crossings with 20 steps of rush: as scipy finds it, where one way after
    another has to be sent elsewhere."""
    rng = np.random.default_rng(5)
    side, arcs = 10, []
    for y in range(side):
        for x in range(side):
            here = y * side + x
            right, up = [here + 1] * (x + 1 < side), [here + side] * (y + 1 < side)
            for other in right + up:
                takes, passes = int(rng.integers(0, 3)), int(rng.integers(1, 9))
                arcs += [(here, other, takes, passes), (other, here, takes, passes)]
    people = [(int(k), int(rng.integers(0, 12)), 9) for k in rng.integers(0, side**2, 150)]
    sinks = [0, side**2 - 1]
    roads = _roads(side**2, arcs, sinks)
    curve = arrival_curve(roads, _leaving(*people), 40)
    for last in (6, 15, 25, 40):
        assert curve[last] == _by_scipy(roads, {}, people, last)
    assert 0 < curve[15] < curve[25] < 150 * 9
