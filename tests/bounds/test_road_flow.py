"""The road flow: the published example exactly, cases by hand, and brute force on small ones."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from sim.bounds.road_flow import (
    NO_LIMIT,
    Leaving,
    StepRoads,
    arrival_curve,
    first_step,
    latest_start,
    out_by,
    quickest,
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
    shut_row = np.full(len(rows), -1, dtype=np.int64)
    shut_row[list(shut)] = np.arange(len(shut))
    columns = [[c == "1" for c in text.ljust(steps, text[-1])] for text in shut.values()]
    return StepRoads(
        n,
        *(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3]),
        np.array(sinks, dtype=np.int64),
        shut_row,
        np.array(columns, dtype=np.bool_).reshape(len(shut), steps),
    )


def _leaving(*rows: tuple[int, int, int]) -> Leaving:
    """Rows of node, step, number."""
    return Leaving(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


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
    limited = StepRoads(*list(free.__dict__.values())[:-1], room=room)
    assert quickest(free, people, 60) == given_["min_horizon_no_node_limits"] == 16
    assert quickest(limited, people, 60) == given_["min_horizon_node_limits"] == 16
    assert quickest(limited, people, 60) <= given_["ccrp_published_egress"]
    expected = [given_["earliest_arrival_curve"][str(step)] for step in range(1, 17)]
    for roads in (free, limited):
        assert arrival_curve(roads, people, 16).tolist()[1:] == expected


def test_one_road_is_number_over_capacity_plus_its_time() -> None:
    """10 by a road of 3 steps with 4 a step: 4, 4, 2 enter in steps 0, 1, 2; out by step 5."""
    roads = _roads(2, [(0, 1, 3, 4)], [1])
    people = _leaving((0, 0, 10))
    assert arrival_curve(roads, people, 6).tolist() == [0, 0, 0, 4, 8, 10, 10]
    assert quickest(roads, people, 99) == 5
    assert quickest(roads, people, 4) == NEVER
    assert quickest(roads, _leaving(), 9) == 0


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
    assert quickest(shut_for_ever, people, 50) == NEVER


def test_whoever_is_past_the_first_road_waits_before_the_shut_second_one() -> None:
    """The second road opens at step 3 with room for all: the slow first one is done meanwhile."""
    roads = _roads(3, [(0, 1, 1, 1), (1, 2, 1, 9)], [2], {1: "1110"})
    assert out_by(roads, _leaving((0, 0, 3)), 4) == 3


def test_room_at_a_node_limits_who_waits_there() -> None:
    """The same with room for one at the middle node: it takes two more steps. At home there is
    always room."""
    free = _roads(3, [(0, 1, 1, 1), (1, 2, 1, 9)], [2], {1: "1110"})
    limited = StepRoads(*list(free.__dict__.values())[:-1], room=np.array([0, 1, 0]))
    people = _leaving((0, 0, 3))
    assert out_by(limited, people, 4) == 2 and quickest(limited, people, 9) == 5


def test_latest_start_by_hand() -> None:
    """10 people need 5 steps; to be out by 12 they may leave at 7; for 8 of them 8 will do."""
    roads, people = _roads(2, [(0, 1, 3, 4)], [1]), _leaving((0, 0, 10))
    assert latest_start(roads, people, 12, 10) == 7
    assert latest_start(roads, people, 12, 8) == 8
    assert latest_start(roads, people, 4, 10) == -1
    assert latest_start(roads, people, 4, 0) == 5


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 70))
def test_first_step_finds_the_first(first: int, span: int, turning: int) -> None:
    """The smallest step from which on it holds, NEVER when it does not within the range."""
    last = first + span
    expected = max(first, turning) if turning <= last else NEVER
    assert first_step(lambda step: step >= turning, first, last) == expected


ARC = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2), st.integers(0, 3))


@settings(max_examples=60, deadline=None)
@given(
    arcs=st.lists(ARC, min_size=1, max_size=7),
    shut=st.dictionaries(st.integers(0, 6), st.text("01", min_size=1, max_size=5), max_size=3),
    people=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(1, 4)), min_size=1, max_size=3
    ),
    last=st.integers(0, 6),
)
def test_it_is_the_optimum_of_the_linear_programme(
    arcs: list[Road], shut: dict[int, str], people: list[tuple[int, int, int]], last: int
) -> None:
    """On random roads with closures and reopenings: the same number as HiGHS finds for the flow
    written down step by step; and one more step never brings fewer."""
    shut = {row: text for row, text in shut.items() if row < len(arcs)}
    roads, who = _roads(4, arcs, [3], shut), _leaving(*people)
    assert out_by(roads, who, last) == _by_linear_programme(arcs, shut, people, last)
    assert (np.diff(arrival_curve(roads, who, last)) >= 0).all()


def _by_linear_programme(
    arcs: list[Road], shut: dict[int, str], people: list[tuple[int, int, int]], last: int
) -> int:
    """Most out by a step, with a variable for every road and step, wait and step, and arrival."""
    steps, limits, rows = last + 1, [], []
    balance = np.zeros((4 * steps, 0))

    def flow(tail: int | None, head: int | None, most: float) -> None:
        nonlocal balance
        column = np.zeros((4 * steps, 1))
        if tail is not None:
            column[tail] -= 1
        if head is not None:
            column[head] += 1
        balance = np.hstack([balance, column])
        limits.append((0, most))
        rows.append(head is None)

    for k, (a, b, takes, passes) in enumerate(arcs):
        for step in range(steps - takes):
            text = shut.get(k, "0")
            is_shut = text[min(step, len(text) - 1)] == "1"
            flow(a * steps + step, b * steps + step + takes, 0 if is_shut else passes)
    for node in range(4):
        for step in range(steps - 1):
            flow(node * steps + step, node * steps + step + 1, 1e6)
    for node, step, number in people:
        if step <= last:
            flow(None, node * steps + step, number)
    for step in range(steps):
        flow(3 * steps + step, None, 1e6)
    found = linprog(
        -np.array(rows, dtype=float), A_eq=balance, b_eq=np.zeros(4 * steps), bounds=limits
    )
    return round(-found.fun)
