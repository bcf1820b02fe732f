"""What roads can carry: flow capacity, storage, and the speed at which room moves backwards.

Values stand in ``sim/defaults/traffic.csv`` with source and confidence. One-lane roads take the
HCM capacity of a two-lane road for their speed, per direction; wider ones so much per lane. A
road too narrow for two vehicles serves both directions in turn at its passing places.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.roads.defaults import read_defaults
from sim.roads.network import BoolArray, Network
from sim.roads.queues import Supply, headway

Int64 = NDArray[np.int64]

SPEED_STEPS = (32, 40, 48, 56)


def capacity_pcu_h(network: Network) -> Int64:
    """Flow capacity of every directed edge on a dry day, int64[n_edges] in pcu per hour.

    A road that ends at traffic lights has its share of green. What the road table states goes
    before all that.
    """
    values = read_defaults("traffic.csv")
    steps = [values[f"two_lane_{kmh}_pcu_h"] for kmh in (*SPEED_STEPS, 64)]
    speed, lanes = network.speed_kmh_x10, network.lanes.astype(np.int64)
    two_lane = np.array(steps)[np.searchsorted(np.array(SPEED_STEPS) * 10, speed)]
    motorway = np.array([name == "motorway" for name in network.road_class])
    per_lane = np.where(motorway, values["motorway_pcu_h"], values["multilane_pcu_h"])
    capacity = np.where((lanes > 1) | motorway, per_lane * np.maximum(lanes, 1), two_lane)
    capacity = np.where(narrow_reverse(network) >= 0, values["narrow_pcu_h"], capacity)
    lights = network.node_signal[network.edge_to] & ~motorway
    capacity = np.where(lights, capacity * values["signal_share"], capacity)
    capacity = np.where(network.capacity_pcu_h > 0, network.capacity_pcu_h, capacity)
    return np.round(capacity).astype(np.int64)


def narrow_reverse(network: Network) -> NDArray[np.int32]:
    """Edge of the other direction where both share one lane, int32[n_edges]; -1 elsewhere.

    A road is narrow when its width is known and small, or when it has passing places.
    """
    narrow_mm = read_defaults("traffic.csv")["narrow_below_mm"]
    thin = (network.width_mm > 0) & (network.width_mm < narrow_mm)
    narrow = (thin | (network.passing_place_m > 0)) & (network.lanes <= 1)
    return opposite_edges(network, narrow)


def opposite_edges(network: Network, some: BoolArray) -> NDArray[np.int32]:
    """Edge of the other direction of the same road among some edges, int32[n_edges]; -1 for none.

    bool[n_edges]; the same ends and the same length make a road the same.
    """
    reverse = np.full(network.n_edges, -1, dtype=np.int32)
    ends: dict[tuple[int, int, int], int] = {}
    begin, end = network.edge_from.tolist(), network.edge_to.tolist()
    length = network.length_mm.tolist()
    for edge in np.flatnonzero(some).tolist():
        back = ends.pop((end[edge], begin[edge], length[edge]), -1)
        if back >= 0:
            reverse[edge], reverse[back] = back, edge
        else:
            ends[begin[edge], end[edge], length[edge]] = edge
    return reverse


def road_supply(network: Network) -> Supply:
    """Headways, places and backward waves of a network on a dry day (triangular diagram)."""
    values = read_defaults("traffic.csv")
    capacity = capacity_pcu_h(network).astype(np.float64)
    length_km = network.length_mm / 1e6
    lanes = np.maximum(network.lanes.astype(np.float64), 1)
    jam = values["jam_density_pcu_km"] * lanes
    moving = capacity / (network.speed_kmh_x10 / 10)  # pcu/km at capacity
    wave_kmh = capacity / np.maximum(jam - moving, 0.1 * jam)
    wave_ms = np.rint(length_km / wave_kmh * 3_600_000).astype(np.int32)
    free_ms = network.length_mm * 36 / network.speed_kmh_x10
    # whole places, rounded up: with one less a short link would not carry its capacity
    places = np.ceil((free_ms + wave_ms) * capacity / 3_600_000)
    storage = np.clip(places, 1, 32_767).astype(np.int32)
    passing = np.where(
        network.passing_place_m > 0, network.passing_place_m * 1000, values["passing_place_mm"]
    ).astype(np.int32)
    return Supply(headway(capacity), storage, wave_ms, narrow_reverse(network), passing)


def rain_share(mm_per_hour: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Share of the capacity left in rain (mm/h), by three classes (FHWA after HCM 2010)."""
    values = read_defaults("traffic.csv")
    rain = np.asarray(mm_per_hour, dtype=np.float64)
    steps = [1.0, *(values[f"rain_{name}_share"] for name in ("light", "medium", "heavy"))]
    share: NDArray[np.float64] = np.array(steps)[np.searchsorted([1e-9, 2.5, 6.4], rain)]
    return share
