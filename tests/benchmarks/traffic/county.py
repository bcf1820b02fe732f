"""The yardstick county, and demand from clustered homes to a hundred destinations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from cases import Case, Roads, follow, towards
from places import Ends, auckland_roads, compact, make_roads
from scipy.spatial import cKDTree


def county_roads() -> Roads:
    """About 107,000 links between 39,000 nodes: a torn lattice with main roads every eighth row."""
    side, rng = 199, np.random.default_rng(7)
    spot = np.arange(side * side).reshape(side, side)
    gx, gy = np.meshgrid(np.arange(side) * 250.0, np.arange(side) * 250.0)
    x = gx.ravel() + rng.uniform(-80, 80, side * side)
    y = gy.ravel() + rng.uniform(-80, 80, side * side)
    main_row = np.arange(side) % 8 == 4
    right = np.column_stack([spot[:, :-1].ravel(), spot[:, 1:].ravel()])
    up = np.column_stack([spot[:-1].ravel(), spot[1:].ravel()])
    main = np.concatenate([np.repeat(main_row, side - 1), np.tile(main_row, side - 1)])
    pairs = np.concatenate([right, up])
    kept = main | (rng.random(len(pairs)) < 0.642)
    pairs, main = pairs[kept], main[kept]
    both = np.concatenate([pairs, pairs[:, ::-1]])
    main = np.concatenate([main, main])
    length = np.hypot(x[both[:, 0]] - x[both[:, 1]], y[both[:, 0]] - y[both[:, 1]])
    bend = np.tile(rng.uniform(1.0, 1.5, len(pairs)), 2)
    speed = np.where(main, 60.0, np.tile(rng.choice([30.0, 40.0], len(pairs)), 2))
    ends = Ends(x, y, both[:, 0], both[:, 1])
    return compact(make_roads(ends, length * bend, speed, np.where(main, 2, 1)))


DESTINATIONS = 100


def county(cars: int = 150_000, hours: float = 6.0) -> Case:
    """The yardstick county's cars: from 300 towns and the land between to 100 destinations.

    Each car takes one of the eight destinations nearest to it as the crow flies, by chance.
    """
    roads = county_roads()
    rng = np.random.default_rng(11)
    return to_destinations("county", roads, rng, cars, hours, choices=8)


def to_destinations(
    name: str, roads: Roads, rng: np.random.Generator, cars: int, hours: float, choices: int
) -> Case:
    """Cars from clustered homes to one of their nearest destinations, leaving evenly."""
    nodes = np.column_stack([roads.x, roads.y])
    reached = np.flatnonzero(np.bincount(roads.end, minlength=roads.n_nodes) >= 3)
    dest = np.sort(rng.choice(reached, DESTINATIONS, replace=False))
    towns = nodes[rng.choice(roads.n_nodes, 300, replace=False)]
    weight = rng.pareto(1.2, 300) + 0.1
    home = towns[rng.choice(300, cars, p=weight / weight.sum())] + rng.normal(0, 900, (cars, 2))
    lonely = rng.random(cars) < 0.3
    home[lonely] = nodes[rng.integers(0, roads.n_nodes, int(lonely.sum()))]
    origin = cKDTree(nodes).query(home)[1].astype(np.int64)
    near = cKDTree(nodes[dest]).query(nodes[origin], k=choices)[1].reshape(cars, choices)
    pick = near[np.arange(cars), rng.integers(0, choices, cars)]
    stay = dest[pick] == origin
    pick[stay] = (pick[stay] + 1) % DESTINATIONS
    depart = rng.integers(0, int(hours * 3_600_000), cars)
    trees = [towards(roads, [node]) for node in dest.tolist()]
    trips = follow(roads, trees, pick, origin, depart)
    return Case(name, roads, trips, horizon_s=24 * 3600)


def auckland(shared: Path, cars: int) -> Case:
    """Private cars on the Auckland network to the nearest three of 100 destinations, in 6 hours."""
    rng = np.random.default_rng(13)
    return to_destinations(f"Auckland, {cars:,}", auckland_roads(shared), rng, cars, 6.0, 3)
