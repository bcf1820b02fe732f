"""Kind ``earthquake``: shaking by distance, houses that fall, streets and bridges that close.

No warning: the danger is expected from the moment of the shock on, and plans begin there. Levels at
places are intensities in tenths, for the steps of the shocks; roads carry a layer of debris.
"""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.hazards.base import FloatArray, Geometry, Layer, LevelArray, Member, Setting
from sim.hazards.ensemble import TWO_32, EnsembleDraws, look_up
from sim.hazards.field import Ensembled, placed, quiet_signals, steps_of
from sim.hazards.quake_blows import FallingHouses, Shock
from sim.hazards.quake_buildings import Needed
from sim.hazards.quake_roads import QuakeRoads
from sim.hazards.river_checks import FILE, SECTION, within
from sim.hazards.shaking import aftershock_hours, aftershock_magnitudes, intensity
from sim.roads.levels import NEVER_LEVEL, LevelScale
from sim.schema.hazard_quake import EarthquakeSpec
from sim.schema.problems import InputError, Problem

MILLIONTH = 1_000_000
TENTHS = 10
SHAKING = LevelScale("shaking", per_unit=TENTHS, shown=(60, 70, 80, 90), harm=70, door=NEVER_LEVEL)
"""Intensity in tenths; from 7 on whoever is in a house is in danger (judgement)."""


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
        self._needed = Needed(spec.needed, spec.aftershocks, geometry)
        self._houses = FallingHouses(spec, geometry, setting, self._draws)
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
            since = self._needed.damaged_ms(self._draws, k, shocks)
            damaged = (since < NEVER)[:, None]
            harm = np.where(since < NEVER, SHAKING.harm_level, harm).astype(np.int32)
            unsafe = times + self.step_ms > since[:, None]
            levels = np.where(unsafe, np.maximum(levels, SHAKING.harm_level), levels)
            # what stands until an aftershock is used until then, however hard it was shaken
            standing = np.minimum(levels, SHAKING.harm_level - 1)
            levels = np.where(damaged & ~unsafe, standing, levels)
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
            blows=self._houses.blows(k, shocks),
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
