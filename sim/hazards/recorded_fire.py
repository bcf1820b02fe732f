"""Kind ``recorded_fire``: a fire whose arrival is known by point, from records or another model.

The same levels, words and rules as ``forest_fire`` without smoke: records of arrival say nothing of
the wind. A point is in danger from the first moment at which something within ``near_m`` burns
until the last such thing has burnt out.
"""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER, next_clock_time
from sim.draws import Draws
from sim.hazards.base import FloatArray, Geometry, IntArray, Member, Setting
from sim.hazards.detection import Event
from sim.hazards.ensemble import EnsembleDraws, look_up
from sim.hazards.field import (
    Ensembled,
    gather_spells,
    ground_of,
    nothing,
    quiet_signals,
    steps_of,
)
from sim.hazards.forest_fire import FLAMES, SCALE
from sim.hazards.recorded import expected_onset
from sim.hazards.river_checks import SECTION, within
from sim.hazards.watching import reported_ms, watchers_of, with_alarms
from sim.io.arrivals import read_arrivals
from sim.io.layers import points_out
from sim.schema.hazard_recorded_fire import RecordedFireSpec
from sim.schema.problems import InputError, Problem

MILLIONTH = 1_000_000


class RecordedFire:
    """Builds the members of one recorded fire."""

    def __init__(self, spec: RecordedFireSpec, geometry: Geometry, setting: Setting) -> None:
        self._spec, self._geometry, self._setting = spec, geometry, setting
        self.step_ms, self.n_steps = steps_of(spec.step_min, setting)
        self._draws = EnsembleDraws(spec.ensemble)
        self._shift = self._draws.stratified("hazard/start")
        self._speed = self._draws.stratified("hazard/speed")
        self._watchers = watchers_of(spec.watchers, geometry, setting)
        self._begins_ms = next_clock_time(setting.clock_start, spec.starts_at)
        given = spec.arrivals
        fields = given.x_field, given.y_field, given.time_field
        came, unburnt = read_arrivals(setting.folder, given.file, fields, given.unit)
        x, y = points_out(came.x, came.y, setting.crs or geometry.crs, geometry.crs)
        origin = int(np.argmin(came.at_ms))
        self._origin = float(x[origin]), float(y[origin])
        self._ground = ground_of(geometry)
        self._rows, self._first, self._last = _near(
            (self._ground.x, self._ground.y), (x, y, came.at_ms), spec.near_m
        )
        if not len(self._rows):
            raise InputError([Problem("hazard.never_wet", given.file)])
        found = f"{len(x)} / {len(x) + unburnt}"
        reached = int((self._rows < self._ground.n_places).sum())
        places = f"{reached} / {self._ground.n_places}"
        self.warnings = (
            Problem("hazard.fire_says", given.file, None, None, found, places, "warning"),
        )

    def member(self, k: int) -> Member:
        """Member ``k``: the recorded fire, moved and quickened."""
        false_alarm = bool(self._draws.false_alarm[k])
        first, last = self._moved(k, self._first), self._moved(k, self._last)
        flames = round(self._spec.flames_min * MS_PER_MIN)
        steps = (self.step_ms, self.n_steps)
        if false_alarm:
            levels = nothing(self._ground, self.n_steps)
        else:
            spells = [(FLAMES, first, last + flames)]
            levels = gather_spells(self._ground, self._rows, spells, steps)
        label = f"m{k:02d}" + (" false alarm" if false_alarm else "")
        signals = with_alarms(
            quiet_signals(self._geometry, self.step_ms, self._onset(k, first)),
            self._watchers,
            [Event("fire", *self._origin, self._start_ms(k))],
            Draws(self._spec.ensemble.seed, k),
            self._setting,
        )
        return Member(k, label, *levels, signals, scale=SCALE)

    def _start_ms(self, k: int) -> int:
        shift = look_up(self._spec.start_shift_min, MS_PER_MIN, int(self._shift[k]))
        return self._begins_ms + shift

    def _moved(self, k: int, recorded_ms: IntArray) -> IntArray:
        speed = look_up(self._spec.speed_factor, MILLIONTH, int(self._speed[k]))
        return self._start_ms(k) + recorded_ms * MILLIONTH // max(speed, 1)

    def _onset(self, k: int, first: IntArray) -> IntArray:
        """When the first place is expected to be reached, from the report on."""
        spec, times = self._spec, np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        places = first[self._rows < self._ground.n_places]
        begins = self._start_ms(k)
        known = begins
        if self._watchers:
            event = Event("fire", *self._origin, begins)
            own = Draws(spec.ensemble.seed, k)
            known = reported_ms(self._watchers, event, own, self._setting.clock_start)
        if not len(places) or known >= NEVER:
            return np.full(self.n_steps, NEVER, np.int64)
        error = look_up(spec.onset.error_h_at_24h, MS_PER_HOUR, self._draws.free(k, "hazard/onset"))
        truth = (error, bool(self._draws.false_alarm[k]))
        expected = expected_onset(spec.onset, times, int(places.min()), truth)
        return np.where(times >= known, expected, NEVER)


def _near(
    points: tuple[FloatArray, FloatArray],
    fire: tuple[FloatArray, FloatArray, IntArray],
    reach: float,
) -> tuple[IntArray, IntArray, IntArray]:
    """Points with a burnt one within reach (m), and the first and last time at which one burns."""
    x, y, at_ms = fire
    tree = cKDTree(np.column_stack([x, y]))
    found = tree.query_ball_point(np.column_stack(points), reach)
    rows = np.flatnonzero([len(near) > 0 for near in found])
    first = np.array([at_ms[found[row]].min() for row in rows.tolist()], np.int64)
    last = np.array([at_ms[found[row]].max() for row in rows.tolist()], np.int64)
    return rows, first, last


def build_recorded_fire(spec: RecordedFireSpec, geometry: Geometry, setting: Setting) -> Ensembled:
    """The ensemble of a ``recorded_fire`` section.

    Raises:
        InputError: impossible quantities, an unusable file, or a fire that reaches nothing.
    """
    problems = [
        *within(f"{SECTION}.start_shift_min", spec.start_shift_min, -20_160, 20_160),
        *within(f"{SECTION}.speed_factor", spec.speed_factor, 0.01, 100),
        *within(f"{SECTION}.onset.error_h_at_24h", spec.onset.error_h_at_24h, -48, 48),
    ]
    if problems:
        raise InputError(problems)
    fire = RecordedFire(spec, geometry, setting)
    steps = (fire.step_ms, fire.n_steps)
    return Ensembled(steps, spec.ensemble.members, fire.member, fire.warnings)
