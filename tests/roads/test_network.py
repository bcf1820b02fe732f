"""The network's arrays, its sample points, and what is kept of it."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clock import NO_LEVEL
from sim.roads.components import keep_main, label_components
from sim.roads.courses import Polylines
from sim.roads.network import Edges, Network, Nodes, build_network, subnetwork


def line_network(xs: list[float], z_m: list[float] | None = None, **columns: object) -> Network:
    """A road along the x axis, driven from left to right only."""
    n = len(xs)
    z = None if z_m is None else (np.array(z_m) * 1000).astype(np.int64)
    nodes = Nodes(tuple(f"n{i}" for i in range(n)), np.array(xs), np.zeros(n), z)
    edges = Edges(
        tuple(f"e{i}" for i in range(n - 1)),
        np.arange(n - 1, dtype=np.int32),
        np.arange(1, n, dtype=np.int32),
        np.full(n - 1, 400, dtype=np.int32),
        **columns,  # type: ignore[arg-type]
    )
    return build_network(nodes, edges)


def test_sample_points_hold_both_ends_and_the_spacing() -> None:
    """120 m need three pieces of 40 m, 100 m exactly two, 1 cm one; both ends are points."""
    network = line_network([0.0, 120.0, 220.0, 220.01])
    assert np.diff(network.sample_start).tolist() == [4, 3, 2]
    assert network.sample_x.tolist() == [0, 40, 80, 120, 120, 170, 220, 220, 220.01]
    assert network.length_mm.tolist() == [120_000, 100_000, 10]


def test_samples_follow_the_course_not_the_chord() -> None:
    """A road that goes 30 m north and back is 60 m long and is sampled at its northern end."""
    nodes = Nodes(("a", "b"), np.array([0.0, 1.0]), np.zeros(2))
    edges = Edges(
        ("e",), np.array([0], np.int32), np.array([1], np.int32), np.array([50], np.int32)
    )
    course = Polylines(np.array([0, 4]), np.array([0.0, 0, 1, 1]), np.array([0.0, 30, 30, 0]))
    network = build_network(nodes, edges, course)
    assert network.length_mm.tolist() == [61_000]
    assert network.sample_y.tolist() == [0, 30, 0]
    assert network.sample_x.tolist() == [0, 0.5, 1]


def test_surface_is_linear_between_nodes_and_the_deck_on_bridges() -> None:
    """Half way between 10 m and 12 m the road lies at 11 m; a bridge lies at its deck."""
    network = line_network(
        [0.0, 100.0, 200.0, 300.0],
        [10, 12, 14, 14],
        bridge=np.array([False, True, True]),
        deck_mm=np.array([NO_LEVEL, 15_000, NO_LEVEL]),
    )
    expected = [10_000, 11_000, 12_000, 15_000, 15_000, 15_000, 14_000, 14_000, 14_000]
    assert network.sample_z_mm.tolist() == expected


def test_unknown_ground_stays_unknown() -> None:
    """Without a node's elevation the road beside it has no level; it is never taken for 0 m."""
    network = line_network([0.0, 10.0])
    assert network.sample_z_mm.tolist() == [NO_LEVEL, NO_LEVEL]
    nodes = Nodes(("a", "b"), np.zeros(2), np.array([0.0, 9.0]), np.array([5000, NO_LEVEL]))
    ends = np.array([0], np.int32), np.array([1], np.int32)
    half_known = build_network(nodes, Edges(("e",), *ends, np.array([300], np.int32)))
    assert half_known.sample_z_mm.tolist() == [NO_LEVEL, NO_LEVEL]


def test_arrays_are_read_only() -> None:
    """Nobody writes into the shared network."""
    network = line_network([0.0, 10.0])
    with pytest.raises(ValueError, match="read-only"):
        network.length_mm[0] = 1


def test_a_copy_in_another_process_is_read_only_too() -> None:
    """Pickled and read again, a network refuses to be written, as the compiled calls expect."""
    network = pickle.loads(pickle.dumps(line_network([0, 100])))
    with pytest.raises(ValueError, match="read-only"):
        network.length_mm[0] = 1


