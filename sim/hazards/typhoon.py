"""Kind ``typhoon``: a track with doubt, its gusts over places and roads, and what they break.

The first layer is the gust (0.1 m/s): it stops vehicles class by class and endangers who is at sea,
on a site or in a shed. Trees on roads, the surge along the coast and the rivers its rain fills come
as further layers. The danger is expected with an error that shrinks as it comes near.
"""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_HOUR, NEVER
from sim.hazards import forecasts as fc
from sim.hazards.base import (
    Blows,
    Geometry,
    IntArray,
    Layer,
    LevelArray,
    Member,
    Setting,
    Signals,
)
from sim.hazards.ensemble import EnsembleDraws, look_up
from sim.hazards.field import Ensembled, quiet_signals, steps_of
from sim.hazards.river_checks import SECTION, forecast_quantities, within
from sim.hazards.river_flood import FloodSetup, RiverFlood, StormWater
from sim.hazards.river_setup import set_up
from sim.hazards.road_points import road_points
from sim.hazards.storm import Grid, Rain
from sim.hazards.storm_field import StormField, StormMember, field_of
from sim.hazards.surge import SeaFlood
from sim.hazards.track import Track, track_of
from sim.hazards.wind_damage import fallen_trees, falling_sheds, weak_limits
from sim.hazards.wind_signals import gusts_seen
from sim.roads.levels import NEVER_LEVEL, ClassRule, LevelScale
from sim.schema.hazard_typhoon import TyphoonSpec, WindRules
from sim.schema.problems import InputError

MILLIONTH = 1_000_000
TENTHS = 10
BEFORE_H = 36
FORCE_8 = 172
HURRICANE = 327
"""Force 12: whoever is on a road then is in danger (judgement)."""


def scale_of(rules: WindRules) -> LevelScale:
    """Gusts in 0.1 m/s; houses keep their people safe, weak places have limits of their own."""
    slow = ((round(rules.slow_from * TENTHS), rules.slow_kmh),)
    classes = {
        name: ClassRule(round(getattr(rules, name) * TENTHS), () if name == "on_foot" else slow)
        for name in WindRules.model_fields
        if name not in ("slow_from", "slow_kmh")
    }
    return LevelScale(
        "gust",
        per_unit=TENTHS,
        shown=(FORCE_8, 208, 245, HURRICANE),
        harm=HURRICANE,
        door=NEVER_LEVEL,
        rules=classes,
    )


class TyphoonRain(StormWater):
    """Rivers of a typhoon: the rain is the typhoon's."""

    storm: Typhoon

    def rain(self, k: int) -> Rain:
        """Rain of member ``k`` of the typhoon at every gauge, on the grid of the rivers."""
        return self.storm.rain(k, self._grid)


