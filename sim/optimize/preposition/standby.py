"""What it costs to have units ready: hours from call, or from the beginning, to release.

A team or bus that waits at a forward post from the beginning counts from the
beginning of the clock; everybody else from the call. Whoever is not released stays to the end.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR
from sim.log import Kind, TeamStatus, VehicleStatus
from sim.measures.facts import Facts
from sim.plan import Plan

Int64 = NDArray[np.int64]


def standby_h(facts: Facts, plan: Plan) -> float:
    """Hours of all teams and buses together 备勤时数, in the measure's own night."""
    teams, vehicles = facts.of(Kind.TEAM), facts.of(Kind.VEHICLE)
    rescue, world = plan.spec.rescue, facts.world
    waits_there = rescue is not None and rescue.call_on == "incident"
    total = _spans(
        teams, (TeamStatus.CALLED, TeamStatus.DONE), facts.horizon_ms,
        [k for k, team in enumerate(world.teams) if waits_there and _away(plan, team.id)],
    )  # fmt: skip
    fleet = plan.spec.fleet
    there = fleet is not None and fleet.staged_on == "start"
    staged = [k for k, bus in enumerate(world.vehicles) if there and bus.id in plan.staged_place]
    total += _spans(
        vehicles, (VehicleStatus.CALLED, VehicleStatus.RELEASED), facts.horizon_ms, staged
    )
    return total / MS_PER_HOUR


def _away(plan: Plan, team: str) -> bool:
    return team in plan.team_place


def _spans(
    rows: NDArray[np.void], ends: tuple[int, int], horizon_ms: int, from_start: list[int]
) -> int:
    """From the first call of everybody to the last release, ms in all."""
    called, released = (rows[rows["value"] == int(end)] for end in ends)
    begin: dict[int, int] = dict.fromkeys(from_start, 0)
    for who, t in zip(called["who"].tolist(), called["t"].tolist(), strict=True):
        begin[who] = min(begin.get(who, t), t)
    end = dict(zip(released["who"].tolist(), released["t"].tolist(), strict=True))
    again = dict(zip(called["who"].tolist(), called["t"].tolist(), strict=True))
    return sum(
        (end[who] if end.get(who, -1) > again.get(who, 0) else horizon_ms) - t
        for who, t in begin.items()
    )
