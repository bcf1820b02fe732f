"""Kind ``forest_fire``: a fire spreads over a grid until lines hold it; smoke goes before it.

The levels of this kind are steps, not a measurement: 1 smoke on the road, 2 flames so near that
nobody may be there. They last while something within reach burns; burnt ground is safe again. A
fire is known from its report on, which depends on who watches; crews set out on that report. In
false-alarm members it is reported and put out where it started.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import Draws
from sim.hazards.base import Geometry, IntArray, Member, Setting
from sim.hazards.detection import Event, Watcher
from sim.hazards.ensemble import EnsembleDraws, look_up
from sim.hazards.field import (
    Ensembled,
    Levels,
    gather_spells,
    nothing,
    placed,
    quiet_signals,
    steps_of,
)
from sim.hazards.fire_map import (
    FireMap,
    cells_at,
    closed_from,
    drawn,
    first_and_last,
    lay_out,
    offsets,
)
from sim.hazards.fire_rates import base_rate_m_per_min
from sim.hazards.fire_spread import Brands, Fight, FireWeather, burn, burnt_permille
from sim.hazards.recorded import expected_onset
from sim.hazards.river_checks import SECTION, within
from sim.hazards.watching import reported_ms, watchers_of, with_alarms
from sim.io.layers import points_in
from sim.roads.levels import ClassRule, LevelScale
from sim.schema.hazard_fire import ForestFireSpec
from sim.schema.problems import InputError, Problem

MILLIONTH = 1_000_000
SMOKE, FLAMES = 1, 2
SCALE = LevelScale(
    "fire",
    per_unit=1,
    shown=(SMOKE, FLAMES),
    harm=FLAMES,
    door=FLAMES,
    rules={
        "car": ClassRule(FLAMES, ((SMOKE, 20),)),
        "minibus": ClassRule(FLAMES, ((SMOKE, 20),)),
        "coach": ClassRule(SMOKE),
        "truck": ClassRule(FLAMES, ((SMOKE, 20),)),
        "ambulance": ClassRule(FLAMES, ((SMOKE, 20),)),
        "high_clearance": ClassRule(FLAMES, ((SMOKE, 20),)),
        "on_foot": ClassRule(FLAMES),
    },
)
"""In smoke cars creep at 20 km/h and coaches are held back; flames stop everybody (judgement)."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What all members share: map, watchers, where it starts, cells and pace of the lines."""

    fire: FireMap
    watchers: tuple[Watcher, ...]
    ignition: IntArray
    starts_at: tuple[float, float]
    lines: tuple[tuple[IntArray, np.ndarray[tuple[int], np.dtype[np.float64]]], ...]


Line = tuple[IntArray, np.ndarray[tuple[int], np.dtype[np.float64]], int, float]
"""Cells of a line, metres along it, when it begins (ms), metres per hour (0: there already)."""


@dataclass(frozen=True, slots=True)
class Story:
    """One fire: begun, reported, its weather, the lines against it, and when each cell burns."""

    begins_ms: int
    reported_ms: int
    weather: FireWeather
    lines: tuple[Line, ...]
    burns_ms: IntArray


