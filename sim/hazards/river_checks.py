"""What can be wrong with rivers, alone and over the places and gauges of a scenario."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.clock import NO_LEVEL
from sim.hazards.base import Gauges, Geometry, IntArray
from sim.hazards.ensemble import highest, lowest
from sim.hazards.valley import Cells, Exposure
from sim.schema.distributions import AnyDistribution
from sim.schema.hazard import RiverFloodSpec
from sim.schema.problems import Problem, Severity

FILE = "scenario.yaml"
THOUSANDTH = 1000
SHOWN = 8
"""Ids named in one problem before the rest is only counted."""


def quantities(spec: RiverFloodSpec) -> Iterator[Problem]:
    """Distributions that may give values the physics cannot have; ids that come twice."""
    seen: set[str] = set()
    for i, river in enumerate(spec.rivers):
        at = f"hazard.rivers.{i}"
        if river.id in seen:
            yield Problem("hazard.river_twice", FILE, field=f"{at}.id", found=river.id)
        seen.add(river.id)
        yield from positive(f"{at}.rise_m_per_h", river.rise_m_per_h)
        yield from positive(f"{at}.fall_half_min", river.fall_half_min)
        top = highest(river.false_alarm_peak_above_bank_m, THOUSANDTH) / THOUSANDTH
        if spec.ensemble.false_alarm_members and top >= 0:
            field = f"{at}.false_alarm_peak_above_bank_m"
            yield Problem("hazard.false_alarm_peak", FILE, field=field, found=top, allowed="< 0")
    yield from positive("hazard.storm.total_24h_mm", spec.storm.total_24h_mm)
    yield from positive("hazard.storm.peak_hour_mm", spec.storm.peak_hour_mm)
    yield from positive("hazard.storm.gauge_factor", spec.storm.gauge_factor)


def positive(field: str, quantity: AnyDistribution) -> Iterator[Problem]:
    """A quantity whose smallest value is not above 0."""
    least = lowest(quantity, THOUSANDTH) / THOUSANDTH
    if least <= 0:
        yield Problem("hazard.not_positive", FILE, field=field, found=least, allowed="> 0")


def reach(spec: RiverFloodSpec, cells: Cells) -> Iterator[Problem]:
    """Rivers without a place or road in reach: a slip of coordinates, or no danger to anybody."""
    severity: Severity = "warning" if len(cells.river) else "error"
    for r, river in enumerate(spec.rivers):
        if not (cells.river == r).any():
            field = f"hazard.rivers.{r}.reach_m"
            yield Problem("hazard.reaches_nothing", FILE, None, field, river.id, None, severity)


def elevations(geometry: Geometry, places: Exposure, roads: Exposure) -> Iterator[Problem]:
    """In reach of a river an unknown ground is an error: unknown is not dry."""
    if len(places.unknown):
        names = [geometry.place_ids[row] for row in places.unknown.tolist()]
        yield Problem("hazard.place_elevation", FILE, None, "elevation_m", some(names))
    if len(roads.unknown):
        yield Problem("hazard.road_elevation", FILE, None, "roads", len(roads.unknown))


def wet_before(
    spec: RiverFloodSpec, geometry: Geometry, places: Exposure, cells: Cells
) -> Iterator[Problem]:
    """Places that stand in the river before the flood; usually an elevation is wrong."""
    base = np.array([-round(river.base_below_bank_m * 1000) for river in spec.rivers])
    wet = base[cells.river[places.series]] > places.above_mm
    names = [geometry.place_ids[row] for row in np.unique(places.target[wet]).tolist()]
    if names:
        found = some(names)
        yield Problem("hazard.place_in_river", FILE, None, "elevation_m", found, None, "warning")


def alarmed_before(
    spec: RiverFloodSpec, gauges: Gauges, river: IntArray, bank: IntArray
) -> Iterator[Problem]:
    """Gauges whose warning level lies below the level before the flood."""
    for g, r in enumerate(river.tolist()):
        if r < 0 or gauges.warning_mm[g] == NO_LEVEL:
            continue
        base = (int(bank[g]) - round(spec.rivers[r].base_below_bank_m * 1000)) / 1000
        if gauges.warning_mm[g] / 1000 <= base:
            found, allowed = f"{gauges.ids[g]}: {gauges.warning_mm[g] / 1000}", f"> {base}"
            field = "warning_level_m"
            yield Problem(
                "hazard.warning_below_base", "gauges", None, field, found, allowed, "warning"
            )


def some(names: list[str]) -> str:
    """The first names of a list, and how many more there are."""
    rest = f" … (+{len(names) - SHOWN})" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + rest
