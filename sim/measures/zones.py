"""The same questions zone by zone, for maps, worst places and working lists."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.measures.crowd import time_of_share_by_zone
from sim.measures.facts import Facts
from sim.measures.timing import t90_margins_min

OUT_SHARE = 0.9


def zone_measures(facts: Facts) -> dict[str, float]:
    """``zone:<id>:<measure>`` for every zone with people.

    order_clock_min: 立即转移. out_clock_min: nine in ten of its people have arrived at a safe
    place. Both are absent for a zone with neither order nor hazard, +∞ when not reached.
    out_before_cutoff_share, t90_margin_min: as for the whole plan; the margin is absent for a
    zone not cut off in this member.
    """
    people = facts.people_by_zone
    concerned = (people > 0) & (np.minimum(facts.ordered_ms, facts.hazard_ms) < NEVER)
    out = time_of_share_by_zone(facts.out, facts.size, facts.zone, people, OUT_SHARE)
    columns = {
        "order_clock_min": np.where(concerned, _clock_min(facts.ordered_ms), np.nan),
        "out_clock_min": np.where(concerned, _clock_min(out), np.nan),
    }
    if facts.cutoff_known:
        share = facts.by_zone(facts.out_at_cutoff) / np.maximum(people, 1)
        columns["out_before_cutoff_share"] = np.where(people > 0, share, np.nan)
        columns["t90_margin_min"] = t90_margins_min(facts)
    ids = [row.id for row in facts.world.zones.rows]
    return {
        f"zone:{ids[row]}:{name}": value
        for name, column in columns.items()
        for row, value in enumerate(column.tolist())
        if value == value  # NaN: the zone has no such number tonight
    }


def _clock_min(times_ms: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.where(times_ms < NEVER, times_ms / MS_PER_MIN, np.inf)
