"""Bounds of a station: bays, desks, any place where a fixed number is served at a time."""

from __future__ import annotations

import numpy as np

from sim.bounds.problem import Int64


def suffix_queue(arrival: Int64, work: Int64, servers: Int64 | int) -> Int64:
    """When those who come from each arrival on can be done at the earliest, int64[n].

    ``work`` is the service time of everybody who comes at or after that arrival. None of it can
    begin before the first of them is there, and at most ``servers`` parts of it run at a time, so
    it ends no sooner than arrival + work / servers (rounded up: the last one ends on a tick).
    """
    return arrival + -(-work // np.maximum(servers, 1))


def queue(arrival: Int64, service: Int64, servers: int) -> int:
    """Bound of one queue over all moments of arrival; 0 when nobody comes.

    arrival, service: int64[n] in any order. The longest single stay arrival + service counts too.
    """
    if not len(arrival):
        return 0
    order = np.argsort(arrival, kind="stable")
    arrival, service = arrival[order], service[order]
    work = np.cumsum(service[::-1])[::-1]
    together = suffix_queue(arrival, work, servers)
    return int(max(together.max(), (arrival + service).max()))
