"""What gusts break: trees onto roads, sheds over the people in them."""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN
from sim.draws import share_q32
from sim.draws_tables import compile_number
from sim.hazards.base import Blows, Geometry, Layer, LevelArray
from sim.hazards.debris import DEBRIS, ON_FOOT_ONLY
from sim.hazards.ensemble import TWO_32, EnsembleDraws
from sim.hazards.river_checks import FILE, SECTION
from sim.hazards.road_points import RoadPoints
from sim.roads.levels import NEVER_LEVEL
from sim.schema.hazard_typhoon import Trees, TyphoonSpec, WeakPlaces
from sim.schema.problems import InputError, Problem

TENTHS = 10


def weak_limits(weak: tuple[WeakPlaces, ...], geometry: Geometry) -> LevelArray:
    """Gust (0.1 m/s) from which people at each place are in danger; NEVER_LEVEL in houses.

    Raises:
        InputError: a place does not exist.
    """
    limits = np.full(geometry.n_places, NEVER_LEVEL, np.int32)
    rows = {name: row for row, name in enumerate(geometry.place_ids)}
    problems = []
    for i, group in enumerate(weak):
        for name in group.places:
            if name in rows:
                harm = round(group.harm_gust_m_s * TENTHS)
                limits[rows[name]] = min(harm, int(limits[rows[name]]))
            else:
                field = f"{SECTION}.weak.{i}.places"
                problems.append(Problem("hazard.place_unknown", FILE, None, field, name))
    if problems:
        raise InputError(problems)
    return limits


def fallen_trees(
    spec: Trees,
    roads: RoadPoints,
    gusts: LevelArray,
    n_places: int,
    of: tuple[EnsembleDraws, int, int],
) -> Layer:
    """Roads under fallen trees; of: the ensemble's draws, the member, length of a step.

    Every road has its own gust at which its trees fall, if it has any that can.
    """
    draws, k, step_ms = of
    drawn = draws.noise(k, "hazard/trees", roads.keys()).astype(np.float64) / TWO_32
    low, high = spec.from_gust_m_s * TENTHS, spec.all_gust_m_s * TENTHS
    ladder = low + (high - low) * drawn / max(spec.share, 1e-9)
    falls_at = np.where(drawn < spec.share, ladder, np.inf)
    fallen = gusts >= falls_at[:, None]
    lies = max(round(spec.cleared_h * MS_PER_HOUR) // step_ms, 1)
    n_steps = gusts.shape[1]
    since = np.where(fallen, np.arange(n_steps), -n_steps - lies)
    last = np.maximum.accumulate(since, axis=1)
    levels = np.where(np.arange(n_steps) - last < lies, ON_FOOT_ONLY, 0).astype(np.int32)
    nowhere = np.full(n_places, -1, np.int32)
    edge_row, rows = roads.rows(levels)
    return Layer(DEBRIS, edge_row, rows, nowhere, np.zeros((0, n_steps), np.int32))


def falling_sheds(spec: TyphoonSpec, geometry: Geometry, gusts: LevelArray, step_ms: int) -> Blows:
    """Sheds that fall at the first gust that is too much, at every weak place."""
    rows = {name: row for row, name in enumerate(geometry.place_ids)}
    blows = []
    for group in spec.weak:
        shares = share_q32(group.killed_share), share_q32(group.trapped_share)
        for name in group.places:
            row = rows[name]
            reached = np.flatnonzero(gusts[row] >= round(group.falls_gust_m_s * TENTHS))
            if len(reached) and row < geometry.n_homes:
                blows.append((int(reached[0]) * step_ms, row, *shares))
    table = np.array(blows, np.int64).reshape(-1, 4)
    return Blows(
        *(table[:, 0], table[:, 1].astype(np.int32), table[:, 2], table[:, 3]),
        endures=compile_number(spec.lives_h, MS_PER_HOUR).table,
        dig=compile_number(spec.dig_min, MS_PER_MIN).table,
    )
