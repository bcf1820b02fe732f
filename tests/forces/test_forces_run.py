"""Teams and emergencies inside a run: on the same roads and in the same log as everything else."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_MIN
from sim.forces.incidents import Stage
from sim.log import Kind, RunLog, TeamStatus
from sim.measures.facts import Facts
from sim.measures.measure import measure_run
from sim.measures.rescue import rescue_measures
from sim.plan import compile_plan
from sim.run import PARTS, run_once
from sim.world import World

sys.path.insert(0, str(Path(__file__).parents[1] / "theory"))
from kit import Tiny

HEART: dict[str, Any] = {
    "id": "HEART", "name": "心脏病", "per_day": 200, "needs": "medical:1",
    "full": "medical:2", "work_min": 30,
}  # fmt: skip


def county(
    tmp_path: Path, kinds: list[dict[str, Any]], teams: list[dict[str, Any]], **rescue: object
) -> World:
    """Two villages 20 min apart, a station in each; nobody is ordered to leave before midnight."""
    villages = [
        {"id": f"V{k}", "name": f"村{k}", "node": node, "zone": "Z", "resident": 1000}
        for k, node in enumerate("ab")
    ]
    tables: dict[str, Any] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": villages,
        "assembly_points": [{"id": "P", "name": "集合点", "node": "a", "zone": "Z"}],
        "shelters": [
            {"id": "S", "name": "安置点", "node": "b", "capacity": 5000, "kind": "larger"},
            {"id": "H", "name": "医院", "node": "c", "capacity": 50, "kind": "hospital"},
        ],
        "stations": [{"id": f"F{k}", "name": "站", "node": node} for k, node in enumerate("ab")],
        "teams": [
            {"id": f"T{k}", "name": f"队{k}", "station": f"F{k % 2}", "boats": 0, "ready_min": 3}
            | team
            for k, team in enumerate(teams)
        ],
    } | ({"emergencies": kinds} if kinds else {})
    minutes = [
        *(("a", "b", 20), ("b", "a", 20), ("a", "c", 10), ("c", "a", 10)),
        *(("b", "c", 15), ("c", "b", 15)),
    ]
    late = {"rules": [{"signal": "clock", "at": "+1 00:00", "action": "move"}]}
    when = rescue.pop("when", late)
    shifts = {f"fetch.{name}": rescue.pop(name) for name in ("shift_h", "rest_h") if name in rescue}
    plans = {"go": {"when": when, "rescue": rescue}, "none": {"when": when}}
    return Tiny(tables=tables, minutes=minutes, horizon_min=1440, behaviour=shifts).build(
        tmp_path, plans
    )


MEDICS = [{"skills": "medical:1"}, {"skills": "medical:1"}, {"skills": "medical:1"}]


def play(world: World, plan: str = "go", replication: int = 0) -> RunLog:
    """One night."""
    return run_once(world, compile_plan(world, plan), 1, replication)


def stages(log: RunLog, stage: Stage) -> dict[int, int]:
    """First time of a stage of every emergency."""
    rows = log.of(Kind.EMERGENCY_STAGE)
    rows = rows[rows["value"] == stage][::-1]
    return dict(zip(rows["who"].tolist(), rows["t"].tolist(), strict=True))


def test_a_team_answers(tmp_path: Path) -> None:
    """Every emergency is a call, a drive and 30 min of work: the first team is there after its 3
    min of turnout, or those and the 20 min from the other village, when nobody is busy."""
    world = county(tmp_path, [HEART | {"per_day": 20, "full": ""}], MEDICS)
    log = play(world)
    reported, there = stages(log, Stage.REPORTED), stages(log, Stage.FIRST_ON_SITE)
    began, ended = stages(log, Stage.STARTED), stages(log, Stage.ENDED)
    assert len(reported) >= 2
    for number in ended:
        assert there[number] - reported[number] in (3 * MS_PER_MIN, 23 * MS_PER_MIN)
        assert ended[number] - began[number] == 30 * MS_PER_MIN


def test_nobody_is_in_two_places(tmp_path: Path) -> None:
    """A busy day: each team is let go, or turned back, before it is sent again; each decision
    stands in the log with its reason and the team itself among the candidates."""
    log = play(county(tmp_path, [HEART], MEDICS))
    sent, reasons = log.of(Kind.TEAM_SENT), log.of(Kind.TEAM_REASON)
    candidates = log.of(Kind.TEAM_CANDIDATE)
    assert len(sent) == len(reasons) > 20
    offered = set(zip(candidates["t"].tolist(), candidates["who"].tolist(), strict=True))
    assert set(zip(sent["t"].tolist(), sent["who"].tolist(), strict=True)) <= offered
    ended = stages(log, Stage.ENDED)
    for team in range(3):
        mine = sent[sent["who"] == team]
        for before, after in pairwise(mine):
            assert ended[int(before["value"])] <= after["t"]


def test_a_team_on_the_road_ends_its_leg_first(tmp_path: Path) -> None:
    """With re-dispatch on the way, arrivals stay whole drives: nobody is at a site sooner than
    the least drive after the decision."""
    kinds = [HEART | {"priority": 5}, HEART | {"id": "FIRE", "per_day": 60, "priority": 0}]
    log = play(county(tmp_path, kinds, MEDICS, dispatch="preempt"))
    stages_of = log.of(Kind.EMERGENCY_STAGE)
    assert (stages_of["value"] == Stage.PAUSED).any()
    on_site = log.of(Kind.TEAM)
    on_site = on_site[on_site["value"] == TeamStatus.ON_SITE]
    sent = log.of(Kind.TEAM_SENT)
    for row in on_site:
        mine = sent[(sent["who"] == row["who"]) & (sent["t"] <= row["t"])]
        assert mine[-1]["place"] == row["place"]


def test_the_same_emergencies_under_every_plan(tmp_path: Path) -> None:
    """Who falls ill when is drawn by key: with teams or without, the same calls come in."""
    world = county(tmp_path, [HEART], MEDICS)
    calls = [play(world, plan).of(Kind.EMERGENCY) for plan in ("go", "none")]
    assert len(calls[0]) > 10
    assert calls[0].tobytes() == calls[1].tobytes()


def test_without_rescue_nobody_is_sent(tmp_path: Path) -> None:
    """A plan without a rescue section: emergencies are counted, all of them unserved."""
    world = county(tmp_path, [HEART], MEDICS)
    log = play(world, "none")
    found = rescue_measures(Facts(world, log))
    assert found["incidents"] == found["incidents_unserved"] > 0
    assert found["first_team_on_site_p90_min"] == np.inf == found["full_response_p90_min"]
    assert not len(log.of(Kind.TEAM_SENT))


def test_measures(tmp_path: Path) -> None:
    """Nine in ten had somebody within the turnout and a drive; the full set takes no less."""
    world = county(tmp_path, [HEART | {"per_day": 30}], MEDICS)
    found = measure_run(world, compile_plan(world, "go"), play(world))
    assert 3 <= found["first_team_on_site_p90_min"] <= found["full_response_p90_min"]


def test_patients_go_to_hospital(tmp_path: Path) -> None:
    """An ambulance with a patient drives 10 or 15 min to the hospital and takes 20 min there
    before it is back; no more patients than beds."""
    kinds = [HEART | {"per_day": 20, "full": "", "hospital_share": 1}]
    teams = [team | {"vehicle_class": "ambulance"} for team in MEDICS]
    world = county(tmp_path, kinds, teams)
    rows = play(world).of(Kind.TEAM)
    carried = rows[rows["value"] == TeamStatus.TO_HOSPITAL]
    assert len(carried)
    for row in carried:
        after = rows[(rows["who"] == row["who"]) & (rows["t"] > row["t"])]
        if len(after):
            assert after[0]["t"] - row["t"] in (30 * MS_PER_MIN, 35 * MS_PER_MIN)


def test_teams_that_rest_at_night(tmp_path: Path) -> None:
    """Teams that may not work at night are sent to nobody between 19:00 and 07:00."""
    teams = [team | {"night_ok": "no"} for team in MEDICS]
    sent = play(county(tmp_path, [HEART], teams)).of(Kind.TEAM_SENT)
    hour = (8 + sent["t"] // 3_600_000) % 24
    assert len(sent) and ((hour >= 7) & (hour < 19)).all()


def test_teams_move_up(tmp_path: Path) -> None:
    """Teams that the plan places at the assembly point wait there: the first call of a day from
    the other village finds nobody at the station there, and waits for 3 + 20 min."""
    staged = {"T0": "P", "T1": "P", "T2": "P"}
    world = county(tmp_path, [HEART | {"per_day": 20, "full": ""}], MEDICS, staged=staged)
    village, waits = world.places.ids.index("V1"), []
    for replication in range(12):
        log = play(world, "go", replication)
        first = log.of(Kind.EMERGENCY)[:1]
        if len(first) and first["place"][0] == village and first["t"][0] > 30 * MS_PER_MIN:
            waits += [stages(log, Stage.FIRST_ON_SITE)[0] - int(first["t"][0])]
    assert waits and set(waits) == {23 * MS_PER_MIN}


@pytest.mark.parametrize(("call_on", "moments"), [("prepare", [20, 160]), ("incident", [20])])
def test_an_idle_team_goes_home(call_on: str, moments: list[float], tmp_path: Path) -> None:
    """Called to the assembly point at 08:00, 20 min away; nobody calls for two hours, and 20 min
    later it is home. A team that waits there for the first incident waits for it all day."""
    when = {"rules": [{"signal": "clock", "at": "08:00", "action": "prepare"}]}
    staged, team = {"T1": "P"}, [{"skills": "medical:1", "station": "F1"}] * 2
    rescue = {"call_on": call_on, "stand_down_h": 2, "when": when, "staged": staged}
    world = county(tmp_path, [HEART | {"per_day": 0.001}], team, **rescue)
    rows = play(world).of(Kind.TEAM)
    there = rows[(rows["who"] == 1) & (rows["value"] == TeamStatus.AT_POST)]
    assert (there["t"] / MS_PER_MIN).tolist() == moments


@pytest.mark.parametrize("plan", ["go", "none"])
def test_a_scenario_without_emergencies_is_as_before(tmp_path: Path, plan: str) -> None:
    """Without the table not a single record differs from a run without this part at all."""
    from sim import run as main_flow
    from sim.processes import forces

    world = county(tmp_path, [], [{"boats": 1}])
    whole = play(world, plan).sha256()
    main_flow.PARTS = tuple(part for part in PARTS if part is not forces)  # type: ignore[misc]
    try:
        assert play(world, plan).sha256() == whole
    finally:
        main_flow.PARTS = PARTS  # type: ignore[misc]


def test_the_same_inputs_the_same_log(tmp_path: Path) -> None:
    """Played twice: the same hash; another replication: another one."""
    world = county(tmp_path, [HEART], MEDICS, dispatch="urgent")
    first, again, other = (play(world, "go", k).sha256() for k in (0, 0, 1))
    assert first == again != other


@pytest.mark.parametrize("vehicle", ["high_clearance", "truck", "ambulance", "car"])
def test_on_roads_with_queues(tmp_path: Path, vehicle: str) -> None:
    """6 km at 60 km/h: teams of every class are there within 3 min of turnout and 6 of driving or
    more, as their own speed allows, on roads where they stand in the same queues as everybody."""
    east, north = 500_000, 3_000_000
    where = {"x": east + 6000, "y": north}
    tables: dict[str, Any] = {
        "nodes": [{"id": "a", "x": east, "y": north}, {"id": "b", **where}],
        "edges": [{"id": "e", "from_node": "a", "to_node": "b", "speed_kmh": 60}],
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [{"id": "V", "name": "村", "zone": "Z", "resident": 2000, **where}],
        "assembly_points": [{"id": "P", "name": "集合点", "zone": "Z", **where}],
        "shelters": [{"id": "S", "name": "安置点", "capacity": 9, **where}],
        "stations": [{"id": "F", "name": "站", "x": east, "y": north}],
        "teams": [
            {
                "id": "T", "name": "队", "station": "F", "boats": 0, "ready_min": 3,
                "skills": "medical:1", "vehicle_class": vehicle,
            }
        ],
        "emergencies": [HEART | {"per_day": 20, "full": ""}],
    }  # fmt: skip
    late = {"rules": [{"signal": "clock", "at": "+1 00:00", "action": "move"}]}
    tiny = Tiny(tables=tables, horizon_min=1440, traffic={"queues": True})
    log = play(tiny.build(tmp_path, {"go": {"when": late, "rescue": {}}}))
    reported, there = stages(log, Stage.REPORTED), stages(log, Stage.FIRST_ON_SITE)
    waits = [(there[k] - reported[k]) / MS_PER_MIN for k in there]
    assert waits and 9 <= min(waits) <= 9.2