class ForestFire:
    """Builds the members of one forest fire."""

    def __init__(self, spec: ForestFireSpec, geometry: Geometry, setting: Setting) -> None:
        self._spec, self._geometry, self._setting = spec, geometry, setting
        self.step_ms, self.n_steps = steps_of(spec.step_min, setting)
        self._draws = EnsembleDraws(spec.ensemble)
        self._begins = self._draws.stratified("hazard/start")
        self._turn = self._draws.stratified("hazard/turn")
        self._scene = _set_up(spec, geometry, setting)
        self.warnings = self._scene.fire.warnings

    def member(self, k: int) -> Member:
        """Member ``k``: the fire as it is fought, and what was known of it."""
        false_alarm = bool(self._draws.false_alarm[k])
        story = self.story(k)
        if false_alarm:
            levels = nothing(self._scene.fire.ground, self.n_steps)
        else:
            levels = self._levels(story)
        label = f"m{k:02d}" + (" false alarm" if false_alarm else "")
        signals = with_alarms(
            quiet_signals(self._geometry, self.step_ms, self._onset(k, story)),
            self._scene.watchers,
            [Event("fire", *self._scene.starts_at, story.begins_ms)],
            Draws(self._spec.ensemble.seed, k),
            self._setting,
        )
        burnt = 0.0 if false_alarm else self._burnt_permille(story)
        measures = {"burnt_permille": burnt}
        return Member(k, label, *levels, signals, scale=SCALE, measures=measures)

    def _burnt_permille(self, story: Story) -> float:
        """Share of what can burn that has burnt by the end of the run."""
        fuel = self._scene.fire.burning.fuel
        return burnt_permille(story.burns_ms, fuel, self._setting.horizon_min * MS_PER_MIN)

    def story(self, k: int) -> Story:
        """The fire of member ``k`` as it is fought."""
        spec, scene = self._spec, self._scene
        begins = look_up(spec.starts_min, MS_PER_MIN, int(self._begins[k]))
        event = Event("fire", *scene.starts_at, begins)
        own = Draws(spec.ensemble.seed, k)
        reported = reported_ms(scene.watchers, event, own, self._setting.clock_start)
        weather, lines = self._weather(k), self._lines(k, reported)
        return Story(begins, reported, weather, lines, self._burnt(k, begins, weather, lines))

    def _lines(self, k: int, reported: int) -> tuple[Line, ...]:
        """Firebreaks that are there, and lines begun some time after the report."""
        lines = []
        for line, (cells, along) in zip(self._spec.lines, self._scene.lines, strict=True):
            begin, pace = -MS_PER_HOUR, 0.0
            if not line.is_there:
                after = self._draws.free(k, f"hazard/crew/{line.id}")
                wait = look_up(line.arrives_after_min, MS_PER_MIN, after)
                begin = NEVER if reported >= NEVER else reported + wait
                pace = line.m_per_h
            lines.append((cells, along, begin, pace))
        return tuple(lines)

    def _burnt(
        self, k: int, begins: int, weather: FireWeather, lines: tuple[Line, ...]
    ) -> IntArray:
        """When each cell burns with these lines against the fire."""
        ground, ignition = self._scene.fire.burning, self._scene.ignition
        given = self._spec.spotting
        thrown = Brands(given.share_at_10_m_s, given.mean_m, given.burns_after_min)
        fight = Fight(closed_from(ground.fuel.shape, list(lines)))
        own = Draws(self._spec.ensemble.seed, k)
        starts = ignition, np.full(len(ignition), begins)
        return burn(ground, weather, starts, fight, (thrown, own))

    def _weather(self, k: int) -> FireWeather:
        spec, draws = self._spec, self._draws
        wind = look_up(spec.wind_factor, MILLIONTH, draws.near_size(k, "hazard/wind")) / MILLIONTH
        rate = look_up(spec.rate_factor, MILLIONTH, draws.near_size(k, "hazard/rate")) / MILLIONTH
        turn = look_up(spec.wind_turn_deg, 1000, int(self._turn[k])) / 1000
        speed = np.array([period.wind_m_s for period in spec.weather]) * wind
        # The Beaufort number of a wind v is (v / 0.836)^(2/3); the cube root is rounded with R0.
        beaufort = np.cbrt(speed / 0.836) ** 2
        rates = [
            base_rate_m_per_min(period.temperature_c, float(number)) * rate
            for period, number in zip(spec.weather, beaufort, strict=True)
        ]
        return FireWeather(
            np.array([round(period.from_min * MS_PER_MIN) for period in spec.weather], np.int64),
            np.round(np.array(rates), 6),
            np.round(speed, 6),
            np.array([(period.wind_from_deg + turn) % 360 for period in spec.weather]),
        )

    def _levels(self, story: Story) -> Levels:
        """Smoke and flames at the points that ever see them."""
        fire, inside = self._scene.fire, self._scene.fire.inside
        cell = fire.cell[inside]
        flames = round(self._spec.flames_min * MS_PER_MIN)
        near = first_and_last(story.burns_ms, cell, offsets(fire.grid, self._spec.near_m))
        spells = [(FLAMES, near[0], near[1] + flames)]
        bounds = [*story.weather.from_ms.tolist()[1:], NEVER]
        since = -MS_PER_HOUR
        for toward, until in zip(story.weather.toward(), bounds, strict=True):
            upwind = offsets(fire.grid, self._spec.smoke_m, toward)
            first, last = first_and_last(story.burns_ms, cell, upwind)
            ends = np.minimum(last + flames, until)
            spells.append((SMOKE, np.maximum(first, since), ends))
            since = until
        return gather_spells(fire.ground, inside, spells, (self.step_ms, self.n_steps))

    def _onset(self, k: int, story: Story) -> IntArray:
        """When the first place is expected to be reached, as known at each step.

        Where the crews will hold the fire nobody knows it yet: its arrival without them is
        expected, and called off before its time.
        """
        spec, held = self._spec, bool(self._draws.false_alarm[k])
        start = self._reached_ms(story.burns_ms)
        if start >= NEVER:
            there = tuple(line for line in story.lines if line[3] == 0)
            held = True
            start = self._reached_ms(self._burnt(k, story.begins_ms, story.weather, there))
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        if start >= NEVER or story.reported_ms >= NEVER:
            return np.full(self.n_steps, NEVER, np.int64)
        error = look_up(spec.onset.error_h_at_24h, MS_PER_HOUR, self._draws.free(k, "hazard/onset"))
        expected = expected_onset(spec.onset, times, start, (error, held))
        return np.where(times >= story.reported_ms, expected, NEVER)

    def _reached_ms(self, burns_ms: IntArray) -> int:
        """When flames come near the first place; NEVER if they do not."""
        fire = self._scene.fire
        cells = fire.cell[: fire.ground.n_places]
        near = offsets(fire.grid, self._spec.near_m)
        return int(first_and_last(burns_ms, cells[cells >= 0], near)[0].min(initial=NEVER))


