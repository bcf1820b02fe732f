"""Houses in an earthquake: which fall in which shock, and what becomes of those inside.

Of the families in a house that falls some die, some are buried, the others get out, many of them
hurt; in houses that stand people are hurt by what falls from walls and shelves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN
from sim.draws import share_q32
from sim.draws_tables import compile_number
from sim.hazards.base import Blows, FloatArray, Geometry, Injuries, IntArray, Setting
from sim.hazards.ensemble import TWO_32, EnsembleDraws, look_up
from sim.hazards.shaking import falling_share, hurt_in_ruins, share_at
from sim.schema.hazard_quake import EarthquakeSpec

DAY_HOURS = range(7, 21)
"""Hours of the day in which fewer people are indoors."""
PARTS = 7
"""Shares of a row: killed, trapped, got out; badly, lightly hurt of those; the same where houses
stand."""


@dataclass(frozen=True, slots=True)
class Shock:
    """One shock: when, and the intensity at every place and in the middle of every road."""

    at_ms: int
    felt: FloatArray
    felt_roads: FloatArray


class FallingHouses:
    """What the shocks of a member do to the houses of the people."""

    def __init__(
        self, spec: EarthquakeSpec, geometry: Geometry, setting: Setting, draws: EnsembleDraws
    ) -> None:
        self._spec, self._setting, self._draws = spec, setting, draws
        self._homes = np.arange(geometry.n_homes)
        self._ids = geometry.place_ids[: geometry.n_homes]

    def blows(self, k: int, shocks: list[Shock]) -> Blows:
        """Houses that fall in every shock of member ``k``, and those that burn afterwards."""
        inside = self._spec.inside
        parts = [np.zeros((0, 2 + PARTS), np.int64)]
        parts += [self._shaken(number, shock) for number, shock in enumerate(shocks)]
        if shocks:
            parts.append(self._burnt(k, shocks[0]))
        table = np.concatenate(parts)
        return Blows(
            *(table[:, 0], table[:, 1].astype(np.int32), table[:, 2], table[:, 3]),
            endures=compile_number(inside.lives_h, MS_PER_HOUR).table,
            dig=compile_number(inside.dig_min, MS_PER_MIN).table,
            injuries=Injuries(
                got_out_q32=table[:, 4],
                in_ruins_q32=table[:, 5:7],
                standing_q32=table[:, 7:9],
                dug_out_q32=share_q32(inside.dug_out_hurt_badly),
                carried_q32=share_q32(inside.carried_by_neighbours),
            ),
        )

    def _shaken(self, number: int, shock: Shock) -> IntArray:
        """The rows of one shock; the first is the main one."""
        spec, inside, felt = self._spec, self._spec.inside, shock.felt[self._homes]
        weaker = spec.aftershocks.damaged_factor if number else 1
        indoors = self._indoors(shock.at_ms)
        falls = np.clip(falling_share(spec.buildings, felt) * weaker, 0, 1)
        buried = inside.buried * (1 - inside.freed_by_neighbours)
        fates = [inside.killed, buried, max(1 - inside.killed - buried, 0.0)]
        standing = share_at(inside.hurt_standing, felt) * indoors
        badly = standing * inside.standing_hurt_badly
        return _rows(
            self._homes,
            shock.at_ms,
            [
                *(falls * indoors * fate for fate in fates),
                *hurt_in_ruins(spec.buildings, felt),
                *(badly, standing - badly),
            ],
        )

    def _burnt(self, k: int, main: Shock) -> IntArray:
        """Families trapped by the fires after the main shock."""
        spec, draws = self._spec, self._draws
        starts = share_at(spec.fires.starts, main.felt[self._homes])
        drawn = np.array([draws.free(k, f"hazard/fire/{name}") for name in self._ids], np.int64)
        after = look_up(spec.fires.after_min, MS_PER_MIN, draws.free(k, "hazard/fires"))
        burns = np.where(drawn < starts * TWO_32, spec.fires.trapped_share, 0.0)
        nobody = np.zeros(len(burns))
        shares = [nobody, burns, *([nobody] * (PARTS - 2))]
        return _rows(self._homes, main.at_ms + max(after, 1), shares)

    def _indoors(self, at_ms: int) -> float:
        hour = (self._setting.clock_start + timedelta(milliseconds=at_ms)).hour
        inside = self._spec.inside
        return inside.by_day if hour in DAY_HOURS else inside.by_night


def _rows(homes: IntArray, at_ms: int, shares: list[FloatArray]) -> IntArray:
    """Rows of blows at homes where anything happens at all."""
    whole = [[share_q32(min(one, 1.0)) for one in part.tolist()] for part in shares]
    table = np.stack([np.full(len(homes), at_ms), homes, *(np.array(part) for part in whole)], 1)
    felt = (table[:, [2, 3, 4, 7, 8]] > 0).any(axis=1)
    return np.asarray(table[felt].astype(np.int64))
