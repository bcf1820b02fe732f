"""The county of the benchmark: 231 places, 23 units, calls day and night; all drawn by key."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN
from sim.draws import Draws, child_keys
from sim.forces.coverage import Coverage
from sim.forces.field import Manner
from sim.forces.incidents import ONE, Call, Need
from sim.forces.relocation import Dmexclp
from sim.forces.rules import Batch, CoverKept, Nearest, OwnDistrict, Takes, Urgent
from sim.forces.units import UnitSpec

NODES, UNITS = 231, 23
SIDE_KM, KMH, DETOUR = 60.0, 45.0, 1.4
WITHIN_MS = 25 * MS_PER_MIN


def uniform(purpose: str, count: int) -> NDArray[np.float64]:
    """Keyed uniform numbers."""
    return (Draws(7, 0).u32(purpose, child_keys(1, count)) + 0.5) / 2**32


def times_ms() -> NDArray[np.int64]:
    """Minutes between 231 places in a square, straight × 1.4 at 45 km/h, as whole ms."""
    x, y = uniform("x", NODES) * SIDE_KM, uniform("y", NODES) * SIDE_KM
    km = np.hypot(x[:, None] - x, y[:, None] - y) * DETOUR
    return np.rint(km / KMH * 60 * MS_PER_MIN).astype(np.int64)


def posts() -> list[int]:
    """Every tenth place is a station."""
    return [10 * k for k in range(UNITS)]


def units(kinds: int = 1) -> list[UnitSpec]:
    """One unit at each station, of one kind of skill or of several in turn."""
    return [
        UnitSpec(tuple(int(k % kinds == j) for j in range(kinds)), post, district=k % 4)
        for k, post in enumerate(posts())
    ]


def calls(count: int, per_h: float, need: tuple[Need, ...] = (ONE,)) -> list[Call]:
    """Poisson calls at places drawn evenly, 30 min of work in the mean, three urgencies."""
    at = np.cumsum(-np.log(uniform("gap", count))) / per_h * 60 * MS_PER_MIN
    work = np.rint(-np.log(uniform("work", count)) * 30 * MS_PER_MIN).astype(np.int64).tolist()
    place = (uniform("place", count) * NODES).astype(np.int64).tolist()
    urgency = (uniform("urgency", count) * 3).astype(np.int64).tolist()
    return [
        Call(k, t, place[k], work[k], need[k % len(need)], urgency[k], place[k] % 4)
        for k, t in enumerate(np.rint(at).astype(np.int64).tolist())
    ]


SETS = (Need((1, 1, 0), (2, 1, 0)), Need((0, 1, 1), (0, 1, 1)), Need((1, 0, 0), (1, 0, 1)))
"""Two boats and a medic, of which one each may begin; a medic and a digger; a boat."""


def manners(times: NDArray[np.int64]) -> dict[str, Manner]:
    """Every rule and one relocation, for units of one skill."""
    cover = Coverage.on_matrix(np.ones(NODES, dtype=np.int64), times, WITHIN_MS, 0.4)
    return {
        "nearest": Manner(Nearest()),
        "cover kept": Manner(CoverKept(cover)),
        "own district first": Manner(OwnDistrict()),
        "urgent: re-dispatch": Manner(Urgent(Takes.UNDER_WAY)),
        "urgent: pre-emption": Manner(Urgent(Takes.AT_WORK)),
        "batches of 2 min": Manner(Batch(2 * MS_PER_MIN)),
        "nearest, relocation DMEXCLP": Manner(Nearest(), Dmexclp(cover, posts())),
    }
