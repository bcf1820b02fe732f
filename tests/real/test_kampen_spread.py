"""Kampen's raster of the greatest depth, turned into a course of the flood by a stated rule.

Nobody recorded when the water came. The rule: a front runs from the deepest places along the IJssel
at 800 m/h in a straight line; where it has come, the depth grows evenly to the recorded maximum
within four hours. The numbers stand in docs/kampen.md.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR
from sim.hazards.base import FloatArray, IntArray
from sim.hazards.recording import Spread, arrivals
from sim.io.new_hazard import RISE_MIN, SPEED_M_PER_H, new_hazard
from sim.io.raster import Points, RasterLayer, raster_at

pytestmark = pytest.mark.real
RD = "EPSG:28992"


class Kampen(NamedTuple):
    """Cells of 250 m: people, greatest depth (mm), arrival of the front (ms), and its source."""

    people: FloatArray
    depth_mm: IntArray
    arrival_ms: IntArray
    x: FloatArray
    y: FloatArray
    source: FloatArray

    def flood(self) -> Spread:
        """The course by the rule."""
        return Spread(self.depth_mm, self.arrival_ms, round(RISE_MIN * 60_000), None, 1)


@pytest.fixture(scope="module")
def kampen(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Kampen:
    """The source as ``yuyan new`` chooses it, and the cells of the population grid."""
    data = shared_dir / "data" / "kampen_flood"
    raster = data / "inundation_map_m_epsg28992.tif"
    made = new_hazard(raster, tmp_path_factory.mktemp("k"), {}, ("08:00", ()))
    source = np.array(made.section["data"]["spread_from"])
    with (data / "population_250m.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    x, y, people = (np.array([float(row[k]) for row in rows]) for k in ("x", "y", "population"))
    depth, _ = raster_at(RasterLayer(data, raster.name, stated_crs=RD), Points(x, y, RD))
    front = arrivals((x, y), (source[:, 0], source[:, 1]), SPEED_M_PER_H)
    return Kampen(people, depth.astype(np.int64), front, x, y, source)


def reached(kampen: Kampen, hour: float, depth_mm: int) -> float:
    """People whose cell stands in so much water some hours after the first comes in."""
    at = np.array([round(hour * MS_PER_HOUR)])
    depth = kampen.flood().level(np.arange(len(kampen.people)), at)[:, 0]
    return float(kampen.people[depth >= depth_mm].sum())


def test_the_front_keeps_the_stated_pace(kampen: Kampen) -> None:
    """No cell is reached later than its distance from the nearest source point at 800 m/h, and
    none sooner than from the nearest point between two of them (at most 3 km apart there)."""
    away = np.sqrt(
        (kampen.x[:, None] - kampen.source[:, 0]) ** 2
        + (kampen.y[:, None] - kampen.source[:, 1]) ** 2
    ).min(axis=1)
    hours = kampen.arrival_ms / MS_PER_HOUR
    assert (hours <= away / SPEED_M_PER_H + 1e-6).all()
    assert (hours >= (away - 3000) / SPEED_M_PER_H).all()


def test_half_of_the_wet_are_reached_in_an_hour_and_a_half(kampen: Kampen) -> None:
    """Of 31,469 people in the water one in ten is reached within 45 minutes, half within 1.5 h,
    nine in ten within 2.3 h, the last (far from the town) within 6 h."""
    wet = kampen.depth_mm > 0
    order = np.argsort(kampen.arrival_ms[wet])
    share = np.cumsum(kampen.people[wet][order]) / kampen.people[wet].sum()
    hours = kampen.arrival_ms[wet][order] / MS_PER_HOUR
    found = [float(hours[np.searchsorted(share, part)]) for part in (0.1, 0.5, 0.9)]
    assert found == pytest.approx([0.74, 1.50, 2.32], abs=0.02)
    assert kampen.people[wet].sum() == pytest.approx(31_469, rel=0.01) and hours[-1] < 6


def test_half_a_metre_comes_within_hours_and_the_end_is_the_raster(kampen: Kampen) -> None:
    """People in half a metre grow hour by hour; after 10 h every cell stands at its recorded
    depth, so that all 31,469 have it."""
    course = [reached(kampen, hour, 500) for hour in (1, 2, 3, 4, 10)]
    assert course == sorted(course) and course[0] < 0.05 * course[-1]
    assert course[1:] == pytest.approx([2_754, 12_505, 28_150, 31_469], rel=0.05)
    end = kampen.flood().level(np.arange(len(kampen.people)), np.array([10 * MS_PER_HOUR]))
    assert (end[:, 0] == kampen.depth_mm).all()
