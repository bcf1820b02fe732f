"""Kind ``landslide``: slopes fail when their rain crosses a curve, cut roads and bury houses.

Debris runs down its course at a stated speed over a stated width; whoever is still in a house that
is buried dies or must be dug out. Plans may act on rain (as everywhere) and on what the monitoring
expects: a creeping slope that somebody watches is reported after a delay, and when it will fail is
foreseen the better the nearer it is.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, MS_PER_SECOND, NEVER
from sim.draws import Draws, share_q32
from sim.draws_tables import compile_number
from sim.hazards import forecasts as fc
from sim.hazards.base import Blows, Geometry, IntArray, Member, Setting, Signals
from sim.hazards.debris import BLOCKED, DEBRIS, NARROWED
from sim.hazards.detection import Event, Watcher
from sim.hazards.ensemble import EnsembleDraws, look_up
from sim.hazards.field import Ensembled, Ground, gather, ground_of, placed, quiet_signals, steps_of
from sim.hazards.rain_threshold import crossed_ms, wet_factor
from sim.hazards.rainfall import Rainfall, rain_quantities
from sim.hazards.river_checks import SECTION, forecast_quantities, within
from sim.hazards.slope_reach import reach_of
from sim.hazards.slope_table import with_table
from sim.hazards.storm import TENTHS, Grid, Rain
from sim.hazards.watching import reported_ms, watchers_of, with_alarms
from sim.schema.hazard_landslide import LandslideSpec, Slope
from sim.schema.problems import InputError, Problem

MILLIONTH = 1_000_000
BEFORE_H = 48
BURIED_MS = MS_PER_HOUR
"""So long a place is dangerous after the debris has come (judgement); then it only lies there."""


class Landslide:
    """Builds the members of one ensemble of slopes."""

    def __init__(self, spec: LandslideSpec, geometry: Geometry, setting: Setting) -> None:
        self._spec, self._geometry, self._setting = spec, geometry, setting
        self.step_ms, self.n_steps = steps_of(spec.step_min, setting)
        self._draws = EnsembleDraws(spec.ensemble)
        before = BEFORE_H * MS_PER_HOUR // self.step_ms
        after = fc.steps_after_horizon(spec.forecasts, self.step_ms)
        self._grid = Grid(self.step_ms, before, before + self.n_steps + after)
        self._rainfall = Rainfall(spec.storm, (geometry, setting), self._draws, self._grid)
        self._watchers: tuple[Watcher, ...] = watchers_of(spec.watchers, geometry, setting)
        self._ground: Ground = ground_of(geometry)
        courses = [
            placed(slope.course, geometry, setting, f"{SECTION}.slopes.{i}.course")
            for i, slope in enumerate(spec.slopes)
        ]
        self._tops = [(float(x[0]), float(y[0])) for x, y in courses]
        self._reach = [
            reach_of(self._ground, course, slope.width_m)
            for slope, course in zip(spec.slopes, courses, strict=True)
        ]
        self._gauge = [self._gauge_of(i, slope) for i, slope in enumerate(spec.slopes)]
        self.warnings = tuple(
            Problem("hazard.slope_reaches_nothing", "scenario.yaml", None,
                    f"{SECTION}.slopes.{i}.course", slope.id, None, "warning")
            for i, slope in enumerate(spec.slopes)
            if not len(self._reach[i].rows)
        )  # fmt: skip

    def member(self, k: int) -> Member:
        """Member ``k``: rain, failures, what lies on roads and houses, what was foreseen."""
        rain = self._rainfall.member_fine(k)
        would_fail = np.array([self._fails_ms(k, i, rain) for i in range(len(self._reach))])
        false_alarm = bool(self._draws.false_alarm[k])
        fails = np.full(len(would_fail), NEVER) if false_alarm else would_fail
        comes, lies_until = self._covered(fails)
        rows = np.flatnonzero(comes < NEVER)
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms

        def level(wanted: IntArray) -> IntArray:
            since, until = comes[wanted, None], lies_until[wanted, None]
            at_place = (wanted < self._ground.n_places)[:, None]
            # nobody is safe in a step in which his house is buried; a road is shut in a step if it
            # is in the middle of it, or every step would shut it the sooner the longer it is
            seen_at = times + np.where(at_place, self.step_ms - 1, self.step_ms // 2)
            here = (seen_at >= since) & (np.where(at_place, times, seen_at) < until)
            still = np.where(times < since + BURIED_MS, BLOCKED, NARROWED)
            return np.where(here, np.where(at_place, still, BLOCKED), 0)

        levels = gather(self._ground, rows, self.n_steps, level)
        label = f"m{k:02d}" + (" false alarm" if false_alarm else "")
        by_steps = self._rainfall.by_steps(rain)
        signals = self._signals(k, by_steps, would_fail, false_alarm)
        return Member(k, label, *levels, signals, scale=DEBRIS, blows=self._blows(fails))

    def _fails_ms(self, k: int, i: int, rain: Rain) -> int:
        """When slope ``i`` fails in member ``k``, NEVER if its rain is not enough."""
        slope, draws = self._spec.slopes[i], self._draws
        if slope.recorded is not None:
            quantile = draws.free(k, f"hazard/failed/{slope.id}")
            return look_up(slope.recorded.failed_min, MS_PER_MIN, quantile)
        local = look_up(slope.local_factor, MILLIONTH, draws.free(k, f"hazard/local/{slope.id}"))
        wet = look_up(slope.antecedent_mm, TENTHS, draws.near_size(k, f"hazard/wet/{slope.id}"))
        factor = local / MILLIONTH * wet_factor(slope.threshold, wet / TENTHS)
        fine, fallen = self._rainfall.fine, rain.steps_01mm[self._gauge[i]]
        crossed = crossed_ms(slope.threshold, factor, fallen, fine.step_ms)
        if crossed is None:
            return NEVER
        after = look_up(slope.after_min, MS_PER_MIN, draws.free(k, f"hazard/after/{slope.id}"))
        return int(fine.start_ms[0]) + crossed + max(after, 0)

    def _covered(self, fails_ms: IntArray) -> tuple[IntArray, IntArray]:
        """When debris comes to every point of the ground, and until when it lies there (roads)."""
        n = len(self._ground.x)
        comes, until = np.full(n, NEVER, np.int64), np.full(n, NEVER, np.int64)
        for slope, reach, fails in zip(
            self._spec.slopes, self._reach, fails_ms.tolist(), strict=True
        ):
            if fails >= NEVER:
                continue
            down = np.rint(reach.down_m / slope.speed_m_s * MS_PER_SECOND).astype(np.int64)
            sooner = fails + down < comes[reach.rows]
            rows = reach.rows[sooner]
            comes[rows] = fails + down[sooner]
            if slope.cleared_h is not None:
                until[rows] = fails + round(slope.cleared_h * MS_PER_HOUR)
        return comes, until

    def _blows(self, fails_ms: IntArray) -> Blows:
        """The houses every failure buries."""
        rows: list[tuple[int, int, int, int]] = []
        for slope, reach, fails in zip(
            self._spec.slopes, self._reach, fails_ms.tolist(), strict=True
        ):
            if fails >= NEVER:
                continue
            killed = slope.buried_share * slope.killed_share
            shares = (share_q32(killed), share_q32(slope.buried_share - killed))
            for place, down in zip(reach.rows.tolist(), reach.down_m.tolist(), strict=True):
                if place < self._geometry.n_homes:
                    comes = fails + round(down / slope.speed_m_s * MS_PER_SECOND)
                    rows.append((max(comes, 0), place, *shares))
        table = np.array(rows, np.int64).reshape(-1, 4)
        return Blows(
            *(table[:, 0], table[:, 1].astype(np.int32), table[:, 2], table[:, 3]),
            endures=compile_number(self._spec.lives_h, MS_PER_HOUR).table,
            dig=compile_number(self._spec.dig_min, MS_PER_MIN).table,
        )

    def _gauge_of(self, i: int, slope: Slope) -> int:
        """Row of the rain that counts for a slope: its gauge, else the nearest, else the storm."""
        gauges = self._geometry.rain_gauges
        if slope.rain_gauge:
            if slope.rain_gauge not in gauges.ids:
                field = f"{SECTION}.slopes.{i}.rain_gauge"
                raise InputError(
                    [Problem("hazard.gauge_unknown", "scenario.yaml", None, field,
                             slope.rain_gauge, ", ".join(gauges.ids[:8]))]
                )  # fmt: skip
            return gauges.ids.index(slope.rain_gauge)
        x, y = self._tops[i]
        away = (gauges.x - x) ** 2 + (gauges.y - y) ** 2
        return int(np.argmin(away)) if len(away) else len(gauges.ids)

    def _signals(self, k: int, rain: Rain, fails_ms: IntArray, false_alarm: bool) -> Signals:
        """Rain observed and forecast; the failure that the monitoring expects first."""
        spec, grid, gauges = self._spec.forecasts, self._grid, self._geometry.rain_gauges
        quiet = quiet_signals(self._geometry, self.step_ms, self._onset(k, fails_ms, false_alarm))
        fallen = rain.steps_01mm[:-1, grid.before : grid.before + self.n_steps]
        seen = replace(
            quiet,
            rain_01mm=fallen.astype(np.int32),
            rain_hours=fc.RAIN_WINDOWS_H,
            rain_forecasts_01mm=fc.rain_forecasts(spec, self._draws, k, gauges, (rain, grid)),
        )
        events = [event for event in self._creeping(k, fails_ms) if event.begins_ms < NEVER]
        own = Draws(self._spec.ensemble.seed, k)
        return with_alarms(seen, self._watchers, events, own, self._setting)

    def _creeping(self, k: int, fails_ms: IntArray) -> list[Event]:
        """When every slope begins to move; NEVER for one that stays."""
        events = []
        for i, (slope, fails) in enumerate(zip(self._spec.slopes, fails_ms.tolist(), strict=True)):
            quantile = self._draws.free(k, f"hazard/creep/{slope.id}")
            creep = max(look_up(slope.creep_h, MS_PER_HOUR, quantile), 0)
            begins = NEVER if fails >= NEVER else fails - creep
            events.append(Event(slope.id, *self._tops[i], begins))
        return events

    def _onset(self, k: int, fails_ms: IntArray, false_alarm: bool) -> IntArray:
        """When the first watched slope is expected to fail, as known at each step."""
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        onset = np.full(self.n_steps, NEVER, np.int64)
        own, start = Draws(self._spec.ensemble.seed, k), self._setting.clock_start
        late = look_up(
            self._spec.foreseen_error_h_at_24h, MS_PER_HOUR, self._draws.free(k, "hazard/foreseen")
        )
        off = round(self._spec.cancelled_after_min * MS_PER_MIN)
        for event, fails in zip(self._creeping(k, fails_ms), fails_ms.tolist(), strict=True):
            known = reported_ms(self._watchers, event, own, start)
            if known >= NEVER:
                continue
            left = np.maximum(fails - times, 0) / (fc.FULL_LEAD_H * MS_PER_HOUR)
            error = np.rint(late * np.sqrt(np.minimum(left, 1.0))).astype(np.int64)
            seen = (times >= known) & ((times < fails + off) if false_alarm else True)
            onset = np.where(seen, np.minimum(onset, fails + error), onset)
        return onset


def build_landslide(spec: LandslideSpec, geometry: Geometry, setting: Setting) -> Ensembled:
    """The ensemble of a ``landslide`` section.

    Raises:
        InputError: impossible quantities or coordinates, or a rain gauge that does not exist.
    """
    own, spec = {slope.id for slope in spec.slopes}, with_table(spec, setting)
    problems = [*forecast_quantities(spec.forecasts)]
    problems += rain_quantities(spec.storm, "storm")
    for i, slope in enumerate(spec.slopes):
        at = f"{SECTION}.slopes.{i}"
        problems += [*within(f"{at}.local_factor", slope.local_factor, 0.01, 100)]
        problems += [*within(f"{at}.antecedent_mm", slope.antecedent_mm, 0, 3000)]
        problems += [*within(f"{at}.after_min", slope.after_min, 0, 20_160)]
        problems += [*within(f"{at}.creep_h", slope.creep_h, 0, 720)]
    if problems:
        raise InputError(problems)
    slides = Landslide(spec, geometry, setting)
    steps, notes = (slides.step_ms, slides.n_steps), slides.warnings
    if spec.table is not None:
        nowhere = sum(note.found not in own for note in notes)
        read = len(spec.slopes) - len(own)
        said = Problem("hazard.table_says", spec.table.file, None, None, read, nowhere, "warning")
        notes = (said, *notes)
    return Ensembled(steps, spec.ensemble.members, slides.member, notes)
