"""Who can be sent when: tiers of force, readiness, everyday duty, fuel, helicopters."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from earth_kit import DIG, SEARCH, night, slope, stages, valley
from test_forces_run import HEART, MEDICS, county, play

from sim.clock import MS_PER_MIN
from sim.forces.incidents import Stage
from sim.log import Kind, RunLog, TeamStatus

OFTEN = HEART | {"per_day": 60, "full": ""}


def sent_min(log: RunLog, team: int = 0) -> list[float]:
    """Minutes at which a team was sent."""
    rows = log.of(Kind.TEAM_SENT)
    return [float(t) / MS_PER_MIN for t in rows["t"][rows["who"] == team]]


def test_other_forces_are_asked_for(tmp_path: Path) -> None:
    """Armed police asked at the beginning, 30 min of approval and 90 of march: nobody is sent
    sooner than 120 min; asked with the first incident, so much later than a village is buried,
    whatever everyday calls came before."""
    teams = [{"skills": "medical:1;search:1", "tier": "armed_police", "march_min": 90}]
    kinds = [OFTEN | {"per_day": 10_000}, SEARCH]
    houses = [slope("H", 6000, toe=150, recorded={"failed_min": 400})]
    asked = {"armed_police": {"on": "start", "approve_min": 30}}
    log = night(valley(tmp_path / "a", teams, kinds, houses, requests=asked))
    assert 120 <= min(sent_min(log)) < 400
    later = {"armed_police": {"on": "incident", "approve_min": 30}}
    log = night(valley(tmp_path / "b", teams, kinds, houses, requests=later))
    calls = log.of(Kind.EMERGENCY)
    first = float(calls["t"][calls["value"] == 1][0]) / MS_PER_MIN
    assert calls["value"][0] == 0
    assert first + 120 <= min(sent_min(log)) <= first + 121
    assert log.of(Kind.TEAM)[0]["value"] == TeamStatus.COMING


def test_an_order_that_never_comes_brings_nobody(tmp_path: Path) -> None:
    """Militia asked for with the first order of the plan, at midnight: nobody before that, and
    the shipped 20 min of approval after it."""
    teams = [{"skills": "medical:1", "tier": "militia"}]
    log = play(county(tmp_path, [OFTEN], teams, requests={"militia": {"on": "move"}}))
    assert all(moment >= 16 * 60 + 20 for moment in sent_min(log))


def test_boat_teams_of_other_forces_are_asked_for_too(tmp_path: Path) -> None:
    """A team with boats of the next county comes after approval and march like any other."""
    houses = [slope("H", 6000, toe=150)]
    boats = {"boats": 2, "tier": "mutual_aid", "march_min": 60}
    log = night(valley(tmp_path, [boats], [], houses))
    called = log.of(Kind.TEAM)
    called = called[called["value"] == TeamStatus.CALLED]
    hit = int(log.of(Kind.INCIDENT)["t"][0])
    assert called["t"].tolist() == [hit + 180 * MS_PER_MIN]


def test_nights_are_slower_and_warnings_quicker(tmp_path: Path) -> None:
    """3 min by day, 15 by night; at 23:00 a warning makes it 1 min."""
    teams: list[dict[str, Any]] = [
        {"skills": "medical:1", "ready_night_min": 15, "ready_alert_min": 1, "station": "F0"}
    ] * 3
    kind = HEART | {"per_day": 30, "full": ""}
    warned = {"rules": [{"signal": "clock", "at": "23:00", "action": "prepare"}]}
    world = county(tmp_path, [kind], teams, when=warned)
    waits: dict[str, set[int]] = {"day": set(), "night": set(), "alert": set()}
    for replication in range(3):
        log = play(world, "go", replication)
        reported, sites = stages(log, Stage.REPORTED), stages(log, Stage.FIRST_ON_SITE)
        sent = stages(log, Stage.FIRST_SENT)
        for number, there in sites.items():
            if sent[number] == reported[number]:
                hour = 8 + reported[number] / MS_PER_MIN / 60
                when = "day" if 8 <= hour < 19 else "night" if hour < 23 else "alert"
                waits[when].add((there - reported[number]) // MS_PER_MIN)
    assert {3, 23} >= waits["day"] >= {3}
    assert {15, 35} >= waits["night"] and waits["night"]
    assert {1, 21} >= waits["alert"] and waits["alert"]


@pytest.mark.parametrize(("share", "kept"), [(None, 2), (0, 0), (1, 4)])
def test_half_of_the_ambulances_stay_on_everyday_duty(
    tmp_path: Path, share: float | None, kept: int
) -> None:
    """Four ambulances, everyday calls, and a village that is buried: half of them, or as many as
    the plan says, are sent to everyday calls only; the others to both."""
    daily = OFTEN | {"per_day": 10_000, "work_min": 5}
    dig = SEARCH | {"needs": "medical:1"}
    teams = [{"skills": "medical:1", "vehicle_class": "ambulance"}] * 4
    rescue = {} if share is None else {"daily_duty_share": share}
    houses = [slope("H", 6000, toe=150)]
    log = night(valley(tmp_path, teams, [daily, dig], houses, **rescue))
    calls, sent = log.of(Kind.EMERGENCY), log.of(Kind.TEAM_SENT)
    kind = dict(zip(calls["who"].tolist(), calls["value"].tolist(), strict=True))
    went = [{int(r["who"]) for r in sent if kind[int(r["value"])] == k} for k in (0, 1)]
    assert len(went[1]) == 4 - kept
    assert bool(went[0] - went[1]) == (kept > 0)


def test_a_tank_is_filled(tmp_path: Path) -> None:
    """A tank for 20 km: after 16 km driven a team takes 30 min for fuel before it is sent again."""
    far = [slope("A", 4500), slope("B", 8000)]
    digger = {"skills": "digger:1", "vehicle_class": "truck", "range_km": 4}
    rows = night(valley(tmp_path, [digger], [DIG | {"work_min": 10}], far)).of(Kind.TEAM)
    fuel = rows[rows["value"] == TeamStatus.REFUELLING]
    assert len(fuel)
    for row in fuel:
        after = rows[rows["t"] > row["t"]]
        assert not len(after) or after[0]["t"] >= row["t"] + 30 * MS_PER_MIN


@pytest.mark.parametrize(("crews", "rest_min"), [(1, 300), (2, 20)])
def test_crews_relieve_each_other(tmp_path: Path, crews: int, rest_min: int) -> None:
    """After a shift of two hours a team rests for five, with a second crew for 20 min only."""
    team = {"skills": "medical:1", "crews": crews}
    long = OFTEN | {"per_day": 100, "work_min": 100}
    rows = play(county(tmp_path, [long], [team], shift_h=2, rest_h=5)).of(Kind.TEAM)
    rests = np.flatnonzero(rows["value"] == TeamStatus.RESTING)
    gaps = {int(rows["t"][k + 1] - rows["t"][k]) // MS_PER_MIN for k in rests[:-1]}
    assert gaps == {rest_min}


def test_a_helicopter_flies_over_the_slide(tmp_path: Path) -> None:
    """Buried in the village behind a slide: by road nobody comes; at 200 km/h and 10 min on the
    ground a helicopter is there 3 + 10 + 2.7 min after the call, and walks from the open ground."""
    cut = [slope("H", 6000, toe=150), slope("R", 1500)]
    flyers = {"skills": "search:2", "vehicle_class": "helicopter"}
    search = {
        "id": "BURIED", "name": "被埋", "arises": "buried", "needs": "search:1", "work_min": 30,
    }  # fmt: skip
    log = night(valley(tmp_path / "air", [flyers], [search], cut))
    first = min(stages(log, Stage.FIRST_ON_SITE).values()) / MS_PER_MIN
    walk = 3000 / 4300 * 60  # from the assembly point at 9 km, the open ground nearest to 6 km
    assert abs(first - (60.05 + 3 + 10 + 9 / 200 * 60 + walk)) < 0.1
    road = night(valley(tmp_path / "road", [flyers | {"vehicle_class": "car"}], [search], cut))
    assert not stages(road, Stage.FIRST_ON_SITE)


def test_no_team_is_in_two_places(tmp_path: Path) -> None:
    """Wrong reports, wrong numbers, fuel, shifts and forces from elsewhere together: no team is
    sent while it is on its way to a hospital, resting, refuelling or not here yet."""
    kind = HEART | {"per_day": 150, "wrong_place_share": 0.3, "wrong_number_share": 0.5}
    kind |= {"report_min": 5, "report_p90_min": 30, "hospital_share": 0.5}
    teams: list[dict[str, Any]] = [
        *MEDICS,
        {"skills": "medical:1", "vehicle_class": "ambulance", "range_km": 50},
        {"skills": "medical:2", "tier": "city", "march_min": 60},
    ]
    log = play(county(tmp_path, [kind], teams, dispatch="preempt"))
    rows = log.of(Kind.TEAM)
    away = (TeamStatus.TO_HOSPITAL, TeamStatus.RESTING, TeamStatus.REFUELLING, TeamStatus.COMING)
    for team in range(len(teams)):
        mine = rows[rows["who"] == team]
        for before, after in pairwise(mine):
            if before["value"] in away and before["value"] != TeamStatus.COMING:
                assert after["t"] > before["t"]
    stage = log.of(Kind.EMERGENCY_STAGE)
    for number in range(len(log.of(Kind.EMERGENCY))):
        mine = stage[stage["who"] == number]
        order = [Stage(int(v)) for v in mine["value"]]
        if Stage.ENDED in order:
            assert order.index(Stage.FIRST_ON_SITE) <= order.index(Stage.STARTED)
            assert order[-1] is Stage.ENDED
