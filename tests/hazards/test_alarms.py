"""Alarms: every kind that is watched hands on true and false reports, and nobody knows too soon."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import Draws
from sim.hazards import Setting
from sim.hazards.detection import Event, Watcher, false_alarms_ms
from sim.hazards.field import quiet_signals
from sim.hazards.foresight import changed_after
from sim.hazards.signals import Alarm, Signals
from sim.hazards.watching import with_alarms
from sim.io.scenario_folder import load_scenario
from sim.schema.distributions import constant
from sim.world_build import build_world

STEP_MS = 10 * MS_PER_MIN
HOURS = 48
SETTING = Setting(Path(), datetime(2025, 6, 1), HOURS * 60)
TOWER = Watcher("tower", constant(8.0), 0.0, 0.0, 2000.0, checked_ms=MS_PER_HOUR)
NERVOUS = Watcher("nervous", constant(5.0), share=0.0, false_per_day=4, checked_ms=MS_PER_HOUR)
SCENARIOS = Path(__file__).parents[2] / "scenarios"


def quiet() -> Signals:
    """Two days in which nothing is expected."""
    onset = np.full(HOURS * 6, NEVER, np.int64)
    nowhere = type("Nowhere", (), {"ids": ()})
    geometry = type("Geometry", (), {"gauges": nowhere, "rain_gauges": nowhere})
    return quiet_signals(geometry, STEP_MS, onset)  # type: ignore[arg-type]


def test_a_true_report_is_an_alarm_at_its_moment() -> None:
    """Begun at minute 100, reported 8 min later; an event out of reach is no alarm; the expected
    onset is left to the kind."""
    events = [Event("near", 500.0, 0.0, 100 * MS_PER_MIN), Event("far", 9000.0, 0.0, 0)]
    seen = with_alarms(quiet(), (TOWER,), events, Draws(1, 0), SETTING)
    assert seen.alarms == (Alarm("tower", 108 * MS_PER_MIN),)
    assert (seen.onset_forecast_ms == NEVER).all()


def test_a_false_alarm_is_believed_until_it_is_found_out() -> None:
    """From each false alarm on the danger is expected within the hour; then nothing is."""
    seen = with_alarms(quiet(), (NERVOUS,), [], Draws(3, 0), SETTING)
    moments = false_alarms_ms(NERVOUS, Draws(3, 0), HOURS * MS_PER_HOUR)
    assert [alarm.at_ms for alarm in seen.alarms] == sorted(moments) and len(moments) > 3
    times = np.arange(HOURS * 6) * STEP_MS
    believed = seen.onset_forecast_ms < NEVER
    within = np.zeros(len(times), np.bool_)
    for moment in moments:
        within |= (times >= moment) & (times < moment + MS_PER_HOUR)
    assert (believed == within).all() and believed.any() and not believed.all()
    left = seen.onset_forecast_ms[believed] - times[believed]
    assert (left > 0).all() and (left <= MS_PER_HOUR).all()


def test_one_more_watcher_changes_no_other_alarm() -> None:
    """Alarms of the tower are the same with and without a nervous neighbour."""
    events = [Event("near", 500.0, 0.0, 0)]
    alone = with_alarms(quiet(), (TOWER,), events, Draws(3, 0), SETTING).alarms
    both = with_alarms(quiet(), (TOWER, NERVOUS), events, Draws(3, 0), SETTING).alarms
    assert tuple(alarm for alarm in both if alarm.watcher == "tower") == alone
    assert len(both) > len(alone)


@pytest.mark.parametrize("name", ["yunling_fire", "yunling_park", "yunling_slides"])
def test_shipped_watchers_give_true_and_false_alarms(name: str) -> None:
    """Over the members of a fire, a release and slides: in some the danger is reported, some
    alarms are false; a future that is changed changes no alarm before it."""
    world = build_world(load_scenario(SCENARIOS / name))
    watchers = {one.id for one in world.spec.hazard.watchers}  # type: ignore[union-attr]
    alarms, n_members = [], min(len(world.hazard.weights), 12)
    for k in range(n_members):
        member = world.hazard.member(k)
        alarms.append(member.signals.alarms)
        assert {alarm.watcher for alarm in member.signals.alarms} <= watchers
        times = [alarm.at_ms for alarm in member.signals.alarms]
        assert times == sorted(times)
        other = changed_after(member, 30).signals.alarms
        past = 30 * world.hazard.step_ms
        assert other == tuple(a for a in member.signals.alarms if a.at_ms <= past)
    by_watcher = {one: sum(a.watcher == one for k in alarms for a in k) for one in watchers}
    assert sum(by_watcher.values()) > n_members // 2
    assert len({len(each) for each in alarms}) > 1  # not every night has the same alarms