def _set_up(spec: ForestFireSpec, geometry: Geometry, setting: Setting) -> _Scene:
    fire = lay_out(spec.terrain, geometry, setting)
    field = f"{SECTION}.ignition"
    x, y = placed(spec.ignition, geometry, setting, field)
    cells = cells_at(fire, x, y, geometry, field)
    if not (fire.burning.fuel.ravel()[cells] > 0).any():
        raise InputError([Problem("hazard.no_fuel", "scenario.yaml", field=field)])
    lines = []
    for i, line in enumerate(spec.lines):
        at = placed(line.line, geometry, setting, f"{SECTION}.lines.{i}.line")
        lines.append(drawn(fire, *points_in(*at, geometry.crs, fire.crs)))
    watchers = watchers_of(spec.watchers, geometry, setting)
    return _Scene(fire, watchers, cells, (float(x[0]), float(y[0])), tuple(lines))


def build_forest_fire(spec: ForestFireSpec, geometry: Geometry, setting: Setting) -> Ensembled:
    """The ensemble of a ``forest_fire`` section.

    Raises:
        InputError: impossible quantities, or what is wrong with the grids (``fire_map.lay_out``).
    """
    at = SECTION
    problems = [
        *within(f"{at}.starts_min", spec.starts_min, 0, 100_000),
        *within(f"{at}.wind_factor", spec.wind_factor, 0, 5),
        *within(f"{at}.wind_turn_deg", spec.wind_turn_deg, -180, 180),
        *within(f"{at}.rate_factor", spec.rate_factor, 0, 20),
        *within(f"{at}.onset.error_h_at_24h", spec.onset.error_h_at_24h, -48, 48),
    ]
    for i, line in enumerate(spec.lines):
        field = f"{at}.lines.{i}.arrives_after_min"
        problems += within(field, line.arrives_after_min, 0, 10_000)
    if problems:
        raise InputError(problems)
    fire = ForestFire(spec, geometry, setting)
    steps = (fire.step_ms, fire.n_steps)
    return Ensembled(steps, spec.ensemble.members, fire.member, fire.warnings)
