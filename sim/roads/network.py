"""The road network as arrays: nodes, directed edges, and points along the edges.

A road open in both directions is two edges. Whoever asks for water on an edge asks at its sample
points, not at its middle: a road is as deep as its deepest place. All arrays are read-only, so
one network can be shared by every replication.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.clock import NO_LEVEL
from sim.roads.courses import BoolArray as BoolArray
from sim.roads.courses import FloatArray as FloatArray
from sim.roads.courses import Int32Array as Int32Array
from sim.roads.courses import IntArray as IntArray
from sim.roads.courses import Polylines, course_length_mm, sample_courses, starts

COACH_NO, COACH_YES, COACH_UNKNOWN = 0, 1, -1


@dataclass(frozen=True)
class Nodes:
    """Junctions and road ends, n rows: ids, position (working CRS, m), ground (mm), lights."""

    ids: tuple[str, ...]
    x: FloatArray
    y: FloatArray
    z_mm: IntArray | None = None
    signal: BoolArray | None = None


@dataclass(frozen=True)
class Edges:
    """Directed edges, n rows. A column left None takes the value for "nobody said".

    from_node, to_node are row numbers of nodes; length_mm is measured along the geometry when
    absent; 0 in capacity, width, limits and passing_place_m means unknown or none.
    """

    ids: tuple[str, ...]
    from_node: Int32Array
    to_node: Int32Array
    speed_kmh_x10: Int32Array
    length_mm: IntArray | None = None
    lanes: NDArray[np.int16] | None = None
    capacity_pcu_h: Int32Array | None = None
    width_mm: Int32Array | None = None
    height_limit_mm: Int32Array | None = None
    weight_limit_kg: Int32Array | None = None
    coach_ok: NDArray[np.int8] | None = None
    bridge: BoolArray | None = None
    low_water_bridge: BoolArray | None = None
    deck_mm: IntArray | None = None
    passing_place_m: Int32Array | None = None
    names: tuple[str, ...] | None = None
    road_class: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Network:
    """Roads of a scenario, built once and never written again.

    Nodes: ids, x and y in metres of the working CRS (rounded to 1 cm), ground level in mm or None,
    whether it has traffic lights.
    Directed edges: ends (node rows), length (mm), free speed (km/h times 10), lanes of this
    direction, capacity where it was stated (pcu/h, 0 unknown), width (mm, 0 unknown), height limit
    (mm, 0 none), weight limit (kg, 0 none), coach_ok (1 yes, 0 no, -1 unknown), bridges and their
    deck level (mm, NO_LEVEL unknown), distance between passing places (m, 0 none or unknown), name
    and class of the road. out_edge[out_start[i]:out_start[i+1]] are the edges leaving node i in
    ascending order, in_* likewise those that end there. Sample points of edge e are the rows
    sample_start[e] to sample_start[e+1]: both ends and points at most 50 m apart, with the level
    of the road surface there (mm, NO_LEVEL unknown).
    """

    node_ids: tuple[str, ...]
    node_x: FloatArray
    node_y: FloatArray
    node_z_mm: IntArray | None
    node_signal: BoolArray
    edge_ids: tuple[str, ...]
    edge_from: Int32Array
    edge_to: Int32Array
    length_mm: IntArray
    speed_kmh_x10: Int32Array
    lanes: NDArray[np.int16]
    capacity_pcu_h: Int32Array
    width_mm: Int32Array
    height_limit_mm: Int32Array
    weight_limit_kg: Int32Array
    coach_ok: NDArray[np.int8]
    bridge: BoolArray
    low_water_bridge: BoolArray
    deck_mm: IntArray
    passing_place_m: Int32Array
    names: tuple[str, ...]
    road_class: tuple[str, ...]
    out_start: Int32Array
    out_edge: Int32Array
    in_start: Int32Array
    in_edge: Int32Array
    sample_start: IntArray
    sample_x: FloatArray
    sample_y: FloatArray
    sample_z_mm: IntArray

    def __setstate__(self, columns: dict[str, Any]) -> None:
        """A copy in another process is as frozen as the first: compiled calls know the difference,
        and pickling forgets it."""
        self.__dict__.update(columns)
        _frozen(self)

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.node_ids)

    @property
    def n_edges(self) -> int:
        """Number of directed edges; a two-way road counts twice."""
        return len(self.edge_ids)

    @property
    def length_km(self) -> float:
        """Length of all directed edges together (km)."""
        return float(self.length_mm.sum()) / 1e6


def build_network(nodes: Nodes, edges: Edges, geometry: Polylines | None = None) -> Network:
    """Arrays of the network from node and edge columns; straight lines where no course is given.

    Raises:
        ValueError: an edge names a node row that does not exist, or a speed is not positive.
    """
    _check(nodes, edges)
    x, y = np.round(nodes.x, 2), np.round(nodes.y, 2)
    lines = geometry or _straight(x, y, edges)
    start, sample_x, sample_y, share = sample_courses(lines)
    n = len(edges.ids)
    length = course_length_mm(lines) if edges.length_mm is None else edges.length_mm
    bridge = _column(edges.bridge, n, np.bool_, False)
    deck = _column(edges.deck_mm, n, np.int64, NO_LEVEL)
    low_water = _column(edges.low_water_bridge, n, np.bool_, False)
    out_start, out_edge = _rows_by(edges.from_node, len(nodes.ids))
    in_start, in_edge = _rows_by(edges.to_node, len(nodes.ids))
    network = Network(
        node_ids=nodes.ids,
        node_x=x,
        node_y=y,
        node_z_mm=None if nodes.z_mm is None else nodes.z_mm.astype(np.int64),
        node_signal=_column(nodes.signal, len(nodes.ids), np.bool_, False),
        edge_ids=edges.ids,
        edge_from=edges.from_node.astype(np.int32),
        edge_to=edges.to_node.astype(np.int32),
        length_mm=np.maximum(length, 1).astype(np.int64),
        speed_kmh_x10=edges.speed_kmh_x10.astype(np.int32),
        lanes=_column(edges.lanes, n, np.int16, 1),
        capacity_pcu_h=_column(edges.capacity_pcu_h, n, np.int32, 0),
        width_mm=_column(edges.width_mm, n, np.int32, 0),
        height_limit_mm=_column(edges.height_limit_mm, n, np.int32, 0),
        weight_limit_kg=_column(edges.weight_limit_kg, n, np.int32, 0),
        coach_ok=_column(edges.coach_ok, n, np.int8, COACH_UNKNOWN),
        bridge=bridge | low_water,
        low_water_bridge=low_water,
        deck_mm=deck,
        passing_place_m=_column(edges.passing_place_m, n, np.int32, 0),
        names=edges.names or ("",) * n,
        road_class=edges.road_class or ("",) * n,
        out_start=out_start,
        out_edge=out_edge,
        in_start=in_start,
        in_edge=in_edge,
        sample_start=start,
        sample_x=sample_x,
        sample_y=sample_y,
        sample_z_mm=_surface(nodes.z_mm, edges, deck, (start, share)),
    )
    return _frozen(network)


def subnetwork(network: Network, keep_edge: BoolArray, keep_node: BoolArray) -> Network:
    """The network without the other nodes and edges; a kept edge needs both its ends kept.

    Raises:
        ValueError: a kept edge would lose an end.
    """
    if not (keep_node[network.edge_from] & keep_node[network.edge_to])[keep_edge].all():
        raise ValueError("an edge cannot be kept without both its nodes")
    new_row = np.cumsum(keep_node, dtype=np.int32) - 1
    counts = np.diff(network.sample_start)
    keep_sample = np.repeat(keep_edge, counts)
    n_nodes, n_edges = network.n_nodes, network.n_edges
    changes: dict[str, Any] = {}
    for field in fields(network):
        value = getattr(network, field.name)
        if field.name.startswith("node_"):
            changes[field.name] = _pick(value, keep_node, n_nodes)
        elif field.name.startswith(("sample_", "out_", "in_")):
            continue
        else:
            changes[field.name] = _pick(value, keep_edge, n_edges)
    for name in ("edge_from", "edge_to"):
        changes[name] = new_row[changes[name]]
    n_kept = int(keep_node.sum())
    changes["out_start"], changes["out_edge"] = _rows_by(changes["edge_from"], n_kept)
    changes["in_start"], changes["in_edge"] = _rows_by(changes["edge_to"], n_kept)
    changes["sample_start"] = starts(counts[keep_edge])
    for name in ("sample_x", "sample_y", "sample_z_mm"):
        changes[name] = getattr(network, name)[keep_sample]
    return _frozen(replace(network, **changes))


def _check(nodes: Nodes, edges: Edges) -> None:
    n_nodes, n_edges = len(nodes.ids), len(edges.ids)
    for name, ends in (("from_node", edges.from_node), ("to_node", edges.to_node)):
        if len(ends) != n_edges or (n_edges and (ends.min() < 0 or ends.max() >= n_nodes)):
            raise ValueError(f"{name} must hold {n_edges} rows of the {n_nodes} nodes")
    if not n_edges:
        raise ValueError("a network needs at least one edge")
    if edges.speed_kmh_x10.min() < 1:
        raise ValueError(f"speed_kmh_x10(={edges.speed_kmh_x10.min()}) must be at least 1")


def _column(values: NDArray[Any] | None, n: int, dtype: Any, default: Any) -> NDArray[Any]:
    """The column as its stored type, or the default in every row."""
    if values is None:
        return np.full(n, default, dtype=dtype)
    if len(values) != n:
        raise ValueError(f"an edge column has {len(values)} rows instead of {n}")
    return values.astype(dtype)


def _rows_by(ends: NDArray[Any], n_nodes: int) -> tuple[Int32Array, Int32Array]:
    order = np.argsort(ends, kind="stable").astype(np.int32)
    start = starts(np.bincount(ends, minlength=n_nodes))
    return start.astype(np.int32), order


def _straight(x: FloatArray, y: FloatArray, edges: Edges) -> Polylines:
    ends = np.column_stack([edges.from_node, edges.to_node]).ravel()
    return Polylines(np.arange(0, len(ends) + 1, 2, dtype=np.int64), x[ends], y[ends])


def _surface(
    z_mm: IntArray | None, edges: Edges, deck: IntArray, samples: tuple[IntArray, FloatArray]
) -> IntArray:
    """Level of the road surface at the sample points; the deck of a bridge where it is known."""
    start, share = samples
    edge = np.repeat(np.arange(len(deck)), np.diff(start))
    level = np.full(len(edge), NO_LEVEL, dtype=np.int64)
    if z_mm is not None:
        low, high = z_mm[edges.from_node[edge]], z_mm[edges.to_node[edge]]
        known = (low != NO_LEVEL) & (high != NO_LEVEL)
        line = np.round(low + share * (high - low)).astype(np.int64)
        level = np.where(known, line, level)
    return np.where(deck[edge] != NO_LEVEL, deck[edge], level)


def _pick(value: Any, keep: BoolArray, n: int) -> Any:
    if value is None:
        return None
    if isinstance(value, tuple):
        return tuple(v for v, k in zip(value, keep[:n], strict=True) if k)
    return value[keep]


def _frozen(network: Network) -> Network:
    for field in fields(network):
        value = getattr(network, field.name)
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
    return network
