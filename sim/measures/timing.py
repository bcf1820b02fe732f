"""When people were out, counted, told; when the order came; how it compares with the cut-off.

A replication with neither an order nor a hazard has no times: they are absent, not infinite. With
a hazard and without an order they are +∞, not reached.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.measures.crowd import minutes, time_of_share, time_of_share_by_zone
from sim.measures.facts import Facts

Int64 = NDArray[np.int64]
MARGIN_SHARE = 0.9
"""T90 is the time by which nine in ten are head-counted."""


def timing_measures(facts: Facts) -> dict[str, float]:
    """Clock times to head-count, the order, and the headline share out before the cut-off."""
    found = _before_cutoff(facts)
    if not _anything_happened(facts):
        return found
    for name, share in (("t50", 0.5), ("t90", 0.9), ("t100", 1.0)):
        moment = time_of_share(facts.registered, facts.size, share)
        found[f"{name}_clock_min"] = minutes(moment)
    found["order_clock_min"] = minutes(int(facts.ordered_ms.min(initial=NEVER)))
    found |= _since_order(facts)
    margins = t90_margins_min(facts)
    if not np.isnan(margins).all():
        found["t90_margin_min"] = float(np.nanmin(margins))
    return found


def _anything_happened(facts: Facts) -> bool:
    return bool((facts.ordered_ms < NEVER).any() or (facts.hazard_ms < NEVER).any())


def _before_cutoff(facts: Facts) -> dict[str, float]:
    """提前安全转移率, by any mode, in place included; left behind: not out when the road was cut.

    A zone that is never cut off in this member has until the horizon: who is out then counts, and
    nobody of it is left behind. Absent where no roads tell the cut-off (travel-time matrix).
    """
    total = facts.people_at_risk
    if not facts.cutoff_known or not total:
        return {}
    cut = facts.cutoff_ms[facts.zone] < NEVER
    return {
        "out_before_cutoff_share": facts.persons(facts.out_at_cutoff) / total,
        "left_behind_at_cutoff": float(facts.persons(cut & ~facts.out_at_cutoff)),
    }


def _since_order(facts: Facts) -> dict[str, float]:
    """Minutes from each zone's own order until nine in ten of the ordered were told, counted.

    Whoever was told or counted before it (at 准备转移) has 0 minutes. Absent without an order.
    """
    ordered = facts.ordered_ms[facts.zone]
    mine = ordered < NEVER
    if not mine.any():
        return {}
    found = {}
    for name, times in (("told", facts.told), ("registered", facts.registered)):
        since = since_reference(times[mine], ordered[mine])
        found[f"{name}_t90_min"] = minutes(time_of_share(since, facts.size[mine], 0.9))
    return found


def since_reference(times_ms: Int64, reference_ms: Int64) -> Int64:
    """Time since a reference, never below 0; NEVER where either did not come."""
    known = (times_ms < NEVER) & (reference_ms < NEVER)
    return np.where(known, np.maximum(times_ms - reference_ms, 0), NEVER)


def t90_margins_min(facts: Facts) -> NDArray[np.float64]:
    """Per zone: minutes left between its T90 (head-count) and its cut-off, float64[n_zones].

    Negative: nine in ten were counted only after the road was cut; −∞: never. NaN for a zone
    that is not cut off in this member or has nobody.
    """
    t90 = time_of_share_by_zone(
        facts.registered, facts.size, facts.zone, facts.people_by_zone, MARGIN_SHARE
    )
    margins = np.full(facts.n_zones, np.nan)
    cut = (facts.cutoff_ms < NEVER) & (facts.people_by_zone > 0)
    margin = (facts.cutoff_ms - t90) / MS_PER_MIN
    margins[cut] = np.where(t90[cut] < NEVER, margin[cut], -math.inf)
    return margins