class Typhoon:
    """Builds the members of one typhoon."""

    def __init__(self, spec: TyphoonSpec, geometry: Geometry, setting: Setting) -> None:
        self._spec, self._geometry, self._setting = spec, geometry, setting
        self.step_ms, self.n_steps = steps_of(spec.step_min, setting)
        self._draws = EnsembleDraws(spec.ensemble)
        self._side = self._draws.stratified("hazard/aside")
        self._track: Track = track_of(spec.track, geometry, setting)
        self._roads = road_points(geometry)
        self._scale = scale_of(spec.rules)
        self._limits: LevelArray = weak_limits(spec.weak, geometry)
        self._sea = None if spec.surge is None else SeaFlood(spec.surge, geometry, setting)
        self._rivers = None if spec.flood is None else self._river_flood()

    def _river_flood(self) -> RiverFlood:
        """The river part, with the typhoon's members, steps and rain."""
        spec, geometry, setting = self._spec, self._geometry, self._setting
        assert spec.flood is not None
        flood = spec.flood.model_copy(update={"ensemble": spec.ensemble, "step_min": spec.step_min})

        def water(setup: FloodSetup, draws: EnsembleDraws, grid: Grid) -> TyphoonRain:
            made = TyphoonRain(setup, draws, grid)
            made.storm = self
            return made

        setup = FloodSetup(flood, set_up(flood, geometry, setting), geometry, setting)
        return RiverFlood(setup, water)

    def member(self, k: int) -> Member:
        """Member ``k``: gusts, trees, sheds, surge, rivers, and what was expected."""
        spec, geometry = self._spec, self._geometry
        storm = self.storm(k)
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        places = storm.gusts(geometry.place_x, geometry.place_y, times)
        roads = storm.gusts(self._roads.x, self._roads.y, times)
        edge_row, edge_levels = self._roads.rows(np.where(roads >= FORCE_8, roads, 0))
        river = None if self._rivers is None else self._rivers.member(k)
        of = (self._draws, k, self.step_ms)
        more = [fallen_trees(spec.trees, self._roads, roads, geometry.n_places, of)]
        if self._sea is not None:
            more.append(self._sea.layer(storm, times))
        if river is not None:
            more.append(
                Layer(river.scale, river.edge_row, river.edge_levels, river.place_row,
                      river.place_levels)
            )  # fmt: skip
        false_alarm = bool(self._draws.false_alarm[k])
        return Member(
            index=k,
            label=f"m{k:02d}" + (" false alarm" if false_alarm else ""),
            edge_row=edge_row,
            edge_levels=edge_levels,
            place_row=np.arange(geometry.n_places, dtype=np.int32),
            place_levels=places,
            signals=self._signals(k, None if river is None else river.signals, places),
            scale=self._scale,
            more=tuple(more),
            place_harm=self._limits,
            blows=self._blows(places),
        )

    def storm(self, k: int, on_course: bool = False) -> StormMember:
        """The storm of member ``k``; ``on_course``: as it is expected where it turns aside."""
        spec, draws = self._spec, self._draws
        aside = look_up(spec.aside_km_at_24h, MILLIONTH, int(self._side[k])) / MILLIONTH
        late = look_up(spec.late_h_at_24h, MILLIONTH, draws.free(k, "hazard/late")) / MILLIONTH
        track = self._track.moved(aside, late)
        if draws.false_alarm[k] and not on_course:
            track = track.aside(spec.false_alarm_aside_km)
        drawn = {
            "depth": look_up(spec.depth_factor, MILLIONTH, int(draws.size[k])),
            "radius": look_up(spec.wind.radius_km, MILLIONTH, draws.free(k, "hazard/radius")),
            "shape": look_up(spec.wind.shape_b, MILLIONTH, draws.free(k, "hazard/shape")),
            "rain": look_up(spec.rain.most_mm_h, MILLIONTH, draws.near_size(k, "hazard/rain")),
        }
        field: StormField = field_of(spec, {name: v / MILLIONTH for name, v in drawn.items()})
        return StormMember(track, field)

    def rain(self, k: int, grid: Grid) -> Rain:
        """Rain at every gauge and over the middle of the places, by step of a grid."""
        gauges, storm = self._geometry.rain_gauges, self.storm(k)
        x = np.append(gauges.x, np.mean(self._geometry.place_x))
        y = np.append(gauges.y, np.mean(self._geometry.place_y))
        steps = storm.rain_01mm(x, y, grid.start_ms, grid.step_ms)
        return Rain(int(grid.start_ms[int(np.argmax(steps[-1]))]), steps)

    def _blows(self, places: LevelArray) -> Blows:
        return falling_sheds(self._spec, self._geometry, places, self.step_ms)

    def _signals(self, k: int, river: Signals | None, places: LevelArray) -> Signals:
        """Rain, gauges where there are rivers, and when dangerous wind is expected."""
        spec, geometry = self._spec, self._geometry
        course = self._course(k, places)
        onset = self._onset(k, course)
        late = look_up(spec.onset.error_h_at_24h, MS_PER_HOUR, self._draws.free(k, "hazard/onset"))
        quiet = quiet_signals(geometry, self.step_ms, onset)
        before = BEFORE_H * MS_PER_HOUR // self.step_ms
        after = fc.steps_after_horizon(spec.forecasts, self.step_ms)
        grid = Grid(self.step_ms, before, before + self.n_steps + after)
        rain = self.rain(k, grid)
        ahead = (rain, grid)
        seen = river or quiet
        return Signals(
            step_ms=self.step_ms,
            levels_mm=seen.levels_mm,
            lead_steps=seen.lead_steps,
            level_forecasts_mm=seen.level_forecasts_mm,
            rain_01mm=rain.steps_01mm[:-1, before : before + self.n_steps].astype(np.int32),
            rain_hours=fc.RAIN_WINDOWS_H,
            rain_forecasts_01mm=fc.rain_forecasts(
                spec.forecasts, self._draws, k, geometry.rain_gauges, ahead
            ),
            onset_forecast_ms=onset,
            gusts=gusts_seen(places, course, onset < NEVER, late, self.step_ms),
        )

    def _course(self, k: int, places: LevelArray) -> LevelArray:
        """Gusts at the places as they are expected: those of a storm that does not turn aside."""
        if not self._draws.false_alarm[k]:
            return places
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        there = (self._geometry.place_x, self._geometry.place_y)
        return self.storm(k, on_course=True).gusts(*there, times)

    def _onset(self, k: int, course: LevelArray) -> IntArray:
        """When the first weak place (any home where none is stated) meets dangerous wind."""
        spec = self._spec.onset
        false_alarm = bool(self._draws.false_alarm[k])
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        weak = self._limits < NEVER_LEVEL
        limits = np.where(weak, self._limits, FORCE_8)[:, None]
        watched = weak if weak.any() else np.arange(len(weak)) < max(self._geometry.n_homes, 1)
        reached = np.flatnonzero((course >= limits)[watched].any(axis=0))
        if not len(reached):
            return np.full(self.n_steps, NEVER, np.int64)
        true = int(reached[0]) * self.step_ms
        late = look_up(spec.error_h_at_24h, MS_PER_HOUR, self._draws.free(k, "hazard/onset"))
        left = np.maximum(true - times, 0) / (fc.FULL_LEAD_H * MS_PER_HOUR)
        expected = true + np.rint(late * np.sqrt(np.minimum(left, 1.0))).astype(np.int64)
        known = times >= true - round(spec.first_warning_h * MS_PER_HOUR)
        if false_alarm:
            known &= times < true - round(spec.cancelled_h_before * MS_PER_HOUR)
        return np.where(known, expected, NEVER)