def test_low_water_bridge_is_a_bridge() -> None:
    """Marking a low-water bridge marks a bridge too."""
    network = line_network([0.0, 10.0], low_water_bridge=np.array([True]))
    assert network.bridge.tolist() == [True]


def test_wrong_rows_are_refused() -> None:
    """An edge to a node that does not exist, or a speed of 0, is an error that names the value."""
    nodes = Nodes(("a",), np.zeros(1), np.zeros(1))
    zero, five = np.array([0], np.int32), np.array([5], np.int32)
    with pytest.raises(ValueError, match="to_node"):
        build_network(nodes, Edges(("e",), zero, five, five))
    with pytest.raises(ValueError, match="speed_kmh_x10"):
        build_network(nodes, Edges(("e",), zero, zero, zero))


def test_dropped_pieces_are_counted() -> None:
    """Two pieces: 3 nodes stay, the island of 2 nodes and 70 m is left out and said so."""
    nodes = Nodes(tuple("abcde"), np.array([0.0, 100, 200, 0, 70]), np.array([0.0, 0, 0, 9, 9]))
    ends = np.array([3, 0, 2], np.int32), np.array([4, 1, 1], np.int32)
    speed = np.full(3, 400, np.int32)
    network = build_network(
        nodes, Edges(("island", "ab", "cb"), *ends, speed, names=("i", "x", "y"))
    )
    kept, dropped = keep_main(network)
    assert (dropped.components, dropped.nodes, dropped.edges) == (1, 2, 1)
    assert dropped.length_km == pytest.approx(0.07)
    assert kept.node_ids == ("a", "b", "c")
    assert kept.edge_ids == ("ab", "cb") and kept.names == ("x", "y")
    assert kept.edge_from.tolist() == [0, 2] and kept.edge_to.tolist() == [1, 1]
    assert kept.in_edge[kept.in_start[1] : kept.in_start[2]].tolist() == [0, 1]
    assert kept.sample_x.tolist() == [0, 50, 100, 200, 150, 100]
    needed = np.array([False, False, False, True, False])
    whole, nothing = keep_main(network, needed=needed)
    assert nothing.components == 0 and whole is network


def test_strong_pieces_follow_directions() -> None:
    """A one-way chain is one weak piece and as many strong pieces as nodes."""
    network = line_network([0.0, 10.0, 20.0])
    assert label_components(network).tolist() == [0, 0, 0]
    assert sorted(label_components(network, strong=True).tolist()) == [0, 1, 2]


def test_subnetwork_needs_both_ends() -> None:
    """Keeping an edge without its node is a programming error, said at once."""
    network = line_network([0.0, 10.0])
    with pytest.raises(ValueError, match="both its nodes"):
        subnetwork(network, np.array([True]), np.array([True, False]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=2, max_size=8), st.integers(0, 2**31))
def test_sampling_properties(steps: list[int], seed: int) -> None:
    """Any course: neighbours at most 50 m apart, first and last sample are the edge's nodes."""
    rng = np.random.default_rng(seed)
    x = np.cumsum(np.array(steps, dtype=float))
    y = rng.integers(-300, 300, len(x)).astype(float)
    nodes = Nodes(("a", "b"), x[[0, -1]], y[[0, -1]])
    one = np.array([1], np.int32)
    edges = Edges(("e", "f"), np.array([0, 0], np.int32), np.repeat(one, 2), np.repeat(one, 2))
    course = Polylines(np.array([0, len(x), 2 * len(x)]), np.tile(x, 2), np.tile(y, 2))
    network = build_network(nodes, edges, course)
    for e in range(2):
        rows = slice(network.sample_start[e], network.sample_start[e + 1])
        sx, sy = network.sample_x[rows], network.sample_y[rows]
        assert (np.hypot(np.diff(sx), np.diff(sy)) <= 50.02).all()
        assert (sx[0], sy[0], sx[-1], sy[-1]) == (x[0], y[0], x[-1], y[-1])
