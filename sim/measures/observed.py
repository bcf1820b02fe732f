"""The planner's own night: what was reported, laid over the simulated band.

Curves are people against time on a 30-minute grid: ``moved`` (arrived at a safe place outside
their home by any means, each person once) and ``sheltered`` (of these, in a shelter), for the
whole county and, as ``moved:<township>``, for each township that the reports name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, next_clock_time
from sim.log import Kind, RunLog
from sim.measures.intervals import quantile
from sim.schema.tables import ObservedRow, SettlementRow
from sim.states import Mode

if TYPE_CHECKING:
    from sim.world import World  # only where a log is read; comparing a run needs no world

GRID_MIN = 30
Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Overlay:
    """One reported number beside the simulated ones of the same clock time.

    Attributes:
        curve: ``moved`` or ``sheltered``, with ``:<township>`` where the report is of one.
        minute: minutes from clock_start.
        observed: persons reported; p05, p50, p95: persons simulated over ``n`` replications.
        inside: whether the report lies within P5 … P95.
    """

    time: str
    minute: float
    curve: str
    observed: int
    p05: float
    p50: float
    p95: float
    n: int

    @property
    def inside(self) -> bool:
        """Whether nine in ten simulated nights enclose the report."""
        return self.p05 <= self.observed <= self.p95


def grid_min(horizon_min: int) -> Int64:
    """Minutes of the grid, 0 to the first point at or after the horizon."""
    return np.arange(0, horizon_min + GRID_MIN, GRID_MIN, dtype=np.int64)


def curves_of(world: World, log: RunLog, townships: Iterable[str]) -> dict[str, Int64]:
    """Persons moved and sheltered by each grid time, for the county and each township named."""
    out = log.of(Kind.OUT)
    _, first = np.unique(out["who"], return_index=True)  # somebody who left twice counts once
    out = out[first]
    out = out[out["value"] != Mode.IN_PLACE]
    persons = world.parties.size[out["who"]].astype(np.int64)
    low, high = world.shelter_place, world.shelter_place + len(world.shelters)
    in_shelter = (out["place"] >= low) & (out["place"] < high)
    grid = grid_min(world.horizon_ms // MS_PER_MIN) * MS_PER_MIN

    def curve(chosen: NDArray[np.bool_]) -> Int64:
        order = np.argsort(out["t"][chosen], kind="stable")
        total = np.concatenate(([0], np.cumsum(persons[chosen][order])))
        reached = np.searchsorted(out["t"][chosen][order], grid, side="right")
        return total[reached].astype(np.int64)

    everybody = np.ones(len(out), dtype=np.bool_)
    found = {"moved": curve(everybody), "sheltered": curve(in_shelter)}
    wanted = sorted(set(townships) - {""})
    if wanted:
        home_town = np.array(_township_of_homes(world))
        town = home_town[world.parties.home[out["who"]]]
        for name in wanted:
            found[f"moved:{name}"] = curve(town == name)
            found[f"sheltered:{name}"] = curve((town == name) & in_shelter)
    return found


def _township_of_homes(world: World) -> list[str]:
    """Township of every home; its zone's where the row itself names none."""
    found = []
    for row, zone in zip(world.homes.rows, world.homes.zone, strict=True):
        own = row.township if isinstance(row, SettlementRow) else ""
        found.append(own or (world.zones.rows[zone].township if zone >= 0 else ""))
    return found


def overlay(
    reports: Sequence[ObservedRow],
    curves: Mapping[str, Int64],
    clock_start: datetime,
) -> list[Overlay]:
    """Every reported number beside the band of the simulated curves at its clock time.

    Args:
        curves: name to persons by replication and grid point, int64[n, points].

    Returns:
        One entry per number reported; between grid points the curves are straight lines, and
        reports before the start or after the horizon are left out.
    """
    found = []
    for row in reports:
        minute = next_clock_time(clock_start, row.time) / MS_PER_MIN
        suffix = f":{row.township}" if row.township else ""
        for kind, reported in (("moved", row.moved), ("sheltered", row.in_shelters)):
            people = curves.get(kind + suffix)
            if people is None or reported is None or people.shape[0] == 0:
                continue
            if not 0 <= minute <= GRID_MIN * (people.shape[1] - 1):
                continue
            grid = np.arange(people.shape[1]) * float(GRID_MIN)
            here = np.array([float(np.interp(minute, grid, line)) for line in people])
            p05, p50, p95 = (quantile(here, share) for share in (0.05, 0.5, 0.95))
            found.append(
                Overlay(row.time, minute, kind + suffix, reported, p05, p50, p95, len(here))
            )
    return found


def overlay_json(one: Overlay) -> dict[str, Any]:
    """An overlay entry for ``--json``."""
    return {
        "time": one.time,
        "clock_min": one.minute,
        "curve": one.curve,
        "observed": one.observed,
        "p05": round(one.p05, 1),
        "p50": round(one.p50, 1),
        "p95": round(one.p95, 1),
        "replications": one.n,
        "inside": one.inside,
    }
