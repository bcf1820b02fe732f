"""Kind ``earthquake``: shaking by distance, houses that fall, streets and bridges that close.

No warning: the danger is expected from the moment of the shock on, and plans begin there. Levels at
places are intensities in tenths, for the steps of the shocks; roads carry a layer of debris.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import share_q32
from sim.draws_tables import compile_number
from sim.hazards.base import (
    Blows,
    FloatArray,
    Geometry,
    IntArray,
    Layer,
    LevelArray,
    Member,
    Setting,
)
from sim.hazards.ensemble import TWO_32, EnsembleDraws, look_up
from sim.hazards.field import Ensembled, placed, quiet_signals, steps_of
from sim.hazards.quake_buildings import Needed
from sim.hazards.quake_roads import QuakeRoads
from sim.hazards.river_checks import FILE, SECTION, within
from sim.hazards.shaking import (
    aftershock_hours,
    aftershock_magnitudes,
    falling_share,
    intensity,
    share_at,
)
from sim.roads.levels import NEVER_LEVEL, LevelScale
from sim.schema.hazard_quake import EarthquakeSpec
from sim.schema.problems import InputError, Problem

MILLIONTH = 1_000_000
TENTHS = 10
SHAKING = LevelScale("shaking", per_unit=TENTHS, shown=(60, 70, 80, 90), harm=70, door=NEVER_LEVEL)
"""Intensity in tenths; from 7 on whoever is in a house is in danger (judgement)."""


@dataclass(frozen=True, slots=True)
class Shock:
    """One shock: when, and the intensity at every place and in the middle of every road."""

    at_ms: int
    felt: FloatArray
    felt_roads: FloatArray


class Earthquake:
    """Builds the members of one earthquake."""

    def __init__(self, spec: EarthquakeSpec, geometry: Geometry, setting: Setting) -> None:
        self._spec, self._geometry, self._setting = spec, geometry, setting
        self.step_ms, self.n_steps = steps_of(spec.step_min, setting)
        self._draws = EnsembleDraws(spec.ensemble)
        x, y = placed((spec.epicentre,), geometry, setting, f"{SECTION}.epicentre")
        self._roads = QuakeRoads(spec, geometry, setting)
        self._away_km = _away(geometry.place_x, geometry.place_y, float(x[0]), float(y[0]))
        self._road_km = _away(self._roads.x, self._roads.y, float(x[0]), float(y[0]))
        self._known = self._recorded()
        self._needed = Needed(spec.needed, geometry)
        in_houses = np.arange(geometry.n_places) < geometry.n_homes
        self._harm: LevelArray = np.where(in_houses, SHAKING.harm_level, NEVER_LEVEL)
        self._harm = self._harm.astype(np.int32)  # open spaces are safe whatever shakes

    def member(self, k: int) -> Member:
        """Member ``k``: the shocks, what they break, and the houses that fall."""
        happens = not self._draws.false_alarm[k]
        shocks = self.shocks(k) if happens else []
        main = shocks[0].at_ms if shocks else NEVER
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        onset = np.where(times >= main, main, NEVER)
        n_edges, n_places = self._geometry.n_edges, self._geometry.n_places
        levels = np.zeros((n_places, self.n_steps), np.int32)
        for shock in shocks:
            step = shock.at_ms // self.step_ms
            if step < self.n_steps:
                felt = np.rint(shock.felt * TENTHS).astype(np.int32)
                levels[:, step] = np.maximum(levels[:, step], np.maximum(felt, 0))
        harm = self._harm
        if shocks:
            damaged = self._needed.damaged(self._draws, k, shocks[0].felt)
            harm = np.where(damaged, SHAKING.harm_level, harm).astype(np.int32)
            unsafe = damaged[:, None] & (times + self.step_ms > main)
            levels = np.where(unsafe, np.maximum(levels, SHAKING.harm_level), levels)
        none = np.full(n_edges, -1, np.int32)
        return Member(
            index=k,
            label=f"m{k:02d}" + ("" if happens else " no earthquake"),
            edge_row=none,
            edge_levels=np.zeros((0, self.n_steps), np.int32),
            place_row=np.arange(n_places, dtype=np.int32),
            place_levels=levels.astype(np.int32),
            signals=quiet_signals(self._geometry, self.step_ms, onset),
            scale=SHAKING,
            place_harm=harm,
            more=(self._on_roads(k, shocks),),
            blows=self._blows(k, shocks),
        )

    def _on_roads(self, k: int, shocks: list[Shock]) -> Layer:
        """What the main shock leaves on the roads."""
        steps = (self.step_ms, self.n_steps)
        if not shocks:
            return self._roads.clear(steps)
        return self._roads.layer(self._draws, k, (shocks[0].at_ms, shocks[0].felt_roads), steps)

    def shocks(self, k: int) -> list[Shock]:
        """Main shock and aftershocks of member ``k``."""
        spec, draws = self._spec, self._draws
        at = max(look_up(spec.at_min, MS_PER_MIN, draws.free(k, "hazard/at")), 0)
        size = look_up(spec.magnitude, MILLIONTH, int(draws.size[k])) / MILLIONTH
        error = spec.attenuation.error
        off = look_up(error, MILLIONTH, draws.free(k, "hazard/attenuation")) / MILLIONTH
        number = look_up(spec.aftershocks.number, 1, draws.free(k, "hazard/aftershocks"))
        found = [self._shock(at, size, size, off)]
        if number > 0:
            later = (draws.noise(k, "hazard/omori", np.arange(number)) + 0.5) / TWO_32
            smaller = (draws.noise(k, "hazard/richter", np.arange(1, number)) + 0.5) / TWO_32
            hours = aftershock_hours(spec.aftershocks, later)
            sizes = aftershock_magnitudes(spec.aftershocks, size, smaller)
            found += [
                self._shock(at + round(float(hour) * MS_PER_HOUR), float(one), size, off)
                for hour, one in zip(hours, sizes, strict=True)
            ]
        return found

    def _shock(self, at_ms: int, size: float, main: float, off: float) -> Shock:
        """Recorded intensities hold for the main shock; smaller ones lie below them by b · ΔM."""
        law = self._spec.attenuation
        if self._known is not None:
            lower = law.b * (main - size)
            return Shock(at_ms, self._known[0] - lower, self._known[1] - lower)
        felt = intensity(law, size, self._away_km) + off
        return Shock(at_ms, felt, intensity(law, size, self._road_km) + off)

    def _recorded(self) -> tuple[FloatArray, FloatArray] | None:
        """Recorded intensities at places and roads, each by the nearest place that has one."""
        spec, geometry = self._spec, self._geometry
        if not spec.felt:
            return None
        rows = {name: row for row, name in enumerate(geometry.place_ids)}
        unknown = [one.place for one in spec.felt if one.place not in rows]
        if unknown:
            raise InputError(
                [Problem("hazard.place_unknown", FILE, None, f"{SECTION}.felt", unknown[0])]
            )
        at = np.array([rows[one.place] for one in spec.felt])
        felt = np.array([one.intensity for one in spec.felt])
        x, y = geometry.place_x[at], geometry.place_y[at]

        def nearest(to_x: FloatArray, to_y: FloatArray) -> FloatArray:
            square = (to_x[:, None] - x) ** 2 + (to_y[:, None] - y) ** 2
            return np.asarray(felt[np.argmin(square, axis=1)])

        return nearest(geometry.place_x, geometry.place_y), nearest(self._roads.x, self._roads.y)

    def _blows(self, k: int, shocks: list[Shock]) -> Blows:
        """Houses that fall in every shock, and those that burn afterwards."""
        spec, homes = self._spec, np.arange(self._geometry.n_homes)
        parts = [np.zeros((0, 4), np.int64)]
        for number, shock in enumerate(shocks):
            felt = shock.felt[homes]
            falls = falling_share(spec.buildings, felt) * (
                spec.aftershocks.damaged_factor if number else 1
            )
            hit = np.clip(falls, 0, 1) * self._indoors(shock.at_ms)
            alive = spec.inside.buried * (1 - spec.inside.freed_by_neighbours)
            parts.append(_rows(homes, shock.at_ms, hit * spec.inside.killed, hit * alive))
        if shocks:
            starts = share_at(spec.fires.starts, shocks[0].felt[homes])
            drawn = np.array(
                [
                    self._draws.free(k, f"hazard/fire/{self._geometry.place_ids[home]}")
                    for home in homes.tolist()
                ],
                np.int64,
            )
            after = look_up(spec.fires.after_min, MS_PER_MIN, self._draws.free(k, "hazard/fires"))
            burns = np.where(drawn < starts * TWO_32, spec.fires.trapped_share, 0.0)
            parts.append(_rows(homes, shocks[0].at_ms + max(after, 1), 0 * burns, burns))
        table = np.concatenate(parts)
        return Blows(
            *(table[:, 0], table[:, 1].astype(np.int32), table[:, 2], table[:, 3]),
            endures=compile_number(spec.inside.lives_h, MS_PER_HOUR).table,
            dig=compile_number(spec.inside.dig_min, MS_PER_MIN).table,
        )

    def _indoors(self, at_ms: int) -> float:
        hour = (self._setting.clock_start + timedelta(milliseconds=at_ms)).hour
        inside = self._spec.inside
        return inside.by_day if 7 <= hour < 21 else inside.by_night


def _rows(homes: IntArray, at_ms: int, killed: FloatArray, trapped: FloatArray) -> IntArray:
    """Rows of blows at homes where anything happens at all."""
    shares = [[share_q32(float(min(one, 1.0))) for one in part] for part in (killed, trapped)]
    table = np.stack(
        [np.full(len(homes), at_ms), homes, np.array(shares[0]), np.array(shares[1])], axis=1
    ).astype(np.int64)
    return np.asarray(table[(table[:, 2:] > 0).any(axis=1)])


def _away(x: FloatArray, y: FloatArray, to_x: float, to_y: float) -> FloatArray:
    """Distances in km."""
    return np.asarray(np.sqrt((x - to_x) ** 2 + (y - to_y) ** 2) / 1000)


def build_earthquake(spec: EarthquakeSpec, geometry: Geometry, setting: Setting) -> Ensembled:
    """The ensemble of an ``earthquake`` section.

    Raises:
        InputError: impossible quantities or coordinates, or a recorded place that does not exist.
    """
    problems = [
        *within(f"{SECTION}.magnitude", spec.magnitude, 0, 10),
        *within(f"{SECTION}.at_min", spec.at_min, 0, 100_000),
        *within(f"{SECTION}.aftershocks.number", spec.aftershocks.number, 0, 1000),
        *within(f"{SECTION}.attenuation.error", spec.attenuation.error, -4, 4),
    ]
    if problems:
        raise InputError(problems)
    quake = Earthquake(spec, geometry, setting)
    return Ensembled((quake.step_ms, quake.n_steps), spec.ensemble.members, quake.member)
