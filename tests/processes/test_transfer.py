"""The fleet: who is called when, who turns up, how long drivers work, which vehicle is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hamlet import Water, at_min, bus, depot, go, hamlet, on_roads, shelter, stop, village, zone
from kit import Played, Row

from sim.log import Kind, VehicleStatus

TWO_ORDERS: Row = {
    "rules": [
        {"signal": "clock", "at": "08:30", "action": "prepare"},
        {"signal": "clock", "at": "09:00", "action": "move"},
    ]
}


def status(run: Played, value: VehicleStatus, who: int | None = None) -> list[float]:
    """Minutes at which vehicles had a status."""
    return at_min(run, Kind.VEHICLE, int(value), who)


@pytest.mark.parametrize(
    ("fleet", "minute"),
    [({"call_on": "prepare"}, 30), ({"call_on": "move"}, 60), ({"call_at": "08:10"}, 10)],
)
def test_the_fleet_is_called_at_prepare_at_move_or_by_the_clock(
    fleet: Row, minute: int, tmp_path: Path
) -> None:
    """Prepare at 30 and move at 60; a call by the clock waits for no order. Mobilising takes 45."""
    run = go(hamlet({"drive.mobilise_min": 45}), tmp_path, {"when": TWO_ORDERS, "fleet": fleet})
    assert status(run, VehicleStatus.CALLED) == [minute]
    assert status(run, VehicleStatus.AVAILABLE) == [minute + 45]


def test_a_fleet_called_at_prepare_comes_with_a_move_without_one(tmp_path: Path) -> None:
    """A move includes the prepare: where only the move is ordered, the fleet is called by it."""
    run = go(hamlet(), tmp_path, {"fleet": {"call_on": "prepare"}})
    assert status(run, VehicleStatus.CALLED) == [0]


def test_staged_vehicles_are_ready_sooner_and_stand_nearer(tmp_path: Path) -> None:
    """Mobilising takes 60 minutes, staged 5; the coach staged at the stop boards at 5, the other
    one at 60 + 10 minutes of road."""
    tiny = hamlet(
        {"drive.mobilise_min": 60, "drive.mobilise_staged_min": 5}, vehicles=[bus(count=2, seats=2)]
    )
    run = go(tiny, tmp_path, {"fleet": {"staged": {"C-2": "P"}, "rule": "nearest"}})
    assert status(run, VehicleStatus.AVAILABLE, 1) == [5]
    assert status(run, VehicleStatus.AVAILABLE, 0)[0] == 60
    boarded = run.log.of(Kind.BOARDED)
    assert at_min(run, Kind.BOARDED)[:2] == [5, 5] and set(boarded["value"][:2].tolist()) == {1}


@pytest.mark.parametrize(
    ("fleet", "called", "leaves", "ready"),
    [
        ({"staged_on": "prepare"}, 30, 40, 65),
        ({"staged_on": "move"}, 60, 70, 85),
        ({"staged_on": "prepare", "call_on": "prepare"}, 30, 40, 55),
        ({"staged_on": "move", "call_on": "prepare"}, 30, 40, 55),
    ],
)
def test_staged_vehicles_may_have_to_drive_there_first(
    fleet: Row, called: int, leaves: int, ready: int, tmp_path: Path
) -> None:
    """Prepare at 30, move at 60, mobilising 10 minutes, 10 of road to the post, 5 when staged.
    Moved up at prepare the coach is there at 50 and stands ready 5 minutes after the call; moved
    up at the very call it is ready 25 minutes after it."""
    tiny = hamlet({"drive.mobilise_min": 10, "drive.mobilise_staged_min": 5})
    plan = {"when": TWO_ORDERS, "fleet": {"staged": {"C": "P"}, **fleet}}
    run = go(tiny, tmp_path, plan)
    assert status(run, VehicleStatus.CALLED) == [called]
    assert status(run, VehicleStatus.MOVES_UP) == [leaves]
    assert status(run, VehicleStatus.AVAILABLE)[0] == ready


def test_a_vehicle_that_cannot_move_up_waits_where_the_roads_end(tmp_path: Path) -> None:
    """The only road from the depot is under water from minute 20 on, when the coach is to move up
    at 40: it never reaches its post, and is ready at its depot when it is called at 60."""
    edges = [
        {"id": name, "from_node": name[0], "to_node": name[1], "width_m": 7}
        for name in ("dv", "vd", "vs", "sv")
    ]
    behaviour = {"drive.mobilise_min": 10, "drive.mobilise_staged_min": 5}
    tiny = on_roads({"d": 0, "v": 10_000, "s": 20_000}, edges, behaviour)
    cut = Water(edges={"dv": [(20, 2000)], "vd": [(20, 2000)]})
    plan = {"when": TWO_ORDERS, "fleet": {"staged": {"C": "P"}, "staged_on": "prepare"}}
    run = go(tiny, tmp_path, plan, water=cut)
    assert status(run, VehicleStatus.MOVES_UP) == [40] == status(run, VehicleStatus.BLOCKED)[:1]
    assert status(run, VehicleStatus.AVAILABLE)[0] == 65 and not len(run.log.of(Kind.BOARDED))


@pytest.mark.parametrize(("turnup", "count"), [(0, 0), (1, 4)])
def test_drivers_who_do_not_turn_up_carry_nobody(turnup: float, count: int, tmp_path: Path) -> None:
    """With share 0 every vehicle is a no-show and the people wait for ever; with share 1 none."""
    tiny = hamlet(vehicles=[bus(count=3, driver_turnup_share=turnup)])
    run = go(tiny, tmp_path)
    assert len(status(run, VehicleStatus.NO_SHOW)) == (3 if turnup == 0 else 0)
    assert run.registered() == count


@pytest.mark.parametrize(("at", "came"), [("18:50", 2), ("19:10", 0)])
def test_turn_up_by_day_and_by_night(at: str, came: int, tmp_path: Path) -> None:
    """All drivers come by day and none at night, judged when they are called."""
    tiny = hamlet({"drive.turnup_day": 1, "drive.turnup_night": 0}, vehicles=[bus(count=2)])
    rules = [{"signal": "clock", "at": at, "action": "move"}]
    run = go(tiny, tmp_path, {"when": {"rules": rules}, "fleet": {}})
    assert len(status(run, VehicleStatus.AVAILABLE)) == came


def test_without_a_fleet_nobody_comes(tmp_path: Path) -> None:
    """A plan without a fleet section moves no vehicle: people stand at the stop."""
    run = go(hamlet(), tmp_path, {})
    assert not len(run.log.of(Kind.VEHICLE)) and run.registered() == 0


def test_drivers_rest_after_their_hours_and_finish_the_round_they_began(tmp_path: Path) -> None:
    """One seat for four persons, 40 minutes from load to load, one hour of driving, two of rest.

    Loads at 10 and 50 (begun before 60, delivered at 70), rest 70 to 190; back at the stop at 210
    and at 250 (begun at 230); released at 270."""
    tiny = hamlet({"drive.driver_hours": 1, "drive.driver_rest_h": 2}, vehicles=[bus(seats=1)])
    run = go(tiny, tmp_path, {"fleet": {}})
    assert at_min(run, Kind.BOARDED) == [10, 50, 210, 250]
    assert status(run, VehicleStatus.RELEASED)[:2] == [70, 270]
    assert status(run, VehicleStatus.AVAILABLE)[:2] == [0, 190]


def test_standing_by_is_rest(tmp_path: Path) -> None:
    """Called at 0, the first people report at 180: the hour of driving has not begun before. Loads
    at 190 and 230 (begun before 240), then two hours of rest from 250 on."""
    rules = [{"signal": "clock", "at": "11:00", "action": "move"}]
    tiny = hamlet({"drive.driver_hours": 1, "drive.driver_rest_h": 2}, vehicles=[bus(seats=1)])
    run = go(tiny, tmp_path, {"when": {"rules": rules}, "fleet": {"call_at": "08:00"}})
    assert at_min(run, Kind.BOARDED) == [190, 230, 390, 430]
    assert status(run, VehicleStatus.RELEASED)[0] == 250
    assert run.log.of(Kind.WAIT_TASK)["value"].tolist()[0] == 180 * 60_000


def test_a_coach_nobody_needs_waits_without_end(tmp_path: Path) -> None:
    """Four persons, two coaches: the second is called, available, and never moves."""
    run = go(hamlet(vehicles=[bus(count=2)]), tmp_path)
    used = set(run.log.of(Kind.DISPATCH)["who"].tolist())
    (idle,) = {0, 1} - used
    rows = run.log.of(Kind.VEHICLE)
    seen = rows["value"][rows["who"] == idle].tolist()
    assert seen == [VehicleStatus.CALLED, VehicleStatus.AVAILABLE]


def test_a_given_schedule_is_driven_as_given(tmp_path: Path) -> None:
    """Two trips to two shelters in the order of the schedule, whatever is nearer: 10 minutes to the
    stop, 40 to the far shelter, 40 back, 20 to the near one."""
    ways = [("d", "v", 10), ("v", "s", 20), ("s", "v", 20), ("v", "far", 40), ("far", "v", 40)]
    tiny = hamlet(
        ways=ways, shelters=[shelter(), shelter("F", "far")], vehicles=[bus(seats=2)],
    )  # fmt: skip
    trips = [{"pickup": "P", "shelter": "F"}, {"pickup": "P", "shelter": "S"}]
    run = go(tiny, tmp_path, {"fleet": {"rule": "schedule", "schedule": {"C": trips}}})
    assert run.arrivals_min() == [50, 110]
    assert (run.persons_at("F"), run.persons_at("S")) == (2, 2)


def two_villages(**tables: list[Row]) -> Any:
    """V (4 persons) 10 minutes from the depot, W (8) 25; the shelter 20 from both."""
    ways = [
        ("d", "v", 10), ("d", "w", 25), ("v", "s", 20), ("w", "s", 20), ("s", "v", 20),
        ("s", "w", 20), ("v", "w", 18), ("w", "v", 18),
    ]  # fmt: skip
    return hamlet(
        ways=ways,
        **{
            "zones": [zone("A"), zone("B")],
            "settlements": [village(zone="A"), village("W", 8, "w", zone="B")],
            "assembly_points": [stop(zone="A"), stop("Q", "w", zone="B")],
            **tables,
        },
    )


@pytest.mark.parametrize(
    ("fleet", "first"),
    [
        ({"rule": "nearest"}, "P"),
        ({"rule": "largest"}, "Q"),
        ({"rule": "fixed", "fixed": {"C": "B"}}, "Q"),
        ({"rule": "fixed", "fixed": {"C": "A"}}, "P"),
    ],
)
def test_the_rule_of_the_plan_decides_where_a_free_coach_goes(
    fleet: Row, first: str, tmp_path: Path
) -> None:
    """Nearest goes to V, the largest queue is at W, a coach bound to a zone serves that first; then
    it serves the other one, and nobody is left."""
    run = go(two_villages(), tmp_path, {"fleet": fleet})
    places = [run.world.places.ids[p] for p in run.log.of(Kind.DISPATCH)["place"]]
    assert places[0] == first and len(places) == 2
    assert run.log.of(Kind.DISPATCH)["value"].tolist() == [2, 1]
    assert run.registered() == 12


def test_ambulances_serve_patients_and_coaches_the_stops(tmp_path: Path) -> None:
    """Two of four persons must be carried: the ambulance with one place makes two rounds to their
    home, the coach fetches the others at the stop; carrying takes 15 minutes each."""
    patients = {"id": "G", "name": "卧床", "persons_share": 0.5, "needs": "ambulance", "escorts": 0}
    tiny = hamlet(
        {"drive.carry_min": 15}, groups=[patients],
        vehicles=[bus(), bus("A", 1, **{"class": "ambulance"})],
        shelters=[shelter(), shelter("H", kind="hospital")],
    )  # fmt: skip
    run = go(tiny, tmp_path)
    boarded = run.log.of(Kind.BOARDED)
    assert set(boarded["value"][boarded["who"] < 2].tolist()) == {1}
    assert set(boarded["value"][boarded["who"] >= 2].tolist()) == {0}
    assert (run.persons_at("H"), run.persons_at("S")) == (2, 2)
    # 10 + 15 + 20, and 20 back + 15 + 20
    assert at_min(run, Kind.OUT) == [30, 30, 45, 100]


@pytest.mark.parametrize(("gather", "sent"), [(30, 30), (0, 0), (90, 60)])
def test_a_bus_is_sent_when_enough_people_wait_or_they_have_waited_enough(
    gather: int, sent: int, tmp_path: Path
) -> None:
    """Four persons of V report at 0, four more of U at 60; a coach is called for by 8. It is sent
    after 30 minutes of gathering, at once with 0, or at 60 when the eighth has reported."""
    tiny = hamlet(
        zones=[zone("A"), zone("B")],
        settlements=[village(zone="A"), village("U", zone="B", assembly_point="P")],
        assembly_points=[stop(zone="A")],
    )
    rules = [
        {"signal": "clock", "at": at, "action": "move", "zones": [z]}
        for at, z in (("08:00", "A"), ("09:00", "B"))
    ]
    fleet = {"min_people": 8, "gather_min": gather}
    run = go(tiny, tmp_path, {"when": {"rules": rules}, "fleet": fleet})
    assert at_min(run, Kind.DISPATCH)[0] == sent
    assert run.registered() == 8


NARROW: Row = {"from_node": "v", "to_node": "m", "width_m": 3.5, "coach_ok": False}


def up_the_valley(**tables: list[Row]) -> Any:
    """A hamlet v whose road no coach passes, 12 km above a stop at m; from there 20 km to s."""
    edges: list[Row] = [
        NARROW,
        {"from_node": "m", "to_node": "s", "width_m": 7, "coach_ok": True},
    ]
    base: dict[str, list[Row]] = {
        "assembly_points": [stop(transfer_to="Q"), stop("Q", "m")],
        "settlements": [village(assembly_point="P")],
        "depots": [depot(node="m")],
    }
    return on_roads({"v": 0, "m": 12_000, "s": 32_000}, edges, **(base | tables))


def test_coaches_are_not_offered_stops_they_cannot_reach(tmp_path: Path) -> None:
    """With coaches alone nobody comes up the valley; a minibus does."""
    coach = go(up_the_valley(), tmp_path / "coach")
    assert not len(coach.log.of(Kind.DISPATCH)) and coach.registered() == 0
    small = {"class": "minibus"}
    mini = go(up_the_valley(vehicles=[bus("M", 8, **small)]), tmp_path / "mini")
    assert mini.registered() == 4


@pytest.mark.parametrize("feeders", [True, False])
def test_feeders_bring_people_to_the_stop_where_coaches_can_fetch_them(
    feeders: bool, tmp_path: Path
) -> None:
    """The minibus needs 12 minutes up and 12 down; with feeders the coach takes all four from the
    lower stop at 24 + 20, without them the minibus drives on to the shelter itself."""
    buses = [bus("M", 8, **{"class": "minibus"}), bus()]
    run = go(up_the_valley(vehicles=buses), tmp_path, {"fleet": {"feeders": feeders}})
    loads = run.log.of(Kind.LOADED)
    assert at_min(run, Kind.OUT) == [44] * 4
    assert loads["who"].tolist() == ([0, 1] if feeders else [0])
    assert set(run.log.of(Kind.OUT)["value"].tolist()) == {1 if feeders else 2}


def test_a_flooded_road_sends_the_empty_vehicle_back_for_another_task(tmp_path: Path) -> None:
    """The road to the hamlet is deep from 0 on and dry at 60: the known roads offer no way, so the
    coach is not sent before they do, at 60, and then carries everybody."""
    edges: list[Row] = [
        {"id": "up", "from_node": "d", "to_node": "v"}, {"id": "on", "from_node": "d",
                                                         "to_node": "s"},
    ]  # fmt: skip
    tiny = on_roads({"v": 0, "d": 10_000, "s": 20_000}, edges)
    run = go(
        tiny, tmp_path, water=Water(edges={"up": [(0, 2000), (60, 0)], "up-": [(0, 2000), (60, 0)]})
    )
    assert at_min(run, Kind.DISPATCH) == [60]
    assert run.registered() == 4
