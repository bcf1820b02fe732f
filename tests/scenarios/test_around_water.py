"""The flash flood, alone and with slides, and the streets under water: the same when made anew."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from around_kit import SCENARIOS, members, world

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.hazards import Member
from sim.log import Kind
from sim.measures.conservation import check_log
from sim.plan import compile_plan
from sim.run import run_once
from sim.world_checks import check_world

NAMES = ("yunling_flash", "yunling_streets", "yunling_gully")
HARM_MM = 500


def harm_h(name: str, member: Member) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Hours until half a metre stands at each settlement and facility, infinite where it never
    does."""
    hours = np.full(len(world(name).parties.start) - 1, np.inf)
    for home in range(len(hours)):
        row = member.place_row[home]
        if row >= 0 and (member.place_levels[row] >= HARM_MM).any():
            step = int(np.argmax(member.place_levels[row] >= HARM_MM))
            hours[home] = step * world(name).hazard.step_ms / MS_PER_HOUR
    return hours


def test_made_anew_they_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    """The script gives the committed files, whatever the order of hashes."""
    subprocess.run(
        [sys.executable, str(SCENARIOS / "around" / "make.py"), "--out", str(tmp_path)],
        check=True,
        env={"PYTHONHASHSEED": "99", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    for name in NAMES:
        for path in (SCENARIOS / name).rglob("*"):
            if path.is_file() and path.suffix not in (".md", ".png"):
                made = tmp_path / path.relative_to(SCENARIOS)
                assert made.read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("name", NAMES)
def test_loads_without_a_warning_worth_a_look(name: str) -> None:
    """Three plans, dry shelters, a table of rain that is known as such, and made up by its own
    words."""
    here = world(name)
    assert len(here.folder.plans) == 3
    assert {note.code for note in here.folder.warnings} <= {"plan.left_out"}
    assert check_world(here) == [] and not here.hazard.warnings
    assert "虚构" in (SCENARIOS / name / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_false_alarms_wet_nobody(name: str) -> None:
    """In a false alarm it rains and no road and no home is wet."""
    alarms = members(name, True)
    assert len(members(name, False)) > 2 * len(alarms) > 0
    for member in alarms:
        assert member.signals.rain_01mm.sum() > 800
        assert not member.edge_levels.any() and member.place_levels.max(initial=0) <= 0


def test_the_storm_that_floods_brings_slopes_down() -> None:
    """In most members debris lies on a road of the flooded valley, in no false alarm; the more rain
    the more slopes."""
    slid = {m.index: len(m.more[0].edge_levels) for m in members("yunling_gully", False)}
    rain = {m.index: m.signals.rain_01mm.sum() for m in members("yunling_gully", False)}
    assert sum(roads > 0 for roads in slid.values()) >= 0.8 * len(slid)
    assert not any(m.more[0].edge_levels.any() for m in members("yunling_gully", True))
    by_rain = sorted(slid, key=rain.__getitem__)
    half = len(by_rain) // 2
    assert sum(slid[k] for k in by_rain[half:]) > sum(slid[k] for k in by_rain[:half])


def test_a_mountain_stream_leaves_little_time() -> None:
    """The first home is wet 1 to 3 hours after the danger is expected; the side gully comes
    before the main one."""
    lead = []
    for member in members("yunling_flash", False):
        hours = harm_h("yunling_flash", member)
        known = np.flatnonzero(member.signals.onset_forecast_ms < NEVER)[0]
        lead.append(hours.min() - known * world("yunling_flash").hazard.step_ms / MS_PER_HOUR)
        assert hours[5] < hours[0]
    assert min(lead) >= 1 and max(lead) <= 3 and 1.5 <= float(np.median(lead)) <= 2.5


def test_below_ground_it_goes_quicker_than_in_the_lanes() -> None:
    """Cellars stand half a metre deep before the lanes do; an underpass that begins to fill holds
    cars a quarter of an hour later in the middle of the members."""
    name, minutes = "yunling_streets", []
    for member in members(name, False):
        hours = harm_h(name, member)
        if np.isfinite(hours[:3]).all():
            assert hours[3:].max() <= hours[:3].min()
        water = member.edge_levels[np.argmax(member.edge_levels.max(axis=1))]
        first, shut = int(np.argmax(water > 50)), int(np.argmax(water >= 300))
        minutes.append((shut - first) * world(name).hazard.step_ms // MS_PER_MIN)
    assert float(np.median(minutes)) <= 15


@pytest.mark.parametrize(
    ("name", "early", "late"),
    [
        ("yunling_flash", "b_rain", "a_gauge"),
        ("yunling_streets", "c_below_first", "a_on_water"),
        ("yunling_gully", "c_side_first", "a_gauge"),
    ],
)
def test_a_night_is_conserved_and_repeats(name: str, early: str, late: str) -> None:
    """Nobody vanishes, the log repeats to the bit, and rain gives the order before water does."""
    here, ordered = world(name), {}
    for plan_id in (early, late):
        plan = compile_plan(here, plan_id)
        log = run_once(here, plan, 1, 2)
        check_log(here, log)
        assert run_once(here, plan, 1, 2).sha256() == log.sha256()
        ordered[plan_id] = int(log.of(Kind.ORDER_MOVE)["t"].min())
    assert ordered[early] < ordered[late]
