"""Zones taken together: main river and tributaries have different clocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.optimize.nights import Nights
from sim.optimize.zone_orders import Status, ZoneOrder
from sim.world import World


@dataclass(frozen=True)
class GroupAtShift:
    """Zone-nights of a group under one shift: in time, and persons out before the deadline.

    Zone-nights of one night are not independent, so no interval is given.
    """

    shift_min: int
    met: int
    n: int
    persons_out: int
    persons: int


@dataclass(frozen=True)
class GroupOrder:
    """The zones with one tag; ``tag`` "" is all zones.

    Attributes:
        n_zones: in the group; status: how many zones have which answer.
        typical_min: lead the median zone needs in its median night; most_min: the same for four
            in five of its people; lead_min: for the stated share with the required probability;
            lead_p90_min: nine zones in ten need no more than this.
            Zones where no order was early enough count as +∞; NaN when no zone can tell.
        n_gauged: zones for which some order was early enough and whose gauge has a warning level;
            n_silent: of these, zones whose gauge shows nothing before the order must be signed.
        over_warning_m: for the others, median level by which to sign, above the warning level.
        plan_lead_min: median over its zones of the lead of the plan's own orders.
        shifts: one entry per shift.
    """

    tag: str
    n_zones: int
    status: dict[Status, int]
    typical_min: float
    most_min: float
    lead_min: float
    lead_p90_min: float
    n_gauged: int
    n_silent: int
    over_warning_m: float
    plan_lead_min: float
    shifts: tuple[GroupAtShift, ...]


def read_groups(
    world: World, nights: Nights, zones: tuple[ZoneOrder, ...], shifts_min: tuple[int, ...]
) -> tuple[GroupOrder, ...]:
    """A group for every tag in the order of the zones, and all zones last."""
    tags = list(dict.fromkeys(row.tag for row in world.zones.rows if row.tag))
    groups = [(tag, [z for z in zones if world.zones.rows[z.zone].tag == tag]) for tag in tags]
    if len(groups) != 1 or len(groups[0][1]) < len(zones):
        groups.append(("", list(zones)))
    warning = [row.warning_level_m for row in world.level_gauges]
    return tuple(_read(tag, members, (nights, warning), shifts_min) for tag, members in groups)


def _read(
    tag: str, zones: list[ZoneOrder], of: tuple[Nights, list[float | None]],
    shifts_min: tuple[int, ...],
) -> GroupOrder:  # fmt: skip
    nights, warning = of
    status: dict[Status, int] = {"found": 0, "not_enough": 0, "never": 0, "unseen": 0}
    for zone in zones:
        status[zone.status] += 1
    told = [z for z in zones if z.status in ("found", "not_enough")]
    leads = np.array([z.lead.min for z in told])
    known = [z.level for z in told if z.level and warning[z.level.gauge] is not None]
    levels = [level for level in known if np.isfinite(level.safe)]
    over = [level.safe - (warning[level.gauge] or 0.0) for level in levels if level.announces]
    rows = np.array([zone.zone for zone in zones], dtype=np.int64)
    own = np.array([z.plan_lead_min for z in zones if not np.isnan(z.plan_lead_min)])
    return GroupOrder(
        tag=tag,
        n_zones=len(zones),
        status=status,
        typical_min=_rank(np.array([z.lead.typical_min for z in told]), 0.5),
        most_min=_rank(np.array([z.lead_most.typical_min for z in told]), 0.5),
        lead_min=_rank(leads, 0.5),
        lead_p90_min=_rank(leads, 0.9),
        n_gauged=len(levels),
        n_silent=len(levels) - len(over),
        over_warning_m=_rank(np.array(over), 0.5),
        plan_lead_min=_rank(own, 0.5),
        shifts=tuple(_at(nights, rows, k, s) for k, s in enumerate(shifts_min)),
    )


def _at(nights: Nights, rows: NDArray[np.int64], k: int, shift_min: int) -> GroupAtShift:
    judged = (nights.deadline_ms[:, rows] < NEVER) & (nights.agreed[:, rows] > 0)
    return GroupAtShift(
        shift_min,
        met=int(nights.met[0, :, k][:, rows][judged].sum()),
        n=int(judged.sum()),
        persons_out=int(nights.out[:, k][:, rows][judged].sum()),
        persons=int(nights.agreed[:, rows][judged].sum()),
    )


def _rank(values: NDArray[np.float64], share: float) -> float:
    """The value that a share of the zones does not exceed; one that occurs, so +∞ stays +∞."""
    if not len(values):
        return float("nan")
    return float(np.sort(values)[max(0, int(np.ceil(share * len(values) - 1e-9)) - 1)])
