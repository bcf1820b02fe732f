"""The laws of the engine, on tiny worlds and on the shipped county.

Keyed randomness: what nobody uses changes nothing for anybody. No foresight: another future leaves
every decision up to now as it was. One log: a millisecond anywhere shows. Nobody vanishes.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hamlet import EAST, NORTH, WAYS, Water, bus, depot, flooded, hamlet, on_roads, stop, village
from kit import Row, Tiny, play

from sim.draws import Draws
from sim.engine import Engine
from sim.hazards import Hazard, Member
from sim.hazards.foresight import changed_after
from sim.io.scenario_folder import load_scenario
from sim.log import Kind, RunLog
from sim.measures.conservation import check_log
from sim.people.parties import Parties
from sim.plan import compile_plan
from sim.planning import Statics
from sim.run import PARTS, run_once
from sim.state import Run
from sim.world import World
from sim.world_build import build_world

COUNTY = Path(__file__).resolve().parents[2] / "scenarios" / "yunling"
BY_VEHICLE = (
    *(Kind.VEHICLE, Kind.DISPATCH, Kind.LOADED, Kind.KM),
    *(Kind.WAIT_BAY, Kind.WAIT_TASK, Kind.WAIT_FULL, Kind.DIVERTED),
)


@pytest.fixture(scope="module")
def county() -> World:
    """The shipped county."""
    return build_world(load_scenario(COUNTY))


@pytest.fixture
def night(tiny_folder: Path) -> World:
    """Two villages, four members, buses, boats, cars and an ambulance."""
    return build_world(load_scenario(tiny_folder))


# -- keyed randomness: an unused bus changes nothing ---------------------------------------------


def two_valleys(vehicles: list[Row]) -> Tiny:
    """Two villages with everything random that a fleet can draw."""
    return hamlet(
        {
            "tell.broadcast_delay_min": {"dist": "uniform", "low": 0, "high": 30},
            "prepare.prepare_min": {"dist": "lognormal", "median": 20, "p90": 60},
            "drive.mobilise_min": {"dist": "uniform", "low": 10, "high": 40},
            "drive.board_fixed_min": {"dist": "triangular", "low": 3, "mode": 6, "high": 12},
            "drive.breakdown_per_trip": 0.2,
            "drive.repair_min": {"dist": "uniform", "low": 10, "high": 60},
            "drive.turnup_day": 0.7,
            "drive.road_speed_factor": {"dist": "uniform", "low": 0.6, "high": 1},
            "decide.comply_broadcast": 0.6,
        },
        ways=[*WAYS, ("d", "w", 17), ("w", "s", 25), ("s", "w", 25), ("far", "s", 30)],
        settlements=[village(persons=60), village("W", 45, "w", assembly_point="Q")],
        assembly_points=[stop(bays=1), stop("Q", "w", bays=1)],
        depots=[depot(), depot("E", "far")],
        vehicles=vehicles,
    )


FLEET = [bus("C", 12, count=3), bus("M", 8, count=2, **{"class": "minibus"})]
UNUSED = {
    "drivers who never turn up": bus("X", 50, count=2, driver_turnup_share=0),
    "a class nobody needs": bus("X", 2, count=2, **{"class": "ambulance"}),
    "a depot without a road to any stop": bus("X", 50, count=2, depot="E"),
}


def of_others(log: RunLog, first_extra: int) -> np.ndarray:
    """The records without those of vehicles from a row on."""
    records = log.records
    return records[~(np.isin(records["kind"], BY_VEHICLE) & (records["who"] >= first_extra))]


@pytest.mark.parametrize("extra", UNUSED)
@pytest.mark.parametrize(
    "fleet", [{}, {"rule": "largest", "min_people": 6, "gather_min": 15, "max_stops": 2}]
)
def test_an_unused_bus_changes_nothing_for_anybody(extra: str, fleet: Row, tmp_path: Path) -> None:
    """With two more vehicles that carry nobody, every record of people, orders and the other
    vehicles is the same, in five nights."""
    plan: Row = {"go": {"fleet": fleet, "organise": {"second_sweep": True}}}
    without = two_valleys(FLEET).build(tmp_path / "without", plan)
    more = two_valleys([*FLEET, UNUSED[extra]]).build(tmp_path / "with", plan)
    for replication in range(5):
        before = play(without, "go", replication=replication).log
        after = play(more, "go", replication=replication).log
        rows = after.of(Kind.LOADED)
        assert not (rows["who"] >= len(without.vehicles)).any(), "the extra vehicles are unused"
        assert np.array_equal(before.records, of_others(after, len(without.vehicles)))


# -- no foresight --------------------------------------------------------------------------------

DECISIONS = np.array([*range(10), Kind.DISPATCH, Kind.TEAM_DISPATCH])


class OtherFuture:
    """A hazard of which one member differs after a step."""

    def __init__(self, hazard: Hazard, k: int, step: int) -> None:
        self.step_ms, self.n_steps = hazard.step_ms, hazard.n_steps
        self.weights, self.warnings = hazard.weights, hazard.warnings
        self._hazard, self._changed = hazard, (k, changed_after(hazard.member(k), step))

    def member(self, k: int) -> Member:
        """The member as it is, or with its other future."""
        return self._changed[1] if k == self._changed[0] else self._hazard.member(k)


def with_other_future(world: World, k: int, step: int) -> World:
    """The world in which member k differs after a step; what was planned before stays planned."""
    other = replace(world, hazard=OtherFuture(world.hazard, k, step))
    statics = Statics(other)
    # lead times come from the flood studies, not from the night that is played
    statics.__dict__["planning_lead_ms"] = world.statics.planning_lead_ms
    other.__dict__["statics"] = statics
    return other


def decisions_up_to(log: RunLog, moment: int) -> list[tuple[int, ...]]:
    """Every decision taken at or before a moment."""
    records = log.records
    mine = records[np.isin(records["kind"], DECISIONS) & (records["t"] <= moment)]
    return [tuple(int(v) for v in record) for record in mine.tolist()]


def assert_no_foresight(world: World, plan_id: str, replication: int, steps: list[int]) -> int:
    """Play a night, and with other futures from several steps on; how often they differ later."""
    plan = compile_plan(world, plan_id)
    log = run_once(world, plan, 1, replication)
    differs = 0
    for step in steps:
        moment = step * world.hazard.step_ms
        other = with_other_future(world, log.member, step)
        changed = run_once(other, plan, 1, replication)
        assert decisions_up_to(log, moment) == decisions_up_to(changed, moment), f"step {step}"
        differs += log.sha256() != changed.sha256()
    return differs


def test_another_future_leaves_the_decisions_of_a_tiny_night(night: World) -> None:
    """In every plan and four nights, whatever the water does after a step, every trigger,
    consultation, order, call, sweep, closure and dispatch up to that step stays."""
    differs = 0
    for plan in night.folder.plans:
        for replication in range(4):
            differs += assert_no_foresight(night, plan, replication, [0, 6, 15, 24, 36, 48, 60])
    assert differs > 20, "the other futures do make a difference later"


def rising_village() -> tuple[Tiny, Water]:
    """People pack for an hour, their houses go under one after another, coaches wait."""
    tiny = on_roads(
        {"d": 0, "v": 6_000, "s": 16_000},
        [
            {"id": "dv", "from_node": "d", "to_node": "v", "width_m": 7, "coach_ok": True},
            {"id": "vs", "from_node": "v", "to_node": "s", "width_m": 7, "coach_ok": True},
        ],
        {
            "prepare.prepare_min": {"dist": "uniform", "low": 10, "high": 120},
            "tell.visit_min": 5, "tell.broadcast_delay_min": 10,
            "decide.comply_broadcast": 0.5,
        },
        settlements=[village(persons=60, cadres=3, elevation_spread_m=1)],
        assembly_points=[stop(x=EAST + 6_300, y=NORTH)],
        vehicles=[bus(seats=5, count=6)],
        stations=[{"id": "F", "name": "驻地", "node": "s"}],
        teams=[{"id": "T", "name": "队伍", "station": "F", "boats": 2}],
    )  # fmt: skip
    levels = [(10 * k, 150.0 * k - 600) for k in range(20)]
    return tiny, Water(places={"V": levels}, edges={n: [(150, 900)] for n in ("vs", "vs-")})


@pytest.mark.parametrize("fleet", [{}, {"rule": "largest", "min_people": 4, "gather_min": 20}])
def test_another_future_leaves_the_dispatch_of_a_village_that_goes_under(
    fleet: Row, tmp_path: Path
) -> None:
    """Who has said that he will come counts, even if the water will overtake him while he packs:
    the dispatcher does not know that yet."""
    tiny, water = rising_village()
    plan: Any = {"go": {"fleet": fleet, "rescue": {}, "organise": {"second_sweep": True}}}
    world = flooded(tiny.build(tmp_path, plan), water)
    for replication in range(3):
        assert_no_foresight(world, "go", replication, list(range(0, 20, 2)))


@pytest.mark.parametrize("plan", ["a_late_boats", "d_coaches_first"])
def test_another_future_leaves_the_decisions_of_the_county(county: World, plan: str) -> None:
    """One night of the shipped county, with other futures from the 3rd, 8th and 15th hour on."""
    steps = [hour * 3_600_000 // county.hazard.step_ms for hour in (3, 8, 15)]
    assert assert_no_foresight(county, plan, 0, steps) > 0


# -- one log -------------------------------------------------------------------------------------


def test_a_millisecond_of_one_household_changes_the_hash(night: World) -> None:
    """The ready time of any one household moved by 1 ms gives another log."""
    plan = compile_plan(night, "early")
    base = run_once(night, plan, 3, 0)
    ready = base.of(Kind.READY)["who"]
    for party in (int(ready[0]), int(ready[len(ready) // 2]), int(ready[-1])):
        draws = Draws(3, 0)
        member = draws.weighted("hazard/member", night.hazard.weights)
        engine = Engine(Run(night, plan, draws, night.statics.views.view(member)))
        for part in PARTS:
            part.begin(engine)
        assert engine.run.log.build(night.horizon_ms, 0, 0).records.size == 0
        engine.residents.packing.by_day[party] += 1
        engine.residents.packing.by_night[party] += 1
        engine.run.until(night.horizon_ms)
        nudged = engine.run.finish()
        assert nudged.sha256() != base.sha256()
        moved = nudged.of(Kind.READY)
        before = base.of(Kind.READY)
        assert _time_of(moved, party) == _time_of(before, party) + 1


def _time_of(rows: np.ndarray, party: int) -> int:
    return int(rows["t"][rows["who"] == party][0])


# -- nobody vanishes -----------------------------------------------------------------------------


def test_nobody_vanishes_in_any_plan_of_the_county(county: World) -> None:
    """One night of every shipped plan passes the conservation check."""
    for plan in county.folder.plans:
        check_log(county, run_once(county, compile_plan(county, plan), 2, 1))


# -- the same people -----------------------------------------------------------------------------


def fingerprint(parties: Parties) -> str:
    """Hash over every column."""
    columns = [getattr(parties, field.name).tobytes() for field in fields(parties)]
    return hashlib.sha256(b"".join(columns)).hexdigest()


def test_all_plans_and_replications_meet_the_same_people(night: World, tiny_folder: Path) -> None:
    """Parties belong to the scenario: built again they are the same, and no run of any plan writes
    into them."""
    before = fingerprint(night.parties)
    for plan in night.folder.plans:
        for replication in range(2):
            play(night, plan, seed=replication, replication=replication)
    assert fingerprint(night.parties) == before
    assert fingerprint(build_world(load_scenario(tiny_folder)).parties) == before
    with pytest.raises(ValueError, match="read-only"):
        night.parties.size[0] = 9
