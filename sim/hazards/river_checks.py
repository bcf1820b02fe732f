"""What can be wrong with rivers, alone and over the places and gauges of a scenario."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.clock import NO_LEVEL
from sim.hazards.base import Gauges, Geometry, IntArray
from sim.hazards.ensemble import highest, lowest
from sim.hazards.valley import Cells, Exposure
from sim.schema.distributions import AnyDistribution
from sim.schema.hazard import Forecasts, RiverFloodSpec
from sim.schema.problems import Problem, Severity

FILE = "scenario.yaml"
SECTION = "hazard"
THOUSANDTH = 1000
SHOWN = 8
"""Ids named in one problem before the rest is only counted."""


def quantities(spec: RiverFloodSpec) -> Iterator[Problem]:
    """Distributions that may give values the physics cannot have; ids that come twice.

    Limits are wide: the greatest rain measured in 24 h is about 1,825 mm (La Réunion 1966); beyond
    them stands a slip of units.
    """
    seen: set[str] = set()
    for i, river in enumerate(spec.rivers):
        at = f"hazard.rivers.{i}"
        if river.id in seen:
            yield Problem("hazard.river_twice", FILE, field=f"{at}.id", found=river.id)
        seen.add(river.id)
        yield from within(f"{at}.rise_m_per_h", river.rise_m_per_h, 0.001, 100)
        yield from within(f"{at}.peak_above_bank_m", river.peak_above_bank_m, -50, 100)
        yield from within(f"{at}.peak_after_rain_min", river.peak_after_rain_min, 0, 20_160)
        yield from within(f"{at}.crest_min", river.crest_min, 0, 20_160)
        yield from within(f"{at}.fall_half_min", river.fall_half_min, 1, 100_000)
        if spec.ensemble.false_alarm_members:
            calm = river.false_alarm_peak_above_bank_m
            yield from within(f"{at}.false_alarm_peak_above_bank_m", calm, -50, -0.001)
    storm = spec.storm
    yield from within("hazard.storm.total_24h_mm", storm.total_24h_mm, 1, 2000)
    yield from within("hazard.storm.peak_hour_mm", storm.peak_hour_mm, 0.1, 500)
    yield from within("hazard.storm.length_h", storm.length_h, 2, 72)
    yield from within("hazard.storm.gauge_factor", storm.gauge_factor, 0.01, 5)
    yield from within("hazard.storm.gauge_shift_min", storm.gauge_shift_min, -1440, 1440)
    yield from forecast_quantities(spec.forecasts)


def forecast_quantities(spec: Forecasts) -> Iterator[Problem]:
    """Forecast errors beyond any use."""
    at = f"{SECTION}.forecasts"
    yield from within(f"{at}.timing_error_h_at_24h", spec.timing_error_h_at_24h, -48, 48)
    yield from within(f"{at}.rise_factor_at_24h", spec.rise_factor_at_24h, 0, 10)
    yield from within(f"{at}.false_alarm_rise_factor", spec.false_alarm_rise_factor, 0, 10)


def within(field: str, quantity: AnyDistribution, least: float, most: float) -> Iterator[Problem]:
    """A quantity that may come out below ``least`` or above ``most``."""
    low = lowest(quantity, THOUSANDTH) / THOUSANDTH
    high = highest(quantity, THOUSANDTH) / THOUSANDTH
    if low < least or high > most:
        found = low if low < least else high
        allowed = f"{least:g} … {most:g}"
        yield Problem("hazard.may_be", FILE, field=field, found=found, allowed=allowed)


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
