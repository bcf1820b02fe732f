"""When a stated share of people has got somewhere."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER

Int64 = NDArray[np.int64]
_LATEST = (1 << 34) - 1
"""Stands for NEVER in packed keys; 199 days, far beyond the longest horizon."""


def people_needed(share: float, total: int) -> int:
    """Least number of persons that is a share of a total; whole persons, never below 1."""
    return max(1, math.ceil(share * total - 1e-9))


def time_of_share(times_ms: Int64, persons: Int64, share: float) -> int:
    """Earliest time by which a share of the persons has reached something, NEVER if not.

    Args:
        times_ms: int64 per party, NEVER where not reached; may be negative (before a reference).
        persons: int64 per party; their sum is the whole of which ``share`` is taken.
    """
    needed = people_needed(share, int(persons.sum()))
    reached = times_ms < NEVER
    times, persons = times_ms[reached], persons[reached]
    order = np.argsort(times)
    counted = np.cumsum(persons[order])
    k = int(np.searchsorted(counted, needed))
    return int(times[order[k]]) if k < len(order) else NEVER


def time_of_share_by_zone(times_ms: Int64, persons: Int64, zone: Int64, people: Int64,
                          share: float) -> Int64:  # fmt: skip
    """The same for every zone, int64[n_zones]; NEVER too for a zone without people.

    Args:
        times_ms: int64 per party, ≥ 0, NEVER where not reached.
        zone: zone row of every party; people: persons per zone, int64[n_zones].
    """
    packed = (zone << 34) | np.minimum(times_ms, _LATEST)
    order = np.argsort(packed)
    counted = np.cumsum(persons[order])
    before = np.cumsum(people) - people
    needed = np.maximum(1, np.ceil(share * people - 1e-9).astype(np.int64))
    k = np.searchsorted(counted, before + needed)
    found = np.full(len(people), NEVER, dtype=np.int64)
    inside = (people > 0) & (k < len(order))
    found[inside] = packed[order[k[inside]]] & _LATEST
    found[found == _LATEST] = NEVER
    return found


def minutes(time_ms: int) -> float:
    """Minutes for a measure, +∞ for a time that did not come."""
    return math.inf if time_ms >= NEVER else time_ms / MS_PER_MIN
