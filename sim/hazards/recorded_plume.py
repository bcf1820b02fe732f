"""Kind ``recorded_plume``: concentrations from files, with doubt about time, pace and size.

The same levels, words and rules as ``hazardous_release``: outside on roads, inside a closed house
at places. A recording knows its wind already, so members do not turn it, and it draws no zones.
"""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import Draws
from sim.hazards.base import Geometry, IntArray, Member, Setting
from sim.hazards.detection import Event
from sim.hazards.ensemble import EnsembleDraws, look_up
from sim.hazards.field import (
    Ensembled,
    Levels,
    gather,
    ground_of,
    nothing,
    placed,
    quiet_signals,
    steps_of,
)
from sim.hazards.gas_scale import MOST, scale_of
from sim.hazards.plume import indoors
from sim.hazards.recorded import expected_onset
from sim.hazards.recorded_setup import set_up_recorded
from sim.hazards.river_checks import SECTION, within
from sim.hazards.watching import reported_ms, watchers_of, with_alarms
from sim.io.quantity import concentration
from sim.schema.hazard_recorded_plume import RecordedPlumeSpec
from sim.schema.problems import InputError

MILLIONTH = 1_000_000


class RecordedPlume:
    """Builds the members of one recorded plume."""

    def __init__(self, spec: RecordedPlumeSpec, geometry: Geometry, setting: Setting) -> None:
        self._spec, self._geometry, self._setting = spec, geometry, setting
        self.step_ms, self.n_steps = steps_of(spec.step_min, setting)
        self._times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        self._draws = EnsembleDraws(spec.ensemble)
        self._shift = self._draws.stratified("hazard/start")
        self._speed = self._draws.stratified("hazard/speed")
        self._size = self._draws.stratified("hazard/size")
        self._scale = scale_of(spec.limits)
        x, y = placed((spec.at,), geometry, setting, f"{SECTION}.at")
        self._at = float(x[0]), float(y[0])
        self._watchers = watchers_of(spec.watchers, geometry, setting)
        self._ground = ground_of(geometry)
        quantity = concentration(spec.unit, spec.molar_mass_g or 1.0)
        recorded = set_up_recorded(spec.data, quantity, geometry, setting, decks_dry=False)
        self._recording, self._begins_ms = recorded.recording, recorded.start_ms
        wet = recorded.recording.wet
        self._rows = wet[wet < len(self._ground.x)]
        self.warnings = recorded.warnings

    def member(self, k: int) -> Member:
        """Member ``k``: the recorded plume, moved, quickened and made stronger or weaker."""
        false_alarm = bool(self._draws.false_alarm[k])
        levels = nothing(self._ground, self.n_steps) if false_alarm else self._levels(k)
        label = f"m{k:02d}" + (" false alarm" if false_alarm else "")
        event = Event("release", *self._at, self.start_ms(k))
        signals = with_alarms(
            quiet_signals(self._geometry, self.step_ms, self._onset(k, event)),
            self._watchers,
            [event],
            Draws(self._spec.ensemble.seed, k),
            self._setting,
        )
        return Member(k, label, *levels, signals, scale=self._scale)

    def start_ms(self, k: int) -> int:
        """When the recording begins in member ``k``."""
        shift = look_up(self._spec.start_shift_min, MS_PER_MIN, int(self._shift[k]))
        return self._begins_ms + shift

    def _outside(self, k: int, rows: IntArray) -> IntArray:
        """Concentration int64 [n_rows, n_steps], hundredths of a mg/m³."""
        speed = look_up(self._spec.speed_factor, MILLIONTH, int(self._speed[k]))
        size = look_up(self._spec.level_factor, MILLIONTH, int(self._size[k]))
        process = (self._times - self.start_ms(k)) * speed // MILLIONTH
        level = (self._recording.level(rows, process) * size + MILLIONTH // 2) // MILLIONTH
        return np.where(process >= 0, np.minimum(level, MOST), 0)

    def _levels(self, k: int) -> Levels:
        changes = self._spec.air_changes_per_h

        def level(wanted: IntArray) -> IntArray:
            outside = self._outside(k, wanted)
            if len(wanted) and wanted[-1] < self._ground.n_places:
                return indoors(outside, changes, self.step_ms)
            return outside

        return gather(self._ground, self._rows, self.n_steps, level)

    def _onset(self, k: int, event: Event) -> IntArray:
        """When the gas is expected to be harmful outside the first place, from the report on."""
        spec, known, came = self._spec, event.begins_ms, NEVER
        if self._watchers:
            own = Draws(spec.ensemble.seed, k)
            known = reported_ms(self._watchers, event, own, self._setting.clock_start)
        places = self._rows[self._rows < self._ground.n_places]
        harmful = (self._outside(k, places) >= self._scale.harm_level).any(axis=0)
        if harmful.any():
            came = int(self._times[np.argmax(harmful)])
        if known >= NEVER or came >= NEVER:
            return np.full(self.n_steps, NEVER, np.int64)
        error = look_up(spec.onset.error_h_at_24h, MS_PER_HOUR, self._draws.free(k, "hazard/onset"))
        truth = (error, bool(self._draws.false_alarm[k]))
        expected = expected_onset(spec.onset, self._times, came, truth)
        return np.where(self._times >= known, expected, NEVER)


def build_recorded_plume(
    spec: RecordedPlumeSpec, geometry: Geometry, setting: Setting
) -> Ensembled:
    """The ensemble of a ``recorded_plume`` section.

    Raises:
        InputError: impossible quantities, an unusable file, or a plume that reaches nothing.
    """
    problems = [
        *within(f"{SECTION}.start_shift_min", spec.start_shift_min, -20_160, 20_160),
        *within(f"{SECTION}.speed_factor", spec.speed_factor, 0.01, 100),
        *within(f"{SECTION}.level_factor", spec.level_factor, 0.0, 100),
        *within(f"{SECTION}.onset.error_h_at_24h", spec.onset.error_h_at_24h, -48, 48),
    ]
    if problems:
        raise InputError(problems)
    plume = RecordedPlume(spec, geometry, setting)
    steps = (plume.step_ms, plume.n_steps)
    return Ensembled(steps, spec.ensemble.members, plume.member, plume.warnings)
