"""The bay, the valley and the shaken town: made anew the same, sound, and telling plans apart."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.clock import NEVER
from sim.io.scenario_folder import load_scenario
from sim.log import Kind
from sim.measures.conservation import check_log
from sim.measures.facts import Facts
from sim.measures.people import people_measures
from sim.plan import compile_plan
from sim.run import run_once
from sim.world import World
from sim.world_build import build_world
from sim.world_checks import check_world

SCENARIOS = Path(__file__).parents[2] / "scenarios"
NAMES = ("yunling_coast", "yunling_quake", "yunling_slides")
PLANS = {
    "yunling_coast": ("a_late", "b_early", "c_sea_first", "d_by_bulletin"),
    "yunling_quake": ("a_report_up", "b_own_forces", "c_ask_at_once", "d_in_town"),
    "yunling_slides": (
        *("a_monitoring", "b_rain", "c_slopes_first", "d_digger_ahead", "e_both_ahead"),
    ),
}


@cache
def world(name: str) -> World:
    """A shipped world."""
    return build_world(load_scenario(SCENARIOS / name))


def test_made_anew_they_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    """The script gives the committed files, whatever the order of hashes."""
    subprocess.run(
        [sys.executable, str(SCENARIOS / "around" / "make.py"), "--out", str(tmp_path)],
        check=True,
        env={"PYTHONHASHSEED": "4711", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    for name in NAMES:
        kept = [
            p
            for p in (SCENARIOS / name).rglob("*")
            if p.is_file() and p.suffix not in (".md", ".png")
        ]
        assert {p.stem for p in (SCENARIOS / name / "plans").iterdir()} == set(PLANS[name])
        for path in kept:
            made = tmp_path / path.relative_to(SCENARIOS)
            assert made.read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("name", NAMES)
def test_shelters_are_safe(name: str) -> None:
    """No shelter is in water or wind that harms, in any member; of the shaken town only the school
    and the clinic may be damaged, never the open grounds."""
    here, notes = world(name), check_world(world(name))
    listed = [row.id for row in here.shelters]
    named = {listed[note.row - 2] for note in notes if note.row is not None}
    assert named == ({"H3", "HT"} if name == "yunling_quake" else set())
    assert all(note.severity == "warning" for note in notes)


@pytest.mark.parametrize("name", ["yunling_coast", "yunling_slides"])
def test_false_alarms_harm_nobody_and_are_known(name: str) -> None:
    """In them no house falls and no home is at its harm level; danger was expected all the same."""
    here = world(name)
    expected = []
    for k in range(len(here.hazard.weights)):
        member = here.hazard.member(k)
        if "false alarm" not in member.label:
            continue
        assert member.blows is not None and not len(member.blows.time_ms)
        homes = np.arange(here.homes.n_settlements)
        for layer in here.layers(member)[: 1 if name == "yunling_coast" else None]:
            reached = layer.place_row[homes] >= 0
            if reached.any():
                levels = layer.place_levels[layer.place_row[homes[reached]]].max(axis=1)
                assert (levels < layer.harm_at(homes[reached])).all()
        expected.append(bool((member.signals.onset_forecast_ms < NEVER).any()))
    assert len(expected) == 8 and any(expected)


def test_nobody_foresees_the_earthquake() -> None:
    """In no member is anything expected before the first house falls."""
    here = world("yunling_quake")
    for k in range(len(here.hazard.weights)):
        member = here.hazard.member(k)
        assert member.blows is not None
        first = int(member.blows.time_ms.min())
        known = int(np.argmax(member.signals.onset_forecast_ms < NEVER)) * here.hazard.step_ms
        assert first <= known < first + here.hazard.step_ms


def totals(name: str, plan: str, nights: int) -> dict[str, float]:
    """Sums over some nights; every log is checked."""
    here = world(name)
    compiled = compile_plan(here, plan)
    found: dict[str, float] = {}
    for replication in range(nights):
        log = run_once(here, compiled, 1, replication)
        check_log(here, log)
        for key, value in people_measures(Facts(here, log)).items():
            found[key] = found.get(key, 0.0) + value
    return found


@pytest.mark.parametrize(
    ("name", "late", "early"),
    [
        ("yunling_coast", "a_late", "b_early"),
        ("yunling_slides", "a_monitoring", "b_rain"),
    ],
)
def test_an_earlier_order_gets_no_fewer_out(name: str, late: str, early: str) -> None:
    """Over the same four nights."""
    a, b = totals(name, late, 4), totals(name, early, 4)
    assert a["people_at_risk"] == b["people_at_risk"]
    assert b["safe_out"] >= 0.999 * a["safe_out"]
    assert b["harmed"] <= a["harmed"]


@pytest.mark.slow
def test_diggers_ahead_get_people_out_who_would_be_cut_off() -> None:
    """In two nights with slides before the valley's mouth, diggers that moved up at the first
    warning leave fewer people behind than those at the depot, and fewer dead under the debris; a
    night in which no road is blocked is the same to the person."""
    here = world("yunling_slides")

    def night(plan: str, replication: int) -> dict[str, float]:
        log = run_once(here, compile_plan(here, plan), 1, replication)
        check_log(here, log)
        blocked = {"blocked": float(len(log.of(Kind.ROAD_BLOCKED)))}
        return people_measures(Facts(here, log)) | blocked

    for replication in (8, 10):
        late, ahead = (night(plan, replication) for plan in ("c_slopes_first", "e_both_ahead"))
        assert late["blocked"] and ahead["stranded"] < late["stranded"]
        assert ahead["harmed"] < late["harmed"]
    quiet = night("c_slopes_first", 4)
    assert not quiet["blocked"] and quiet == night("e_both_ahead", 4)


def test_help_that_is_asked_for_at_once_digs_out_more() -> None:
    """Most of the dead die at once under every plan; but who asks by agreement and has groups in
    the town digs out at least 5 % more people in four nights, and fewer die."""
    late, early = (totals("yunling_quake", plan, 4) for plan in ("a_report_up", "d_in_town"))
    assert 0.7 * late["harmed"] < early["harmed"] < late["harmed"]
    assert early["moved_by_team"] > 1.05 * late["moved_by_team"]
    assert early["moved_by_ambulance"] > 0


def test_bulletins_of_gusts_move_the_sea_before_the_villages() -> None:
    """In every storm that comes the rafts and sites are ordered out before the low villages, and
    before the wind that endangers them."""
    here = world("yunling_coast")
    plan = compile_plan(here, "d_by_bulletin")
    ordered = 0
    for replication in range(4):
        log = run_once(here, plan, 1, replication)
        moved = log.of(Kind.ORDER_MOVE)
        when = {int(zone): int(at) for zone, at in zip(moved["who"], moved["t"], strict=True)}
        tags = [row.tag for row in here.zones.rows]
        sea = [at for zone, at in when.items() if tags[zone] in ("海上", "工地")]
        low = [at for zone, at in when.items() if tags[zone] == "低地"]
        if sea and low:
            ordered += 1
            assert max(sea) <= min(low)
            first = here.statics.views.view(log.member).arrival_ms
            assert max(sea) < int(first.min())
    assert ordered >= 2


def test_in_fa_over_the_same_bay_blows_less_and_longer(tmp_path: Path) -> None:
    """Moved 60 km west and 177 km south, to the bay's clock: In-Fa (2021) is weaker than Lekima
    there, but its gale lasts longer."""
    folder = tmp_path / "bay"
    shutil.copytree(SCENARIOS / "yunling_coast", folder)
    text = (folder / "scenario.yaml").read_text("utf-8")
    moved = 'track_id: "2021197N17135", shift_min: -1030680, shift_x_m: -60000, shift_y_m: -177000'
    text = text.replace('track_id: "2019214N15134"', moved)
    (folder / "scenario.yaml").write_text(text, "utf-8")
    lekima, in_fa = world("yunling_coast"), build_world(load_scenario(folder))
    most, gale = [], []
    for here in (lekima, in_fa):
        gusts = [here.hazard.member(k).place_levels[0] for k in range(8, 24)]
        most.append(float(np.median([one.max() for one in gusts])))
        gale.append(float(np.median([(one >= 172).sum() for one in gusts])))
    assert 172 < most[1] < most[0] and gale[1] > gale[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_half_the_step_hardly_moves_t90(name: str, tmp_path: Path) -> None:
    """Nine in ten of those who get out are out within 2 % of the same moment."""
    folder = tmp_path / name
    shutil.copytree(SCENARIOS / name, folder)
    text = (folder / "scenario.yaml").read_text("utf-8")
    (folder / "scenario.yaml").write_text(re.sub(r"step_min: 10", "step_min: 5", text), "utf-8")
    fine, coarse = build_world(load_scenario(folder)), world(name)
    assert fine.hazard.step_ms * 2 == coarse.hazard.step_ms
    plan, found = PLANS[name][1], []
    for here in (fine, coarse):
        nights = []
        for replication in range(6):
            facts = Facts(here, run_once(here, compile_plan(here, plan), 1, replication))
            out = np.sort(np.repeat(facts.out, facts.size))
            out = out[out < NEVER]
            nights.append(float(out[int(0.9 * (len(out) - 1))]) if len(out) else 0.0)
        found.append(sum(nights))
    assert abs(found[0] - found[1]) < 0.02 * found[1], json.dumps(found)
