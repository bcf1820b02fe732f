"""Snapping: the nearest node, the distance, and ties to the lowest row."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.io.snap import SnapLimits, snap, snap_problems
from sim.roads.network import Edges, Network, Nodes, build_network


def at(points: list[tuple[float, float]]) -> Network:
    """A chain of roads through the points."""
    xy, n = np.array(points, dtype=float), len(points)
    nodes = Nodes(tuple(f"n{i}" for i in range(n)), xy[:, 0], xy[:, 1])
    first, second = np.arange(n - 1, dtype=np.int32), np.arange(1, n, dtype=np.int32)
    ids = tuple(f"e{i}" for i in range(n - 1))
    return build_network(nodes, Edges(ids, first, second, np.full(n - 1, 300, np.int32)))


def test_nearest_and_distance() -> None:
    """3 m east and 4 m north of a node is 5 m from it."""
    node, distance = snap([3.0, 99.0], [4.0, 0.0], at([(0, 0), (100, 0)]))
    assert node.tolist() == [0, 1] and distance.tolist() == [5.0, 1.0]


def test_tie_goes_to_the_lowest_row() -> None:
    """Half way between two nodes, the one that comes first in the table is taken."""
    assert snap(50.0, 0.0, at([(100, 0), (0, 0)]))[0].tolist() == [0]
    assert snap(50.0, 0.0, at([(0, 0), (100, 0)]))[0].tolist() == [0]


def test_only_allowed_nodes() -> None:
    """A nearer node that coaches cannot reach is passed over."""
    network = at([(0, 0), (100, 0), (200, 0)])
    node, distance = snap(10.0, 0.0, network, np.array([False, False, True]))
    assert node.tolist() == [2] and distance.tolist() == [190.0]
    with pytest.raises(ValueError, match="no node"):
        snap(10.0, 0.0, network, np.zeros(3, dtype=bool))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=12),
    st.tuples(st.integers(0, 60), st.integers(0, 60)),
)
def test_against_brute_force(points: list[tuple[int, int]], place: tuple[int, int]) -> None:
    """The distance is the smallest of all distances, to the centimetre."""
    network = at([(float(x), float(y)) for x, y in points])
    node, distance = snap(float(place[0]), float(place[1]), network)
    every = [np.hypot(x - place[0], y - place[1]) for x, y in points]
    assert distance[0] == pytest.approx(min(every), abs=0.006)
    assert every[node[0]] == pytest.approx(min(every), abs=1e-9)


def test_far_places_become_problems() -> None:
    """Beyond the warning distance a warning, beyond the maximum an error, each with its row."""
    problems = snap_problems(
        np.array([10.0, 800.0, 4000.0]), SnapLimits(500, 3000), "settlements.csv", [2, 3, 4]
    )
    assert [(p.code, p.row, p.severity) for p in problems] == [
        ("snap.far", 3, "warning"),
        ("snap.too_far", 4, "error"),
    ]
    assert problems[1].found == "4000 m" and problems[1].allowed == "≤ 3000 m"
