"""The shipped county: made anew it is the same, and every order of magnitude is what it claims."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter, deque
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sim.io.documents import read_plan_yaml, read_scenario_yaml
from sim.schema.forces import amounts_of

SCENARIOS = Path(__file__).parents[2] / "scenarios"
YUNLING, STRESS = SCENARIOS / "yunling", SCENARIOS / "yunling_stress"
PLANS = ("a_late_boats", "b_early", "c_staged", "d_coaches_first", "e_all_at_once")
WAYS = ("share_in_place", "share_relatives", "share_village_shelter", "share_coach")
Row = dict[str, str]


@cache
def table(name: str, folder: Path = YUNLING) -> list[Row]:
    """Rows of a table as text."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(row: Row, column: str) -> float:
    """A cell as a number; an empty one is 0."""
    return float(row[column] or 0)


def listed() -> list[Row]:
    """Settlements on the to-move lists."""
    return [row for row in table("settlements") if row["zone"]]


@cache
def scenario(folder: Path = YUNLING) -> Any:
    """scenario.yaml as the schema reads it."""
    spec, _, source = read_scenario_yaml((folder / "scenario.yaml").read_bytes(), "scenario.yaml")
    assert not source.problems
    return spec


@cache
def plan(name: str, folder: Path = YUNLING) -> Any:
    """A plan as the schema reads it."""
    spec, source = read_plan_yaml((folder / "plans" / f"{name}.yaml").read_bytes(), name)
    assert not source.problems
    return spec


