"""Kind ``urban_waterlogging``: underpasses and underground space fill within minutes of heavy rain.

Every hollow has its own basin, drains and volume (``underpass``); roads and places within its reach
stand as deep as it does. The danger begins when the first hollow is too deep for cars; it is known
when somebody or something has noticed it, rain and its forecasts beforehand. In false-alarm
members the drains keep up with the rain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.clock import NEVER
from sim.draws import Draws
from sim.hazards import forecasts as fc
from sim.hazards import river_checks as checks
from sim.hazards.base import NO_WATER_MM, Geometry, IntArray, Member, Setting, Signals
from sim.hazards.detection import Event, Watcher
from sim.hazards.ensemble import EnsembleDraws, look_up
from sim.hazards.field import (
    Ensembled,
    Ground,
    Levels,
    gather,
    ground_of,
    nothing,
    placed,
    quiet_signals,
    steps_of,
)
from sim.hazards.rainfall import Rainfall, rain_quantities
from sim.hazards.river_checks import FILE, SECTION, within
from sim.hazards.storm import Grid, Rain
from sim.hazards.underpass import Hollow, fill_mm, wedge
from sim.hazards.watching import reported_ms, watchers_of, with_alarms
from sim.schema.hazard_urban import HollowSpec, UrbanWaterSpec
from sim.schema.problems import InputError, Problem

MILLIONTH = 1_000_000
M2_PER_HA = 10_000


@dataclass(frozen=True, slots=True)
class _Town:
    """Hollows on the map: where they are, which points lie in each, whose rain falls on it."""

    ground: Ground
    x: np.ndarray[tuple[int], np.dtype[np.float64]]
    y: np.ndarray[tuple[int], np.dtype[np.float64]]
    rows: IntArray
    hollow: IntArray
    gauge: IntArray
    watchers: tuple[Watcher, ...]
    warnings: tuple[Problem, ...]


class UrbanWaterlogging:
    """Builds the members of one cloudburst over a town."""

    def __init__(self, spec: UrbanWaterSpec, geometry: Geometry, setting: Setting) -> None:
        self._spec, self._geometry, self._setting = spec, geometry, setting
        self.step_ms, self.n_steps = steps_of(spec.step_min, setting)
        self._draws = EnsembleDraws(spec.ensemble)
        after = fc.steps_after_horizon(spec.forecasts, self.step_ms)
        self._grid = Grid(self.step_ms, 0, self.n_steps + after)
        self._rainfall = Rainfall(spec.rain, (geometry, setting), self._draws, self._grid)
        self._town = _set_up(spec, geometry, setting)
        self.warnings = self._town.warnings

    def member(self, k: int) -> Member:
        """Member ``k``: all hollows filled, their depth on roads and places."""
        false_alarm = bool(self._draws.false_alarm[k])
        rain = self._rainfall.member(k)
        depth = self._depths(k, rain)
        ground, n = self._town.ground, self.n_steps
        levels = nothing(ground, n) if false_alarm else self._levels(depth)
        label = f"m{k:02d}" + (" false alarm" if false_alarm else "")
        return Member(k, label, *levels, self._signals(k, rain, depth))

    def _depths(self, k: int, rain: Rain) -> IntArray:
        """Depth of every hollow at the start of each step, int64 [n_hollows, n_steps]."""
        factor = look_up(self._spec.drain_factor, MILLIONTH, self._draws.free(k, "hazard/drains"))
        depth = np.zeros((len(self._spec.hollows), self.n_steps), np.int64)
        for i, spec in enumerate(self._spec.hollows):
            fallen = rain.steps_01mm[self._town.gauge[i]][: self.n_steps]
            depth[i, 1:] = fill_mm(hollow_of(spec, factor), fallen, self.step_ms)[:-1]
        return depth

    def _levels(self, depth: IntArray) -> Levels:
        town = self._town

        def level(rows: IntArray) -> IntArray:
            at = town.hollow[np.searchsorted(town.rows, rows)]
            water = depth[at]
            place = rows < town.ground.n_places
            return np.where(place[:, None] & (water <= 0), NO_WATER_MM, water)

        return gather(town.ground, town.rows, self.n_steps, level)

    def _signals(self, k: int, rain: Rain, depth: IntArray) -> Signals:
        events, town, start = self._events(k, depth), self._town, self._setting.clock_start
        own = Draws(self._spec.ensemble.seed, k)
        begins = min((event.begins_ms for event in events), default=NEVER)
        known = begins
        if town.watchers:
            reports = (reported_ms(town.watchers, event, own, start) for event in events)
            known = min(reports, default=NEVER)
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        onset = np.where(times >= known, begins, NEVER)
        quiet = quiet_signals(self._geometry, self.step_ms, onset)
        gauges = self._geometry.rain_gauges
        seen = (rain, self._grid)
        signals = replace(
            quiet,
            rain_01mm=rain.steps_01mm[:-1, : self.n_steps].astype(np.int32),
            rain_hours=fc.RAIN_WINDOWS_H,
            rain_forecasts_01mm=fc.rain_forecasts(
                self._spec.forecasts, self._draws, k, gauges, seen
            ),
        )
        return with_alarms(signals, town.watchers, events, own, self._setting)

    def _events(self, k: int, depth: IntArray) -> list[Event]:
        """Every hollow that becomes dangerous, from that step on."""
        if self._draws.false_alarm[k]:
            return []
        deep = depth >= round(self._spec.danger_m * 1000)
        return [
            Event(
                self._spec.hollows[i].id,
                float(self._town.x[i]),
                float(self._town.y[i]),
                int(deep[i].argmax()) * self.step_ms,
            )
            for i in np.flatnonzero(deep.any(axis=1)).tolist()
        ]


def hollow_of(spec: HollowSpec, drain_factor: int) -> Hollow:
    """The hollow of a section; ``drain_factor`` in millionths."""
    if spec.shape == "wedge":
        depth, volume = wedge(spec.length_m, spec.width_m, spec.deepest_m)
    else:
        deepest = round(spec.deepest_m * 1000)
        depth = np.array([0, deepest], np.int64)
        volume = np.array([0, round(spec.length_m * spec.width_m * deepest)], np.int64)
    return Hollow(
        basin_m2=round(spec.basin_ha * M2_PER_HA),
        runoff_share=spec.runoff_share,
        drain_l_s=round(spec.drain_m3_s * 1000) * drain_factor // MILLIONTH,
        depth_mm=depth,
        volume_l=volume,
        fails_at_mm=None if spec.fails_at_m is None else round(spec.fails_at_m * 1000),
    )


def _set_up(spec: UrbanWaterSpec, geometry: Geometry, setting: Setting) -> _Town:
    """Hollows over places and roads; a point in reach of several belongs to the nearest.

    Raises:
        InputError: no place and no road lies in any hollow.
    """
    x, y = placed(tuple(h.at for h in spec.hollows), geometry, setting, f"{SECTION}.hollows")
    ground = ground_of(geometry)
    nearest = np.full(len(ground.x), np.inf)
    owner = np.full(len(ground.x), -1, np.int64)
    notes = []
    for i, hollow in enumerate(spec.hollows):
        away = np.sqrt((ground.x - x[i]) ** 2 + (ground.y - y[i]) ** 2)
        reached = away <= hollow.reach_m
        if hollow.below_street:
            reached[ground.n_places :] = False
        mine = reached & (away < nearest)
        nearest[mine], owner[mine] = away[mine], i
        if not reached.any():
            field = f"{SECTION}.hollows.{i}.at"
            notes.append(
                Problem("hazard.reaches_nothing", FILE, None, field, hollow.id, None, "warning")
            )
    rows = np.flatnonzero(owner >= 0)
    if not len(rows):
        raise InputError([*notes, Problem("hazard.never_wet", FILE, field=f"{SECTION}.hollows")])
    gauges = geometry.rain_gauges
    gauge = np.full(len(x), -1, np.int64)
    if gauges.ids:
        for i in range(len(x)):
            gauge[i] = int(np.argmin((gauges.x - x[i]) ** 2 + (gauges.y - y[i]) ** 2))
    watchers = watchers_of(spec.watchers, geometry, setting)
    return _Town(ground, x, y, rows, owner[rows], gauge, watchers, tuple(notes))


def build_urban_waterlogging(
    spec: UrbanWaterSpec, geometry: Geometry, setting: Setting
) -> Ensembled:
    """The ensemble of an ``urban_waterlogging`` section.

    Raises:
        InputError: impossible quantities, an unusable rain table, or hollows that reach nothing.
    """
    problems = [
        *rain_quantities(spec.rain),
        *within(f"{SECTION}.drain_factor", spec.drain_factor, 0, 10),
        *checks.forecast_quantities(spec.forecasts),
    ]
    if problems:
        raise InputError(problems)
    town = UrbanWaterlogging(spec, geometry, setting)
    steps = (town.step_ms, town.n_steps)
    return Ensembled(steps, spec.ensemble.members, town.member, town.warnings)
