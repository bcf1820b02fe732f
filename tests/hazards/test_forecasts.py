"""Forecasts and the rule that nobody sees the future."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR, NEVER, NO_LEVEL
from sim.hazards import Member, changed_after

Make = Callable[..., Any]
SPEC = {
    "level_sd_m_at_24h": 0.6,
    "timing_error_h_at_24h": {"dist": "normal", "mean": 0, "sd": 1.5, "low": -4, "high": 4},
    "rise_factor_at_24h": {"dist": "triangular", "low": 0.7, "mode": 1.0, "high": 1.3},
}


@pytest.fixture
def members(make_flood: Make, make_geometry: Make, build: Make) -> list[Member]:
    """Twenty members with two gauges and a rain gauge."""
    where = make_geometry(
        [(0, 0, 100), (9000, 0, 99)],
        [[(0, 0, 99), (40, 0, 99.5)]],
        gauges_at=[(0, 98, 100), (24_000, 98, 100)],
    )
    hazard = build(make_flood(forecasts=SPEC), where)
    return [hazard.member(k) for k in range(20)]


def test_error_grows_with_lead(members: list[Member]) -> None:
    """Over the ensemble the root mean square error of 1, 3, 6, 12 and 24 h grows in that order."""
    errors = []
    for i, lead in enumerate(members[0].signals.lead_steps):
        off = [
            m.signals.level_forecasts_mm[:, i, :-lead] - m.signals.levels_mm[:, lead:]
            for m in members
        ]
        errors.append(float(np.sqrt(np.mean(np.square(np.array(off, np.float64))))))
    assert errors == sorted(errors)
    assert 122 < errors[0] < 200 and 600 < errors[-1] < 1500


def test_perfect_forecast_is_the_truth(make_flood: Make, make_geometry: Make, build: Make) -> None:
    """Without noise, bias and timing error a forecast equals what comes."""
    where = make_geometry([(0, 0, 100)], gauges_at=[(0, 98, 100)])
    perfect = {"level_sd_m_at_24h": 0, "false_alarm_rise_factor": 1.0, "rain_sd_share_at_24h": 0}
    hazard = build(make_flood(forecasts=perfect), where)
    for k in (0, 7, 19):
        signals = hazard.member(k).signals
        for lead in signals.lead_steps:
            assert np.array_equal(signals.forecast(0, lead)[:-lead], signals.observed(0)[lead:])
        expected = signals.forecast_rain(0, 3)[:-18]
        assert np.array_equal(expected, signals.rain(0, 3)[18:])


def test_a_lead_between_two_stored_ones_lies_between_them(members: list[Member]) -> None:
    """Two hours are half way between the stored forecasts of one and three hours."""
    signals = members[0].signals
    one, two, three = (signals.forecast(0, 6 * h).astype(np.int64) for h in (1, 2, 3))
    assert np.abs(one + three - 2 * two).max() <= 2
    with pytest.raises(ValueError, match="lead_steps"):
        signals.forecast(0, 24 * 6 + 1)


def test_rain_sums_look_back_only(members: list[Member]) -> None:
    """Rain in three hours at step k is the sum of the 18 steps before k, fewer at the start."""
    signals = members[1].signals
    steps = signals.rain_01mm[0].astype(np.int64)
    sums = signals.rain(0, 3)
    for k in (0, 1, 17, 18, 100, len(steps) - 1):
        assert sums[k] == steps[max(k - 18, 0) : k].sum()


def test_no_foresight(members: list[Member]) -> None:
    """After a change of everything later than step 120, all that may be known at 120 is equal."""
    step = 120
    for member in members[:5]:
        other = changed_after(member, step)
        a, b = member.signals, other.signals
        for hours in (1, 3, 24):
            assert np.array_equal(a.rain(0, hours)[: step + 1], b.rain(0, hours)[: step + 1])
            assert np.array_equal(
                a.forecast_rain(0, hours)[: step + 1], b.forecast_rain(0, hours)[: step + 1]
            )
        for gauge in range(2):
            assert np.array_equal(a.observed(gauge)[: step + 1], b.observed(gauge)[: step + 1])
            for lead in (0, 3, 6, 100, 144):
                assert np.array_equal(
                    a.forecast(gauge, lead)[: step + 1], b.forecast(gauge, lead)[: step + 1]
                )
            assert np.array_equal(
                a.forecast_peak(gauge, 72)[: step + 1], b.forecast_peak(gauge, 72)[: step + 1]
            )
        assert np.array_equal(a.onset_forecast_ms[: step + 1], b.onset_forecast_ms[: step + 1])


def test_the_changed_future_is_another_one(members: list[Member]) -> None:
    """The helper changes every later level, observation and forecast: the test above can fail."""
    member, step = members[0], 120
    other = changed_after(member, step)
    later = slice(step + 1, None)
    for a, b in (
        (member.place_levels, other.place_levels),
        (member.edge_levels, other.edge_levels),
        (member.signals.levels_mm, other.signals.levels_mm),
        (member.signals.level_forecasts_mm, other.signals.level_forecasts_mm),
        (member.signals.rain_forecasts_01mm, other.signals.rain_forecasts_01mm),
        (member.signals.onset_forecast_ms, other.signals.onset_forecast_ms),
    ):
        assert a.size and (a[..., later] != b[..., later]).all()


def test_onset_is_known_once_it_is_there(members: list[Member]) -> None:
    """From the first step at the guarantee level on, the onset is that step's start."""
    seen = 0
    for member in members:
        signals = member.signals
        reached = (signals.levels_mm >= 100_000).any(axis=0)
        if reached.any():
            first = int(np.argmax(reached))
            assert (signals.onset_forecast_ms[first:] == first * signals.step_ms).all()
            seen += 1
    assert seen == 14


def test_onset_forecast_nears_the_truth(members: list[Member]) -> None:
    """Three hours ahead the median error of the expected onset is below one hour."""
    errors = []
    for member in members:
        signals = member.signals
        reached = (signals.levels_mm >= 100_000).any(axis=0)
        first = int(np.argmax(reached))
        if reached.any() and first > 18:
            expected = int(signals.onset_forecast_ms[first - 18])
            errors.append(NEVER if expected == NEVER else abs(expected - first * signals.step_ms))
    assert float(np.median(errors)) < MS_PER_HOUR


def test_gauge_without_levels_gives_no_onset(
    make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """Where no guarantee level is known nobody can say when the danger begins."""
    where = make_geometry([(0, 0, 100)], gauges_at=[(0, 98, NO_LEVEL / 1000)])
    signals = build(make_flood(forecasts=SPEC), where).member(3).signals
    assert (signals.onset_forecast_ms == NEVER).all()


def test_a_stream_is_not_forecast_farther_than_it_answers(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """For a river driven by rain the 3 h forecast is the last one, unless more is stated."""
    where = make_geometry([(0, 0, 100)], gauges_at=[(0, 98, 100)])
    stream = make_river(driven_by="rain", rise_m_per_h=2.0, peak_after_rain_min=60)
    far = stream | {"forecast_up_to_h": 6}
    for river, last in ((stream, 1), (far, 2), (make_river(), 4)):
        ahead = build(make_flood([river], forecasts=SPEC), where).member(2).signals
        leads = ahead.level_forecasts_mm[0]
        assert np.array_equal(leads[last], leads[4])
        assert not np.array_equal(leads[last - 1], leads[last])