def test_made_anew_the_files_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    """The script gives the committed files, whatever the order of hashes."""
    subprocess.run(
        [sys.executable, str(YUNLING / "make.py"), "--out", str(tmp_path)],
        check=True,
        env={"PYTHONHASHSEED": "12345", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    for folder in (YUNLING, STRESS):
        made = sorted(p for p in (tmp_path / folder.name).rglob("*") if p.is_file())
        assert len(made) > 20
        for path in made:
            kept = folder / path.relative_to(tmp_path / folder.name)
            assert kept.read_bytes() == path.read_bytes(), kept.name


def test_the_files_stay_small() -> None:
    """Both scenarios together stay under 3 MB."""
    size = sum(
        p.stat().st_size
        for folder in (YUNLING, STRESS)
        for p in folder.rglob("*")
        if p.suffix in {".csv", ".yaml", ".md"}
    )
    assert size < 3_000_000


def test_people_of_the_county() -> None:
    """430,000 residents in 22 townships and 260 villages; fewer are present than registered."""
    homes = table("settlements")
    total = {c: sum(number(r, c) for r in homes) for c in ("registered", "resident")}
    assert total["resident"] == 430_000
    assert total["registered"] > total["resident"]
    assert len({row["township"] for row in homes}) == 22
    assert len({row["village"] for row in homes}) == 260
    for row in homes:
        assert number(row, "present_night") <= number(row, "resident")
        assert number(row, "present_day") <= number(row, "present_night")


def test_danger_zones() -> None:
    """About 180 villages with 1 to 3 zones of 20 to 120 households of 2.2 to 2.8 persons."""
    zones = Counter(row["village"] for row in listed())
    assert 175 <= len(zones) <= 185
    assert set(zones.values()) == {1, 2, 3}
    assert {row["zone"] for row in listed()} == {row["id"] for row in table("zones")}
    households = [
        round(number(row, "present_night") / number(row, "household_size")) for row in listed()
    ]
    assert min(households) >= 20 and max(households) <= 120
    assert sum(households) >= 15_000
    assert all(2.2 <= number(row, "household_size") <= 2.8 for row in listed())
    people = sum(number(row, "present_night") + number(row, "outsiders") for row in listed())
    assert 36_000 <= people <= 45_000


def test_special_groups() -> None:
    """30 % over 60, 1 to 2 % bedridden, about 2 % in wheelchairs, all with an escort."""
    share = {row["id"]: number(row, "persons_share") for row in table("groups")}
    assert sum(share.values()) + share["couple"] == pytest.approx(0.30, abs=0.005)
    assert 0.01 <= share["bedridden"] <= 0.02
    assert share["wheelchair"] == pytest.approx(0.02, abs=0.005)
    assert all(row["escorts"] == "1" for row in table("groups"))
    needs = {row["id"]: row["needs"] for row in table("groups")}
    assert needs["bedridden"] == "ambulance" and needs["wheelchair"] == "wheelchair"


@pytest.mark.parametrize(
    ("folder", "expected"), [(YUNLING, (35, 40, 12, 13)), (STRESS, (35, 22, 12, 31))]
)
def test_ways_out(folder: Path, expected: tuple[int, ...]) -> None:
    """Shares add up to exactly 100 in every row and lie near the stated averages."""
    rows = [row for row in table("settlements", folder) if row["zone"]]
    people = sum(number(row, "present_night") for row in rows)
    for row in rows:
        assert sum(round(number(row, way) * 100) for way in WAYS) == 100
        refuge = number(row, "safe_upper_floor_share") > 0 or row["high_ground_min"]
        assert number(row, "share_in_place") == 0 or refuge
        assert number(row, "share_village_shelter") == 0 or row["village_shelter"]
    for way, percent in zip(WAYS, expected, strict=True):
        mean = sum(number(row, way) * number(row, "present_night") for row in rows) / people
        assert mean * 100 == pytest.approx(percent, abs=3), way


def test_the_stress_variant_changes_nothing_else() -> None:
    """Stress and base share every table but settlements, and there only the ways out."""
    for path in sorted(YUNLING.glob("*.csv")):
        if path.stem != "settlements":
            assert (STRESS / path.name).read_bytes() == path.read_bytes(), path.name
    for base, stressed in zip(table("settlements"), table("settlements", STRESS), strict=True):
        changed = {column for column in base if base[column] != stressed[column]}
        assert changed <= {"share_relatives", "share_coach"}
    for name in PLANS:
        assert plan(name, STRESS).fleet.rule == plan(name).fleet.rule


def test_roads() -> None:
    """1,500+ nodes, 2,000+ roads, village roads of 3.5 m, low-water and weak bridges."""
    edges = table("edges")
    assert len(table("nodes")) >= 1500
    assert len(edges) >= 2000
    village = [row for row in edges if row["road_class"] == "unclassified"]
    assert len(village) > 1000 and all(row["width_m"] == "3.5" for row in village)
    assert all(row["passing_place_m"] for row in village)
    low = [row for row in edges if row["low_water_bridge"] == "yes"]
    ordinary = [row for row in edges if row["bridge"] == "yes" and row["low_water_bridge"] != "yes"]
    assert 26 <= len(low) <= 34
    assert 50 <= len(ordinary) <= 70
    assert all(row["deck_m"] for row in (*low, *ordinary))
    weak = [row for row in ordinary if row["weight_limit_t"]]
    assert 5 <= len(weak) <= 20 and all(number(row, "weight_limit_t") < 13 for row in weak)
    pairs = [frozenset((row["from_node"], row["to_node"])) for row in edges]
    assert len(set(pairs)) == len(pairs)
    assert all(row["elevation_m"] for row in table("nodes"))


def reachable(edges: list[Row], start: str) -> set[str]:
    """Nodes joined to one node by roads."""
    beside: dict[str, list[str]] = {}
    for row in edges:
        beside.setdefault(row["from_node"], []).append(row["to_node"])
        beside.setdefault(row["to_node"], []).append(row["from_node"])
    seen, todo = {start}, deque([start])
    while todo:
        for other in beside.get(todo.popleft(), []):
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


def test_everything_is_joined_in_dry_weather() -> None:
    """One piece of road network; coaches reach every assembly point that has no transfer."""
    nodes = table("nodes")
    start = nodes[0]["id"]
    assert len(reachable(table("edges"), start)) == len(nodes)
    for_coaches = [
        row
        for row in table("edges")
        if row["coach_ok"] == "yes" and number(row, "weight_limit_t") in (0.0, *range(18, 99))
    ]
    by_coach = reachable(for_coaches, start)
    at = {(row["x"], row["y"]): row["id"] for row in nodes}
    points = table("assembly_points")
    feeders = [row for row in points if row["transfer_to"]]
    for row in points:
        assert (at[row["x"], row["y"]] in by_coach) == (not row["transfer_to"]), row["id"]
    villages = {row["zone"]: row["village"] for row in listed()}
    assert 50 <= len({villages[row["zone"]] for row in feeders}) <= 75


def test_shelters() -> None:
    """25 larger shelters with 18,000 places, village shelters of 50 to 200, 2 or 3 hospitals."""
    kinds: dict[str, list[float]] = {}
    for row in table("shelters"):
        kinds.setdefault(row["kind"], []).append(number(row, "capacity"))
    assert len(kinds["larger"]) == 25 and sum(kinds["larger"]) == 18_000
    assert 140 <= len(kinds["village"]) <= 180
    assert min(kinds["village"]) >= 50 and max(kinds["village"]) <= 200
    assert len(kinds["hospital"]) in (2, 3)
    assert 3 <= sum(row["kind"] == "exit" for row in table("exits")) <= 4


def test_fleet_needs_two_to_five_waves() -> None:
    """Coach riders over the seats that come: between 2 and 5 rounds; turn-up 0.6 to 0.85."""
    riders = sum(number(r, "share_coach") * number(r, "present_night") for r in listed())
    riders += sum(
        number(row, "occupants_night")
        for row in table("facilities")
        if row["zone"] and row["way_out"] == "coach"
    )
    buses = [row for row in table("vehicles") if row["class"] in ("coach", "minibus")]
    seats = sum(0.9 * number(r, "seats") * number(r, "driver_turnup_share") for r in buses)
    assert 2 <= riders / seats <= 5
    assert all(0.6 <= number(r, "driver_turnup_share") <= 0.85 for r in table("vehicles"))
    coaches = [number(row, "seats") for row in buses if row["class"] == "coach"]
    assert min(coaches) >= 45 and max(coaches) <= 53


def test_boats_and_posts() -> None:
    """34 boats, 22 of them small ones in the townships; a county post and 22 township posts."""
    teams = [row for row in table("teams") if not row["skills"]]
    assert sum(number(row, "boats") for row in teams) == 34
    small = [row for row in teams if row["station"].startswith("ST-")]
    assert len(small) == 22 and all(row["boats"] == "1" for row in small)
    assert Counter(row["level"] for row in table("posts")) == {"county": 1, "township": 22}


def test_forces() -> None:
    """41 teams with skills: ambulances of the seat and the townships, engines, diggers, searchers,
    police, a helicopter; every kind of emergency can be answered in full by those at hand."""
    teams = [row for row in table("teams") if row["skills"]]
    assert Counter(row["id"][0] for row in teams) == {
        "M": 14, "D": 11, "X": 8, "S": 5, "P": 2, "H": 1,
    }  # fmt: skip
    at_hand = [row for row in teams if row["tier"] in ("", "county", "township")]
    for kind in table("emergencies"):
        for name, wanted in amounts_of(kind["full"] or kind["needs"]).items():
            assert sum(amounts_of(row["skills"]).get(name, 0) for row in at_hand) >= wanted


def test_hazard_numbers() -> None:
    """Rain, rise, members, clock and horizon as the README says."""
    spec = scenario()
    storm, rivers = spec.hazard.storm, spec.hazard.rivers
    assert (storm.total_24h_mm.low, storm.total_24h_mm.high) == (80, 320)
    assert (storm.peak_hour_mm.low, storm.peak_hour_mm.high) == (40, 110)
    assert storm.night_share >= 0.8
    main, *tributaries = rivers
    assert 6 <= len(tributaries) <= 8
    assert (main.rise_m_per_h.low, main.rise_m_per_h.high) == (0.4, 0.8)
    assert all((r.rise_m_per_h.low, r.rise_m_per_h.high) == (1.5, 3.0) for r in tributaries)
    assert spec.hazard.ensemble.members == 40
    assert spec.hazard.ensemble.false_alarm_members >= 10
    assert spec.horizon_min >= 2880
    assert 12 <= int(spec.clock_start[11:13]) <= 18
    kinds = Counter(row["kind"] for row in table("gauges"))
    assert kinds["level"] >= 12 and kinds["rain"] >= 12
    assert {row["river"] for row in table("gauges") if row["kind"] == "level"} == {
        river.id for river in rivers
    }


@pytest.mark.parametrize("name", PLANS)
def test_plans_own_the_same_resources(name: str) -> None:
    """A plan stages what the tables hold, opens every shelter, and has the targets of all."""
    spec = plan(name)
    vehicles = {row["id"] for row in table("vehicles")}
    points = {row["id"] for row in table("assembly_points")}
    assert set(spec.fleet.staged) <= vehicles and set(spec.fleet.staged.values()) <= points
    assert set(spec.rescue.staged) <= {row["id"] for row in table("teams")}
    assert set(spec.rescue.staged.values()) <= points
    assert not spec.where.open and spec.organise.cadre_factor == 1
    assert 3 <= len(spec.targets) <= 5 and spec.targets == plan(PLANS[0]).targets
    assert all(target.probability == 0.9 for target in spec.targets)
    for delay in ("pickup_min", "consult_min", "sign_min", "village_decide_min"):
        assert getattr(spec.when, delay) == getattr(plan(PLANS[0]).when, delay)


def test_the_plans_differ_in_what_they_are_named_for() -> None:
    """Late on observed level, early on forecasts, staged, by slack, all at once."""
    late, early, staged, first, once = (plan(name) for name in PLANS)
    assert {rule.signal for rule in late.when.rules} == {"observed_level"}
    assert late.rescue.call_on == "prepare" and late.fleet.call_on == "move"
    assert "forecast_level" in {rule.signal for rule in early.when.rules}
    assert staged.fleet.staged and staged.fleet.call_on == "prepare"
    assert first.fleet.rule == "slack" and first.authority.village_alone
    assert first.organise.deputies and first.organise.second_sweep and first.manage.guards
    assert first.fleet.staged == staged.fleet.staged and first.when.rules == early.when.rules
    assert len(once.when.rules) == 1 and not once.when.rules[0].tags
    assert once.fleet.rule == "nearest"
