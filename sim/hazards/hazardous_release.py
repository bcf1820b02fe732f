"""Kind ``hazardous_release``: a plume over roads and houses, isolation, and who noticed it.

Levels are concentrations in hundredths of a mg/m³: outside on roads, inside a closed house at
places. That is the whole weighing of staying in against leaving: the house holds the gas back at
first, and keeps it when the plume has gone. Roads within the isolation distance are shut from some
time after the report on until the release has ended. In false-alarm members the valve is shut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.clock import MS_PER_MIN, MS_PER_SECOND, NEVER
from sim.draws import Draws
from sim.hazards.base import FloatArray, Geometry, IntArray, Member, Setting
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
from sim.hazards.gas_areas import AreaRule, gas_areas
from sim.hazards.gas_scale import MOST, UG_PER_LEVEL, scale_of
from sim.hazards.plume import Air, Release, concentration_ug_m3, indoors, over_time_ug_m3
from sim.hazards.river_checks import FILE, SECTION, within
from sim.hazards.signals import Area
from sim.hazards.watching import reported_ms, watchers_of, with_alarms
from sim.schema.hazard_gas import HazardousReleaseSpec
from sim.schema.problems import InputError, Problem

MILLIONTH = 1_000_000
SEEN_SHARE = 100
"""Points that never see a hundredth of the harmful concentration are out of reach."""
FARTHEST_M = 50_000.0
"""No plume is reckoned farther; a source without a place or road so near stands elsewhere."""


@dataclass(frozen=True, slots=True)
class Leak:
    """One release: what leaves, in which air, between which moments, and when it was reported."""

    release: Release
    airs: tuple[Air, ...]
    begins_ms: int
    ends_ms: int
    reported_ms: int


class HazardousRelease:
    """Builds the members of one release."""

    def __init__(self, spec: HazardousReleaseSpec, geometry: Geometry, setting: Setting) -> None:
        self._spec, self._geometry, self._setting = spec, geometry, setting
        self.step_ms, self.n_steps = steps_of(spec.step_min, setting)
        self._draws = EnsembleDraws(spec.ensemble)
        self._begins = self._draws.stratified("hazard/start")
        self._turn = self._draws.stratified("hazard/turn")
        self._scale = scale_of(spec.limits)
        x, y = placed((spec.gas.at,), geometry, setting, f"{SECTION}.gas.at")
        self._at = float(x[0]), float(y[0])
        self._watchers: tuple[Watcher, ...] = watchers_of(spec.watchers, geometry, setting)
        self._ground: Ground = ground_of(geometry)
        away2 = (self._ground.x - self._at[0]) ** 2 + (self._ground.y - self._at[1]) ** 2
        self._away_m: FloatArray = np.sqrt(away2)
        nearest = float(self._away_m.min(initial=np.inf))
        if nearest > FARTHEST_M:
            found = f"{nearest / 1000:.0f} km"
            field = f"{SECTION}.gas.at"
            raise InputError([Problem("hazard.source_elsewhere", FILE, None, field, found)])

    def member(self, k: int) -> Member:
        """Member ``k``: the plume over the map, and what was known of it."""
        leak = self.leak(k)
        false_alarm = bool(self._draws.false_alarm[k])
        nothing_left = false_alarm or leak.release.rate_g_s <= 0
        levels = nothing(self._ground, self.n_steps) if nothing_left else self._levels(leak)
        label = f"m{k:02d}" + (" false alarm" if false_alarm else "")
        signals = with_alarms(
            quiet_signals(self._geometry, self.step_ms, self._onset(leak, false_alarm)),
            self._watchers,
            [Event("release", *self._at, leak.begins_ms)],
            Draws(self._spec.ensemble.seed, k),
            self._setting,
        )
        signals = replace(signals, areas=self._areas(leak, false_alarm))
        return Member(k, label, *levels, signals, scale=self._scale)

    def leak(self, k: int) -> Leak:
        """The release of member ``k``."""
        spec, draws = self._spec, self._draws
        begins = look_up(spec.gas.starts_min, MS_PER_MIN, int(self._begins[k]))
        lasts = look_up(spec.gas.lasts_min, MS_PER_MIN, draws.free(k, "hazard/lasts"))
        grams = look_up(spec.gas.rate_kg_s, 1000, draws.near_size(k, "hazard/rate"))
        event = Event("release", *self._at, begins)
        own = Draws(spec.ensemble.seed, k)
        reported = reported_ms(self._watchers, event, own, self._setting.clock_start)
        release = Release(*self._at, max(grams, 0), spec.gas.height_m, spec.gas.density_ratio)
        return Leak(release, self._airs(k), begins, begins + max(lasts, 0), reported)

    def _airs(self, k: int) -> tuple[Air, ...]:
        spec, draws = self._spec, self._draws
        factor = look_up(spec.wind_factor, MILLIONTH, draws.free(k, "hazard/wind")) / MILLIONTH
        turn = look_up(spec.wind_turn_deg, 1000, int(self._turn[k])) / 1000
        bounds = [round(period.from_min * MS_PER_MIN) for period in spec.weather[1:]]
        return tuple(
            Air(
                from_ms=begin,
                to_ms=end,
                wind_m_s=round(period.wind_m_s * factor, 6),
                wind_from_deg=(period.wind_from_deg + turn) % 360,
                stability=period.stability,
                ground=spec.ground,
            )
            for period, begin, end in zip(
                spec.weather, [-NEVER, *bounds], [*bounds, NEVER], strict=True
            )
        )

    def _levels(self, leak: Leak) -> Levels:
        ground, spec = self._ground, self._spec
        least = self._scale.harm_level * UG_PER_LEVEL // SEEN_SHARE
        highest = np.zeros(len(ground.x), np.int64)
        for air in leak.airs:
            if max(air.from_ms, leak.begins_ms) < min(air.to_ms, leak.ends_ms):
                here = concentration_ug_m3(leak.release, air, ground.x, ground.y)
                highest = np.maximum(highest, here)
        shut = (self._away_m <= spec.isolation_m) & (np.arange(len(ground.x)) >= ground.n_places)
        rows = np.flatnonzero((highest >= max(least, 1)) | shut)
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        closed = self._closed_ms(leak)
        isolated = (times >= closed) & (times < max(leak.ends_ms, closed))

        def level(wanted: IntArray) -> IntArray:
            points = ground.x[wanted], ground.y[wanted]
            lasts = (leak.begins_ms, leak.ends_ms)
            outside = over_time_ug_m3(leak.release, leak.airs, points, times, lasts)
            if len(wanted) and wanted[-1] < ground.n_places:
                out = indoors(outside, spec.air_changes_per_h, self.step_ms)
            else:
                deadly = self._scale.door_level * UG_PER_LEVEL
                kept = shut[wanted][:, None] & isolated
                out = np.maximum(outside, np.where(kept, deadly, 0))
            return np.minimum(out // UG_PER_LEVEL, MOST)

        return gather(ground, rows, self.n_steps, level)

    def _closed_ms(self, leak: Leak) -> int:
        return leak.reported_ms + round(self._spec.isolated_after_min * MS_PER_MIN)

    def _called_off_ms(self, leak: Leak) -> int:
        """When a false alarm is known to be one."""
        return leak.reported_ms + round(self._spec.cancelled_after_min * MS_PER_MIN)

    def _areas(self, leak: Leak, false_alarm: bool) -> tuple[Area, ...]:
        """Announced with the report, until the release ends or turns out to be none."""
        if leak.reported_ms >= NEVER:
            return ()
        over = max(leak.ends_ms, self._closed_ms(leak))
        until = self._called_off_ms(leak) if false_alarm else over
        rule = AreaRule(self._at, self._spec.isolation_m, self._spec.protective_m)
        return gas_areas(rule, leak.airs, (leak.reported_ms, until), self._geometry)

    def _onset(self, leak: Leak, false_alarm: bool) -> IntArray:
        """When the gas may be at the nearest place, as expected from the report on.

        Nobody relies on the wind staying: the nearest place counts, wherever it lies.
        """
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        nearest = float(self._away_m[: self._ground.n_places].min(initial=np.inf))
        if leak.reported_ms >= NEVER or not np.isfinite(nearest):
            return np.full(self.n_steps, NEVER, np.int64)
        air = next(air for air in leak.airs if leak.begins_ms < air.to_ms)
        comes = leak.begins_ms + round(nearest / air.pace_m_s * MS_PER_SECOND)
        known = times >= leak.reported_ms
        if false_alarm:
            known &= times < self._called_off_ms(leak)
        return np.where(known, comes, NEVER)


def build_hazardous_release(
    spec: HazardousReleaseSpec, geometry: Geometry, setting: Setting
) -> Ensembled:
    """The ensemble of a ``hazardous_release`` section.

    Raises:
        InputError: impossible quantities or coordinates, or a plume that reaches nothing.
    """
    at = SECTION
    problems = [
        *within(f"{at}.gas.rate_kg_s", spec.gas.rate_kg_s, 0, 10_000),
        *within(f"{at}.gas.starts_min", spec.gas.starts_min, 0, 100_000),
        *within(f"{at}.gas.lasts_min", spec.gas.lasts_min, 0, 20_160),
        *within(f"{at}.wind_factor", spec.wind_factor, 0.1, 5),
        *within(f"{at}.wind_turn_deg", spec.wind_turn_deg, -180, 180),
    ]
    if problems:
        raise InputError(problems)
    release = HazardousRelease(spec, geometry, setting)
    steps = (release.step_ms, release.n_steps)
    return Ensembled(steps, spec.ensemble.members, release.member)
