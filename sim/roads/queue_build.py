"""The rows of the traffic kernel, made from a network and what its links carry."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.roads.network import Int32Array, Network
from sim.roads.queue_inputs import MOST_PCU, Supply
from sim.roads.queue_rows import GATE, LATEST, LINK, NARROW, NARROW_ROAD, RowArray
from sim.roads.routing import Water


def link_rows(network: Network, supply: Supply, water: Water) -> tuple[RowArray, Int32Array]:
    """Empty links, and their places, all free.

    Raises:
        ValueError: a column does not fit the network, or a link holds nothing.
    """
    n = network.n_edges
    for name in ("headway_q10", "storage_pcu", "wave_ms", "reverse", "passing_mm"):
        column = getattr(supply, name)
        if column is not None and len(column) != n:
            raise ValueError(f"{name} has {len(column)} rows, must be {n}")
    if supply.storage_pcu.min() < 1 or supply.storage_pcu.max() > 32_767:
        raise ValueError(f"storage_pcu(={supply.storage_pcu.min()}) must be 1 to 32767")
    links = aligned_rows(n, LINK)
    links["head"] = links["tail"] = links["chain"] = -1
    links["to_node"], links["speed"] = network.edge_to, network.speed_kmh_x10
    links["length_mm"], links["wet_row"] = network.length_mm, water.edge_row
    links["headway"], links["storage"] = supply.headway_q10, supply.storage_pcu
    links["wave_ms"] = np.minimum(supply.wave_ms, LATEST - 1)
    ends = np.cumsum(supply.storage_pcu, dtype=np.int64)
    links["slot_base"] = ends - supply.storage_pcu
    links["roomy"] = roomy(supply.headway_q10, supply.storage_pcu, supply.wave_ms)
    if supply.reverse is not None:
        links["bits"][supply.reverse >= 0] = NARROW
    return links, np.zeros(int(ends[-1]), dtype=np.int32)


def roomy(headway_q10: Int32Array, storage: Int32Array, wave_ms: Int32Array) -> Int32Array:
    """Up to this count of pcu there is room, however much of the room is still on its way."""
    waves = (wave_ms.astype(np.int64) << 10) // np.maximum(headway_q10, 1) + MOST_PCU
    rows: Int32Array = np.maximum(storage - waves, -1).astype(np.int32)
    return rows


def gate_rows(network: Network) -> RowArray:
    """Gates before which nobody waits."""
    gates = aligned_rows(network.n_edges, GATE)
    for name in ("served_by", "event_ms", "chain", "waits_for", "waiting", "next_waiting"):
        gates[name] = -1
    gates["home_head"] = gates["home_tail"] = -1
    return gates


def narrow_rows(network: Network, supply: Supply) -> RowArray:
    """The narrow roads, a row per link; no row when there is none."""
    if supply.reverse is None or not (supply.reverse >= 0).any():
        return np.zeros(0, dtype=NARROW_ROAD)
    rows = np.zeros(network.n_edges, dtype=NARROW_ROAD)
    passing = network.length_mm if supply.passing_mm is None else supply.passing_mm
    rows["reverse"], rows["passing_mm"] = supply.reverse, passing
    return rows


def aligned_rows(n: int, dtype: np.dtype[np.void]) -> RowArray:
    """Rows that begin at a cache line."""
    raw = np.zeros(n * dtype.itemsize + 64, dtype=np.uint8)
    shift = -raw.ctypes.data % 64
    rows: RowArray = raw[shift : shift + n * dtype.itemsize].view(dtype)
    return rows


def level_rows(water: Water, n_classes: int) -> Int32Array:
    """What harms, and where that is not what stops vehicles a block of rows for every class.

    Raises:
        ValueError: there is not one block for every class.
    """
    if water.hinder is None:
        return water.levels
    if len(water.hinder) != n_classes * len(water.levels):
        raise ValueError(f"hinder has {len(water.hinder)} rows, must be {n_classes} blocks")
    return np.concatenate([water.levels, water.hinder])


def table_rows(tables: Sequence[Int32Array]) -> Int32Array:
    """Depth limit and speed by depth of each class in one table."""
    rows = np.zeros((len(tables), 1 + max(len(t) for t in tables)), dtype=np.int32)
    for row, table in zip(rows, tables, strict=True):
        row[0], row[1 : 1 + len(table)] = len(table), table
    return rows
