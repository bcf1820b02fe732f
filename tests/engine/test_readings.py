"""Gauges with troubles: readings at intervals, late, missing, wrong; plans see what arrives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hamlet import Steps, Water, at_min, go, hamlet, zone
from pydantic import ValidationError

from sim.clock import MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN, NO_LEVEL
from sim.draws import Draws
from sim.hazards import Signals
from sim.log import Kind
from sim.readings import GaugeLine
from sim.schema.tables import GaugeRow

STEP_MS = 10 * MS_PER_MIN
RISING: Steps = [(0, 38_000), (50, 40_000), (100, 41_000), (150, 42_500)]
SLOW = {"reads_every_min": 30, "delay_min": 7}


def line(replication: int = 0, days: int = 1, **trouble: Any) -> GaugeLine:
    """The line of gauge G in one replication."""
    row = GaugeRow(id="G", name="水位站", node="v", **trouble)
    return GaugeLine(row, Draws(5, replication), STEP_MS, days * MS_PER_DAY)


def rising(days: int = 1) -> np.ndarray:
    """A level that rises by 10 mm in every step."""
    return (np.arange(days * 144 + 1) * 10).astype(np.int32)


def test_readings_come_at_their_interval_and_after_their_delay() -> None:
    """Every 30 minutes, 7 minutes late: the level of 30, 60, 90 … is known at 37, 67, 97 …"""
    told = line(**SLOW).told(rising())
    assert (told.at_ms[:3] // MS_PER_MIN).tolist() == [7, 37, 67]
    assert told.value[:3].tolist() == [0, 30, 60]
    assert told.first_at(31) == (67 * MS_PER_MIN, 60)


def test_a_silent_gauge_says_nothing_and_is_heard_again() -> None:
    """Silent two hours a time, four times a day: the share of readings that arrive over many days
    is gap ÷ (gap + silence) = 6 ÷ 8, and none was taken within a silence."""
    gauge = line(days=400, reads_every_min=10, fails_per_day=4, repair_h=2)
    told = gauge.told(rising(400))
    assert len(told.at_ms) / (400 * 144 + 1) == pytest.approx(0.75, abs=0.02)
    for begin, end in gauge.silences():
        assert not ((told.at_ms >= begin) & (told.at_ms < end)).any()


def test_what_the_danger_destroys_is_never_heard_again() -> None:
    """Lost at 0.5 m: the reading of 0.49 m is the last, and 0.5 m is never known."""
    series = rising()
    none, later = np.zeros((0, len(series)), np.int32), np.zeros((1, 0, len(series)), np.int32)
    onset = np.zeros(len(series), np.int64)
    signals = Signals(STEP_MS, series[None], (), later, none, (), later, onset)
    gauge = line(lost_above=0.5)
    lost = gauge.lost_ms(signals, 0)
    assert lost == 50 * STEP_MS and line().lost_ms(signals, 0) > lost
    assert gauge.told(series, lost).value.max() == 490


def test_wrong_readings_come_as_often_as_stated() -> None:
    """Six a day for 400 days, each 2 m too high, on a level that stands still."""
    still = np.full(400 * 144 + 1, 500, np.int32)
    told = line(days=400, false_per_day=6, false_by=2).told(still)
    assert set(told.value.tolist()) == {500, 2500}
    assert (told.value == 2500).sum() / 400 == pytest.approx(6, rel=0.06)


def test_an_unknown_level_is_no_reading() -> None:
    """Where the source knows no level, nothing arrives."""
    assert not len(line(delay_min=1).told(np.full(145, NO_LEVEL, np.int32)).at_ms)


def test_delays_do_not_bring_a_later_reading_to_an_earlier_place() -> None:
    """With delays of 5 (P90 60) minutes readings overtake each other; they are in the order of
    arrival, and none arrives before it was taken."""
    told = line(days=20, reads_every_min=5, delay_min=5, delay_p90_min=60).told(rising(20))
    assert (np.diff(told.at_ms) >= 0).all() and (np.diff(told.value) < 0).any()
    assert (told.value // 10 * STEP_MS <= told.at_ms).all()


def test_failures_are_the_same_whatever_else_is_wrong() -> None:
    """Draws are keyed by purpose: adding a delay moves no silence, another night moves them."""
    silent = {"fails_per_day": 3.0}
    assert line(**silent).silences() == line(delay_min=9, false_per_day=2, **silent).silences()
    assert line(**silent).silences() != line(1, **silent).silences()
    assert line(days=4, **silent).silences()[0] == line(days=2, **silent).silences()[0]
    assert all(end - begin < 60 * MS_PER_HOUR for begin, end in line(**silent).silences())


@pytest.mark.parametrize(
    ("trouble", "minute", "seen_mm"),
    [({}, 100, 41_000), (SLOW, 127, 41_000), ({"delay_min": 25}, 125, 41_000),
     ({"lost_above": 40.5}, None, 0), ({"lost_above": 41.5, "delay_min": 3}, 103, 41_000),
     ({"false_per_day": 24, "reads_every_min": 60, "false_by": 3}, 0, 41_000)],
)  # fmt: skip
def test_a_plan_acts_on_what_the_desk_has(
    trouble: dict[str, Any], minute: int | None, seen_mm: int, tmp_path: Path
) -> None:
    """41 m stand at minute 100. Perfect: 100. Read at 120 and 7 late: 127. 25 late: 125. Lost at
    40.5 m: never. Lost later: in time. A gauge that is always wrong by 3 m orders at once."""
    row = {"id": "G", "name": "站", "node": "v", "guarantee_level_m": 41, **trouble}
    tiny = hamlet(gauges=[row], zones=[zone(gauge="G")])
    rule = {"signal": "observed_level", "reaches": "guarantee", "action": "move"}
    run = go(tiny, tmp_path, {"when": {"rules": [rule]}}, Water(gauges={"G": RISING}))
    assert at_min(run, Kind.ORDER_MOVE) == ([] if minute is None else [minute])
    assert run.log.of(Kind.TRIGGER)["value"].tolist() == [seen_mm][: minute is not None]


def test_rain_is_read_like_levels(tmp_path: Path) -> None:
    """10 mm in every 10 minutes from minute 60 on: 30 mm have fallen at 90; read on the hour and
    12 minutes late the desk knows of the 60 mm of minute 120 at 132."""
    row = {"id": "R", "name": "雨", "node": "v", "kind": "rain", "reads_every_min": 60,
           "delay_min": 12}  # fmt: skip
    tiny = hamlet(gauges=[row], zones=[zone(rain_gauge="R")])
    rule = {"signal": "rain_1h", "reaches": 30, "action": "move"}
    run = go(tiny, tmp_path, {"when": {"rules": [rule]}}, Water(rain={"R": [(60, 100)]}))
    assert at_min(run, Kind.ORDER_MOVE) == [132]
    assert run.log.of(Kind.TRIGGER)["value"].tolist() == [600]


def test_a_village_at_the_water_needs_no_gauge(tmp_path: Path) -> None:
    """The gauge is lost before anything happens; whoever stands at the river sees 41 m at 100."""
    row = {"id": "G", "name": "站", "node": "v", "guarantee_level_m": 41, "lost_above": 30}
    rules = [{"signal": "clock", "at": "13:00", "action": "move"}]
    plan = {"when": {"rules": rules}, "authority": {"village_alone": True}}
    tiny = hamlet(gauges=[row], zones=[zone(gauge="G")])
    run = go(tiny, tmp_path, plan, Water(gauges={"G": RISING}))
    assert at_min(run, Kind.ORDER_MOVE) == [110]


def test_a_p90_is_above_its_median() -> None:
    """A gauge whose P90 delay is not above the median delay is refused."""
    with pytest.raises(ValidationError, match="delay_p90_min"):
        GaugeRow(id="G", name="站", node="v", delay_min=10, delay_p90_min=10)
