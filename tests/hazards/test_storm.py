"""The rain of a member, and the stage it drives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR, MS_PER_MIN
from sim.hazards.base import RainGauges
from sim.hazards.ensemble import TWO_32, EnsembleDraws
from sim.hazards.stage import Flood, answer_to_rain, shifted, wave
from sim.hazards.storm import Grid, member_rain, peak_times
from sim.schema.hazard import Ensemble, Storm

Make = Callable[..., Any]
STEP = 10 * MS_PER_MIN
GRID = Grid(STEP, 216, 700)


def storm(**changes: Any) -> Storm:
    given: dict[str, Any] = {
        "peak_window_min": (300, 1700),
        "total_24h_mm": {"dist": "triangular", "low": 80, "mode": 170, "high": 320},
        "peak_hour_mm": {"dist": "triangular", "low": 40, "mode": 65, "high": 110},
        "length_h": 18,
    }
    return Storm.model_validate(given | changes)


def test_night_share_of_peaks() -> None:
    """With night_share 0.7 exactly 28 of 40 rain peaks fall between 22:00 and 06:00."""
    draws = EnsembleDraws(Ensemble(members=40, seed=3))
    peaks = peak_times(storm(night_share=0.7), draws, datetime(2025, 6, 18, 8))
    clock = (8 * 60 + peaks // MS_PER_MIN) % 1440
    assert int(((clock >= 22 * 60) | (clock < 6 * 60)).sum()) == 28
    assert peaks.min() >= 300 * MS_PER_MIN and peaks.max() <= 1700 * MS_PER_MIN


def test_peaks_without_night_share_cover_the_window() -> None:
    """Forty stratified peak times leave no gap of a tenth of the window."""
    draws = EnsembleDraws(Ensemble(members=40, seed=3))
    peaks = np.sort(peak_times(storm(), draws, datetime(2025, 6, 18, 8)))
    assert np.diff(peaks).max() < 140 * MS_PER_MIN


def test_amounts_lie_in_the_stated_ranges() -> None:
    """In every member 80 to 320 mm fall in all and 40 to 110 mm in the peak hour, to 0.1 mm."""
    draws = EnsembleDraws(Ensemble(members=40, seed=3))
    gauges = RainGauges(("A",), np.zeros(1), np.zeros(1))
    totals, hours = [], []
    for k in range(40):
        rain = member_rain(storm(), draws, k, gauges, (12 * MS_PER_HOUR, GRID))
        steps = rain.steps_01mm[0]
        middle = GRID.before + 12 * 6
        totals.append(int(steps.sum()))
        hours.append(int(steps[middle - 3 : middle + 3].sum()))
        assert steps.min() >= 0
    assert 800 <= min(totals) < 1300 and 2400 < max(totals) <= 3200
    assert 400 <= min(hours) < 550 and 850 < max(hours) <= 1100


def test_gauge_factor_and_shift() -> None:
    """A gauge with factor 0.5 and a shift of 30 min sees half the rain half an hour later."""
    draws = EnsembleDraws(Ensemble(members=1, seed=3))
    gauges = RainGauges(("A",), np.zeros(1), np.zeros(1))
    rain = member_rain(
        storm(gauge_factor=0.5, gauge_shift_min=30), draws, 0, gauges, (12 * MS_PER_HOUR, GRID)
    ).steps_01mm
    assert rain[0].sum() == rain[1].sum() // 2
    assert abs(int(rain[0].argmax()) - int(rain[1].argmax()) - 3) <= 1


def test_wave_by_hand() -> None:
    """A 6 m rise at 1 m/h takes 8 h: 1/15 m·… by its three parts, half gone after fall_half."""
    crest = 20 * MS_PER_HOUR
    level = wave(Flood(6000, 1000, crest, 0, 3 * MS_PER_HOUR), GRID)
    at = {hour: int(level[GRID.before + hour * 6]) for hour in (11, 12, 13, 16, 17, 19, 20, 23)}
    # length 6 / 0.75 = 8 h from hour 12; parts of 1.6, 4 and 2.4 h, in which the pace goes
    # 0 → 1, stays 1, 1 → 0 m/h: by hour 16 the area is 0.8 + 2.4 m.
    assert at[11] == at[12] == 0
    assert at[13] == round(1000 * 1 * 1 / 1.6 / 2)
    assert at[16] == 3200 and at[17] == 4200
    assert at[19] == round(6000 - 1000 / 2.4 / 2)
    assert at[20] == 6000 and at[23] == 3000


def test_no_rain_no_stage() -> None:
    """A stream without rain keeps its level before the flood."""
    flood = Flood(5000, 2000, 10 * MS_PER_HOUR, 0, MS_PER_HOUR)
    assert not answer_to_rain(flood, np.zeros(GRID.n, np.int64), GRID).any()


def test_answer_to_rain_peaks_where_said() -> None:
    """The crest has the drawn height and comes at the drawn moment, whatever the rain's shape."""
    rain = np.zeros(GRID.n, np.int64)
    rain[300:330] = 40
    rain[312:318] = 120
    flood = Flood(4200, 2500, 25 * MS_PER_HOUR, 0, 2 * MS_PER_HOUR)
    level = answer_to_rain(flood, rain, GRID)
    assert level.max() == 4200 and int(level.argmax()) == GRID.before + 25 * 6
    assert level.min() >= 0


def test_answer_to_rain_falls_no_faster_than_said() -> None:
    """Two hours after the crest at least half of the rise is left."""
    rain = np.zeros(GRID.n, np.int64)
    rain[300:304] = 100
    flood = Flood(4000, 2500, 25 * MS_PER_HOUR, 0, 2 * MS_PER_HOUR)
    level = answer_to_rain(flood, rain, GRID)
    assert level[GRID.before + 27 * 6] >= 2000


def test_shift_between_steps_is_linear() -> None:
    """A lag of a step and a quarter reads a quarter of the way back from the step before."""
    stage = np.arange(GRID.n, dtype=np.int64) * 1000
    moved = shifted(stage, np.array([STEP + STEP // 4]), 5, GRID)[0]
    assert moved.tolist() == [(GRID.before + k) * 1000 - 1250 for k in range(5)]


@pytest.mark.parametrize("scatter", [0.0, 0.15, 1.0])
def test_quantiles_near_the_size_stay_uniform(scatter: float) -> None:
    """Reflection keeps the quantiles uniform: means of quarters of 2,000 members are right."""
    draws = EnsembleDraws(Ensemble(members=1000, seed=9, scatter=scatter))
    near = np.sort([draws.near_size(k, "x") / TWO_32 for k in range(1000)])
    assert np.abs(near - (np.arange(1000) + 0.5) / 1000).max() < 0.05


def test_a_member_keeps_its_size_sort() -> None:
    """Danger and false-alarm members are stratified apart: each sort covers the whole range."""
    draws = EnsembleDraws(Ensemble(members=20, false_alarm_members=5, seed=2))
    for sort, n in ((True, 5), (False, 15)):
        cell = np.sort(draws.size[draws.false_alarm == sort]) * n // TWO_32
        assert cell.tolist() == list(range(n))
