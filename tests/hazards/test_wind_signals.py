"""Gusts as a signal: observed, forecast with an error that shrinks, cancelled in false alarms."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.hazards.foresight import changed_after
from sim.hazards.signals import Alarm
from sim.hazards.wind_signals import gusts_seen, strongest_ahead
from sim.io.scenario_folder import load_scenario
from sim.processes.command import trigger_times
from sim.schema.plan_when import TriggerRule
from sim.world_build import build_world

STEP_MS = 10 * MS_PER_MIN
KNOWN = np.ones(300, np.bool_)
SCENARIOS = Path(__file__).parents[2] / "scenarios"


def blow(*gusts: tuple[int, int]) -> np.ndarray[Any, np.dtype[np.int32]]:
    """One place over 300 steps with gusts at some steps."""
    series = np.zeros((1, 300), np.int32)
    for step, gust in gusts:
        series[0, step] = gust
    return series


@pytest.mark.parametrize("steps", [0, 1, 2, 5, 18, 299])
def test_strongest_ahead_is_the_greatest_of_the_window(steps: int) -> None:
    """Compared with looking at every window in turn."""
    series = np.random.default_rng(7).integers(0, 400, (3, 300)).astype(np.int32)
    by_hand = [[row[k : k + steps + 1].max() for k in range(300)] for row in series]
    assert (strongest_ahead(series, steps) == np.array(by_hand)).all()


def test_a_forecast_without_error_knows_the_gust_to_the_step() -> None:
    """A gust at step 100 is forecast 6 h ahead from step 64 on, and no longer after it."""
    gusts = gusts_seen(blow((100, 300)), blow((100, 300)), KNOWN, 0, STEP_MS)
    ahead = gusts.expected(6)[0]
    assert np.flatnonzero(ahead >= 300).tolist() == list(range(64, 101))


@pytest.mark.parametrize(("late_h", "first"), [(4, 64 + 12), (-4, 64 - 12)])
def test_the_error_shrinks_with_the_root_of_the_lead(late_h: int, first: int) -> None:
    """Four hours at 24 h are two at 6 h: known 12 steps later, or earlier."""
    late = late_h * MS_PER_HOUR
    gusts = gusts_seen(blow((100, 300)), blow((100, 300)), KNOWN, late, STEP_MS)
    assert int(np.flatnonzero(gusts.expected(6)[0] >= 300)[0]) == first


def test_a_storm_that_turns_aside_is_forecast_until_it_is_called_off() -> None:
    """Nothing blows, yet up to step 80 a gust is expected at step 100."""
    known = np.arange(300) < 80
    gusts = gusts_seen(blow(), blow((100, 300)), known, 0, STEP_MS)
    assert np.flatnonzero(gusts.expected(6)[0]).tolist() == list(range(64, 80))
    assert not gusts.observed.any()


def stub(signals: dict[str, Any]) -> Any:
    """Two settlements in zone 0, one in zone 1."""
    member = SimpleNamespace(signals=SimpleNamespace(**{"gusts": None, "alarms": ()} | signals))
    world = SimpleNamespace(
        homes=SimpleNamespace(zone=np.array([0, 0, 1])), hazard=SimpleNamespace(step_ms=STEP_MS)
    )
    return SimpleNamespace(view=SimpleNamespace(member=member), world=world)


def test_rules_on_wind_fire_zone_by_zone() -> None:
    """17.2 m/s in the second home of zone 0 at step 5; 3 h earlier in the forecast; never in 1."""
    seen = np.vstack([blow(), blow((50, 172)), blow((60, 171))])
    run = stub({"gusts": gusts_seen(seen, seen, KNOWN, 0, STEP_MS)})
    zones = np.array([0, 1])
    rule = TriggerRule(signal="observed_wind", reaches=17.2, action="move")
    times, values = trigger_times(run, rule, zones)
    assert times.tolist() == [50 * STEP_MS, NEVER] and values[0] == 172
    rule = TriggerRule(signal="forecast_wind", reaches=17.2, lead_h=3, action="move")
    assert trigger_times(run, rule, zones)[0].tolist() == [(50 - 18) * STEP_MS, NEVER]
    assert trigger_times(stub({}), rule, zones)[0].tolist() == [NEVER, NEVER]


def test_rules_on_alarms_fire_at_the_first_of_those_meant() -> None:
    """Any alarm, or the first of a named watcher; without one never."""
    run = stub({"alarms": (Alarm("camera", 700), Alarm("patrol", 900), Alarm("patrol", 950))})
    zones = np.array([0, 1])
    for name, moment in (("", 700), ("patrol", 900), ("tower", NEVER)):
        rule = TriggerRule(signal="alarm", watcher=name, action="prepare")
        assert trigger_times(run, rule, zones)[0].tolist() == [moment, moment]


@pytest.mark.parametrize(
    "rule",
    [
        {"signal": "observed_wind"},
        {"signal": "observed_wind", "reaches": "warning"},
        {"signal": "forecast_wind", "reaches": 17.2},
        {"signal": "forecast_wind", "reaches": 17.2, "lead_h": 5},
        {"signal": "alarm", "reaches": 1},
        {"signal": "clock", "at": "08:00", "watcher": "camera"},
    ],
)
def test_half_a_rule_is_refused(rule: dict[str, Any]) -> None:
    """A gust without a number, a lead no bulletin has, a watcher of no alarm."""
    with pytest.raises(ValidationError):
        TriggerRule.model_validate(rule | {"action": "move"})


def test_the_bay_is_told_of_its_wind_without_foresight() -> None:
    """What is forecast at a step is the same whatever blows later; most members reach force 8."""
    world = build_world(load_scenario(SCENARIOS / "yunling_coast"))
    reached = 0
    for k in range(8):
        member = world.hazard.member(k)
        gusts, changed = member.signals.gusts, changed_after(member, 100).signals.gusts
        assert gusts is not None and changed is not None
        assert (gusts.expected(24)[:, :101] == changed.expected(24)[:, :101]).all()
        assert (gusts.expected(24)[:, 101:] != changed.expected(24)[:, 101:]).all()
        reached += bool((gusts.observed >= 172).any())
    assert reached >= 5
