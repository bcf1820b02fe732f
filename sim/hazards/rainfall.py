"""Rain of an ensemble, drawn as a storm or read from a table: what every rain-driven kind needs."""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_MIN
from sim.hazards.base import Geometry, IntArray, Setting
from sim.hazards.ensemble import EnsembleDraws, look_up
from sim.hazards.river_checks import SECTION, within
from sim.hazards.storm import Grid, Rain, member_rain, peak_times
from sim.io.rain_table import Rows, read_rain
from sim.schema.hazard import Storm
from sim.schema.hazard_basin import Hyetograph
from sim.schema.problems import Problem

MILLIONTH = 1_000_000
FINE_MS = 5 * MS_PER_MIN
"""Rain is drawn and read in amounts of five minutes, whatever the step of the hazard: the same
night must not rain differently because it is looked at more often."""


def fine_grid(grid: Grid) -> Grid:
    """A grid over the same time in steps of five minutes; itself if its steps are no multiple."""
    parts = grid.step_ms // FINE_MS if grid.step_ms % FINE_MS == 0 else 1
    return Grid(grid.step_ms // parts, grid.before * parts, grid.n * parts)


class Rainfall:
    """Rain of every member over a grid of steps; rows are the gauges, the last is for all others.

    fine: the grid on which the rain is known, never coarser than the steps.

    Raises:
        InputError: the table cannot be used.
    """

    def __init__(
        self,
        rain: Storm | Hyetograph,
        where: tuple[Geometry, Setting],
        draws: EnsembleDraws,
        grid: Grid,
    ) -> None:
        geometry, setting = where
        self._rain, self._draws, self._grid = rain, draws, grid
        self.fine = fine_grid(grid)
        self._gauges = geometry.rain_gauges
        self._table: Rows = {}
        if isinstance(rain, Hyetograph):
            self._table = read_rain(setting.folder, rain.file, self._gauges.ids)
        else:
            self._peaks = peak_times(rain, draws, setting.clock_start)

    def member(self, k: int) -> Rain:
        """Rain of member ``k`` by steps."""
        return self.by_steps(self.member_fine(k))

    def by_steps(self, fine: Rain) -> Rain:
        """The rain of a member added up to steps."""
        rows = fine.steps_01mm
        return Rain(fine.peak_ms, rows.reshape(len(rows), self._grid.n, -1).sum(axis=2))

    def member_fine(self, k: int) -> Rain:
        """Rain of member ``k`` on the fine grid: a drawn storm, or the table with its factor and
        shift."""
        rain = self._rain
        if isinstance(rain, Storm):
            at = (int(self._peaks[k]), self.fine)
            return member_rain(rain, self._draws, k, self._gauges, at)
        factor = look_up(rain.factor, MILLIONTH, self._draws.near_size(k, "hazard/rain/factor"))
        shift = look_up(rain.shift_min, MS_PER_MIN, self._draws.free(k, "hazard/rain/shift"))
        lines = [self._of(name) for name in (*self._gauges.ids, "")]
        rows = [hyetograph(line, factor, shift, self.fine) for line in lines]
        peak = int(self.fine.start_ms[int(np.argmax(rows[-1]))])
        return Rain(peak, np.array(rows))

    def _of(self, gauge: str) -> list[tuple[int, int]]:
        """Lines of a gauge, else those for all, else those of the first gauge in the table."""
        return self._table.get(gauge) or self._table.get("") or self._table[min(self._table)]


def hyetograph(lines: list[tuple[int, int]], factor: int, shift_ms: int, grid: Grid) -> IntArray:
    """Rain by step out of a table's lines, int64 [grid.n] in 0.1 mm; sums are kept.

    Each line is the rain since the line before it; the first since as long before it as the second
    comes after it (an hour where there is only one). ``factor`` is in millionths.
    """
    minutes = np.array([minute for minute, _ in lines], np.int64)
    first = minutes[1] - minutes[0] if len(minutes) > 1 else 60
    at = np.concatenate([[minutes[0] - first], minutes]) * MS_PER_MIN + shift_ms
    amounts = np.array([amount for _, amount in lines], np.int64) * factor
    fallen = np.concatenate([[0], np.cumsum(amounts)])
    edges = np.append(grid.start_ms, grid.start_ms[-1] + grid.step_ms)
    running = np.rint(np.interp(edges, at, fallen.astype(np.float64)) / MILLIONTH)
    return np.asarray(np.diff(running.astype(np.int64)))


def rain_quantities(rain: Storm | Hyetograph, field: str = "rain") -> list[Problem]:
    """What cannot be about the rain of a section, under the name that it has there."""
    at = f"{SECTION}.{field}"
    if isinstance(rain, Hyetograph):
        return [
            *within(f"{at}.factor", rain.factor, 0, 10),
            *within(f"{at}.shift_min", rain.shift_min, -2880, 2880),
        ]
    return [
        *within(f"{at}.total_24h_mm", rain.total_24h_mm, 0, 2000),
        *within(f"{at}.peak_hour_mm", rain.peak_hour_mm, 0, 500),
        *within(f"{at}.length_h", rain.length_h, 2, 72),
    ]