def build_typhoon(spec: TyphoonSpec, geometry: Geometry, setting: Setting) -> Ensembled:
    """The ensemble of a ``typhoon`` section.

    Raises:
        InputError: impossible quantities, a track or coordinates that cannot be read, a weak place
            that does not exist, or problems of the rivers.
    """
    problems = [
        *within(f"{SECTION}.aside_km_at_24h", spec.aside_km_at_24h, -1000, 1000),
        *within(f"{SECTION}.late_h_at_24h", spec.late_h_at_24h, -24, 24),
        *within(f"{SECTION}.depth_factor", spec.depth_factor, 0, 3),
        *within(f"{SECTION}.wind.radius_km", spec.wind.radius_km, 1, 300),
        *within(f"{SECTION}.wind.shape_b", spec.wind.shape_b, 0.5, 3),
        *within(f"{SECTION}.rain.most_mm_h", spec.rain.most_mm_h, 0, 300),
        *within(f"{SECTION}.onset.error_h_at_24h", spec.onset.error_h_at_24h, -24, 24),
        *forecast_quantities(spec.forecasts),
    ]
    if problems:
        raise InputError(problems)
    storm = Typhoon(spec, geometry, setting)
    return Ensembled((storm.step_ms, storm.n_steps), spec.ensemble.members, storm.member)
