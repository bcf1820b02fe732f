"""Dispatch rules 派遣规则: which unit goes to which incident. Small, interchangeable objects.

A rule sees what the desk sees: the incident, the units that could be sent with the time each
would take on today's roads, and where all other units are.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple, Protocol

import numpy as np
from scipy.optimize import linear_sum_assignment

from sim.forces.coverage import Coverage
from sim.forces.incidents import Call
from sim.forces.units import Status, Unit
from sim.plain_enum import plain_members

Offer = tuple[int, int]
"""Time to the site in ms, and the row of the unit: the smaller offer is the nearer unit."""


@plain_members
class Reason(IntEnum):
    """Why a unit was sent."""

    NEAREST = 1
    COVER_KEPT = 2  # in time, and misses least where it stands
    OWN_DISTRICT = 3
    MUTUAL_AID = 4  # its own district has nobody left
    REDISPATCHED = 5  # was on its way to something less urgent
    PREEMPTED = 6  # was at work on something less urgent
    REGROUPED = 7  # stood by an incident that cannot begin yet
    MATCHED = 8  # best for all incidents of the batch together
    IN_ITS_WAY = 9  # it stood before it on the way to another


@plain_members
class Takes(IntEnum):
    """From whom a rule takes units for something more urgent."""

    NOBODY = 0
    UNDER_WAY = 1  # units not on site yet
    AT_WORK = 2  # units on site too


class Ask(NamedTuple):
    """One incident and the units that could be sent there, at least one."""

    call: Call
    offers: list[Offer]


class Choice(NamedTuple):
    """Send a unit to an ask, and why."""

    ask: int
    unit: int
    reason: Reason


class Rule(Protocol):
    """Decides who goes where.

    Attributes:
        every_ms: 0 decides at once; otherwise incidents are gathered for so long.
        takes: whom it may take units from; they stand among the offers.
    """

    @property
    def every_ms(self) -> int: ...

    @property
    def takes(self) -> Takes: ...

    def decide(self, asks: Sequence[Ask], units: Sequence[Unit]) -> list[Choice]:
        """At most one unit for every ask, no unit twice; one ask only when it decides at once."""
        ...


class Nearest:
    """The unit that is there first."""

    every_ms, takes = 0, Takes.NOBODY

    def decide(self, asks: Sequence[Ask], units: Sequence[Unit]) -> list[Choice]:
        """See Rule."""
        return [Choice(0, min(asks[0].offers)[1], Reason.NEAREST)]


class CoverKept:
    """Of the units that are there in time, the one missed least where it stands; else the nearest.

    Jagtenberg, van den Berg, van der Mei (2017), Benchmarking online dispatch algorithms for
    emergency medical services, EJOR 258: marginal coverage of MEXCLP.
    """

    every_ms, takes = 0, Takes.NOBODY

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage

    def decide(self, asks: Sequence[Ask], units: Sequence[Unit]) -> list[Choice]:
        """See Rule."""
        offers = asks[0].offers
        in_time = [offer for offer in offers if offer[0] <= self.coverage.within_ms]
        if len(in_time) < 2:
            return [Choice(0, min(in_time or offers)[1], Reason.NEAREST)]
        posts = [unit.target for unit in units if unit.status in (Status.FREE, Status.TO_POST)]
        losses = self.coverage.losses(posts, [units[row].target for _, row in in_time])
        _, (_, row) = min(zip(losses, in_time, strict=True))
        return [Choice(0, row, Reason.COVER_KEPT)]


class OwnDistrict:
    """The nearest of the district's own units; when it has none left, the nearest of others."""

    every_ms, takes = 0, Takes.NOBODY

    def decide(self, asks: Sequence[Ask], units: Sequence[Unit]) -> list[Choice]:
        """See Rule."""
        call, offers = asks[0]
        own = [o for o in offers if units[o[1]].spec.district in (-1, call.district)]
        reason = Reason.OWN_DISTRICT if own else Reason.MUTUAL_AID
        return [Choice(0, min(own or offers)[1], reason)]


class Urgent:
    """The nearest unit, also one that was meant for something less urgent.

    A unit is taken only where it is at least ``gain_ms`` sooner than every free one.
    """

    every_ms = 0

    def __init__(self, takes: Takes = Takes.UNDER_WAY, gain_ms: int = 0) -> None:
        self.takes, self.gain_ms = takes, gain_ms

    def decide(self, asks: Sequence[Ask], units: Sequence[Unit]) -> list[Choice]:
        """See Rule."""
        ranked = [
            (ms + (self.gain_ms if units[row].incident else 0), bool(units[row].incident), row)
            for ms, row in asks[0].offers
        ]
        _, taken, row = min(ranked)
        if not taken:
            return [Choice(0, row, Reason.NEAREST)]
        at_work = units[row].status == Status.ON_SITE
        return [Choice(0, row, Reason.PREEMPTED if at_work else Reason.REDISPATCHED)]


class Batch:
    """Incidents gathered for a while are matched with units so that all times together are least.

    The more urgent are matched first, among themselves; an exact assignment in whole ms.
    """

    takes = Takes.NOBODY

    def __init__(self, every_ms: int) -> None:
        if every_ms <= 0:
            raise ValueError(f"every_ms(={every_ms}) must be > 0")
        self.every_ms = every_ms

    def decide(self, asks: Sequence[Ask], units: Sequence[Unit]) -> list[Choice]:
        """See Rule."""
        chosen: list[Choice] = []
        used: set[int] = set()
        for priority in sorted({ask.call.priority for ask in asks}):
            rows = [k for k, ask in enumerate(asks) if ask.call.priority == priority]
            chosen += _matched(asks, rows, used)
        return chosen


_NO_OFFER = 2**43
"""Costs more than any sum of times of a few hundred thousand offers within a month."""


def _matched(asks: Sequence[Ask], rows: list[int], used: set[int]) -> list[Choice]:
    """The assignment of least total time for some asks; adds their units to those in use."""
    columns = sorted({u for k in rows for _, u in asks[k].offers} - used)
    where = {unit: column for column, unit in enumerate(columns)}
    cost = np.full((len(rows), len(columns)), _NO_OFFER, dtype=np.int64)
    for i, k in enumerate(rows):
        for ms, unit in asks[k].offers:
            if unit in where:
                cost[i, where[unit]] = ms
    chosen = []
    for i, j in zip(*linear_sum_assignment(cost), strict=True):
        if cost[i, j] < _NO_OFFER:
            used.add(columns[j])
            chosen.append(Choice(rows[i], columns[j], Reason.MATCHED))
    return chosen
