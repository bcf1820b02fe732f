"""One vehicle on its round: hold, board, skip, further stops, breakdown, bays, handling times."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hamlet import WAYS, at_min, bus, depot, go, hamlet, shelter, stop, village
from kit import Played, Row

from sim.log import Kind, VehicleStatus

SLOW: Row = {"id": "G", "name": "慢", "persons_share": 0.5, "escorts": 0, "prep_factor": 3}


def waiting(folder: Path, hold: float, seats: int = 10) -> Played:
    """The coach stands at the stop at 0; two persons are ready at 10, two at 30."""
    tiny = hamlet(
        {"prepare.prepare_min": 10}, groups=[SLOW], vehicles=[bus(seats=seats)],
        depots=[depot(node="v")],
    )  # fmt: skip
    return go(tiny, folder, {"fleet": {"hold_min": hold}})


def loads(run: Played) -> list[tuple[float, int]]:
    """Minute and persons of every load."""
    rows = run.log.of(Kind.LOADED)
    return [(float(t) / 60_000, int(n)) for t, n in zip(rows["t"], rows["value"], strict=True)]


def test_a_coach_leaves_when_the_holding_time_is_over(tmp_path: Path) -> None:
    """Hold 15: at 15 the two who are there board; it drives 20 out, 20 back, and takes the others
    at 55."""
    run = waiting(tmp_path, 15)
    assert loads(run) == [(15, 2), (55, 2)]
    waits = run.log.of(Kind.WAIT_BUS)
    assert (waits["value"] // 60_000).tolist() == [5, 5, 25, 25]


def test_a_coach_leaves_when_everybody_announced_is_there(tmp_path: Path) -> None:
    """Hold 60: at 30 all four who said they would come are there, and it does not wait longer."""
    run = waiting(tmp_path, 60)
    assert loads(run) == [(30, 4)]
    held = run.log.of(Kind.WAIT_FULL)
    assert (held["value"] // 60_000).tolist() == [30]


def test_a_coach_leaves_when_its_seats_are_taken(tmp_path: Path) -> None:
    """Two seats are full at 10, however long it may hold."""
    assert loads(waiting(tmp_path, 60, seats=2)) == [(10, 2), (50, 2)]


def test_a_coach_that_finds_nobody_waits_five_minutes_for_those_announced(tmp_path: Path) -> None:
    """Hold 0: nobody is there at 0 nor at 5; it is sent again at once and takes the first at 10."""
    run = waiting(tmp_path, 0)
    assert loads(run)[0] == (10, 2)
    assert at_min(run, Kind.DISPATCH)[:2] == [0, 5]


def groups_of(*sizes: int) -> list[Row]:
    """Groups that move as one, all ready at once, in this order."""
    return [
        {"id": f"F{k}", "name": "工棚", "kind": "camp", "node": "v", "zone": "Z",
         "occupants_day": n, "occupants_night": n, "party_size": n, "ready_min": 0}
        for k, n in enumerate(sizes)
    ]  # fmt: skip


def in_groups(folder: Path, skip: int, *sizes: int) -> list[int]:
    """Loads of a coach with ten seats."""
    tiny = hamlet(settlements=[village(persons=0)], facilities=groups_of(*sizes))
    run = go(tiny, folder, {"fleet": {"skip_parties": skip}})
    assert run.registered() == sum(sizes)
    return [persons for _, persons in loads(run)]


@pytest.mark.parametrize(("skip", "expected"), [(3, [10, 5]), (1, [10, 5]), (0, [6, 9])])
def test_parties_do_not_split_and_a_bus_may_skip_some(
    skip: int, expected: list[int], tmp_path: Path
) -> None:
    """Groups of 6, 5 and 4 before ten seats: 6, then 5 does not fit; skipping it the 4 ride, else
    the coach leaves with 6 and takes 5 and 4 together."""
    assert in_groups(tmp_path, skip, 6, 5, 4) == expected


def test_no_more_than_the_stated_number_of_parties_is_passed_over(tmp_path: Path) -> None:
    """7, 4, 5, 3: with one skip the 3 stays behind the second group that does not fit."""
    assert in_groups(tmp_path / "1", 1, 7, 4, 5, 3) == [7, 9, 3]
    assert in_groups(tmp_path / "2", 2, 7, 4, 5, 3) == [10, 9]


CHAIR: Row = {"id": "G", "name": "轮椅", "persons_share": 0.5, "escorts": 0, "needs": "wheelchair"}


@pytest.mark.parametrize(("places", "expected"), [(2, [4]), (1, [3, 1]), (0, [4])])
def test_wheelchair_places_are_counted(places: int, expected: list[int], tmp_path: Path) -> None:
    """Two of four persons use a wheelchair. With two places all ride, with one place one of them
    waits for the next round; a bus without places carries them in seats."""
    run = go(hamlet(groups=[CHAIR], vehicles=[bus(wheelchair_places=places)]), tmp_path)
    assert [persons for _, persons in loads(run)] == expected


def test_handling_times_add_up(tmp_path: Path) -> None:
    """10 minutes of road, 6 fixed, 4 x 30 s, 2 wheelchairs x 5 min; 20 of road, out at 48; 3 fixed
    and 4 x 15 s: counted at 52."""
    handling = {
        "drive.board_fixed_min": 6, "drive.board_person_s": 30, "drive.carry_min": 5,
        "drive.alight_fixed_min": 3, "drive.alight_person_s": 15,
    }  # fmt: skip
    run = go(hamlet(handling, groups=[CHAIR]), tmp_path)
    assert loads(run) == [(28, 4)]
    assert at_min(run, Kind.OUT) == [48] * 4
    assert at_min(run, Kind.REGISTERED) == [52] * 4


def test_usable_seats_are_those_not_taken_by_bags(tmp_path: Path) -> None:
    """Half of ten seats: nine persons need two rounds."""
    tiny = hamlet({"drive.seat_use": 0.5}, settlements=[village(persons=9)])
    assert [persons for _, persons in loads(go(tiny, tmp_path))] == [5, 4]


def two_stops(folder: Path, apart: float, max_stops: int, persons: int = 3) -> Played:
    """Four persons at P and some at Q, so many minutes apart; ten seats."""
    ways = [*WAYS, ("v", "w", apart), ("w", "v", apart), ("w", "s", 20), ("s", "w", 20),
            ("d", "w", 60)]  # fmt: skip
    tiny = hamlet(
        ways=ways, settlements=[village(), village("W", persons, "w", assembly_point="Q")],
        assembly_points=[stop(), stop("Q", "w")],
    )  # fmt: skip
    return go(tiny, folder, {"fleet": {"max_stops": max_stops}})


@pytest.mark.parametrize(
    ("apart", "max_stops", "arrivals"), [(5, 2, [35]), (5, 1, [30, 70]), (16, 2, [30, 70])]
)
def test_a_coach_with_seats_left_goes_on_to_people_near_by(
    apart: float, max_stops: int, arrivals: list[float], tmp_path: Path
) -> None:
    """Four board at P (10); Q is five minutes away: all seven arrive at 35 in one round. Where one
    stop is allowed, or Q is farther than a quarter of an hour, it takes two rounds."""
    run = two_stops(tmp_path, apart, max_stops)
    assert run.arrivals_min() == arrivals
    assert run.registered() == 7


def test_a_coach_goes_on_only_for_people_who_fit(tmp_path: Path) -> None:
    """Ten seats, four taken at P: of nine at Q six ride along, three wait for the next round."""
    run = two_stops(tmp_path, 5, 2, persons=9)
    assert [persons for _, persons in loads(run)] == [4, 6, 3]


@pytest.mark.parametrize(("share", "out"), [(0, 30), (1, 90)])
def test_a_breakdown_costs_the_repair(share: float, out: float, tmp_path: Path) -> None:
    """Broken on every trip, an hour each: out at 90 instead of 30."""
    run = go(hamlet({"drive.breakdown_per_trip": share, "drive.repair_min": 60}), tmp_path)
    assert at_min(run, Kind.OUT) == [out] * 4
    assert at_min(run, Kind.VEHICLE, VehicleStatus.BROKEN) == [10] * int(share)


def test_bays_at_the_stop_and_at_the_shelter_are_queues(tmp_path: Path) -> None:
    """Two coaches of two seats, boarding 8 minutes, alighting 4, one bay at each place: the second
    boards from 18 to 26 and alights from 46 to 50."""
    tiny = hamlet(
        {"drive.board_fixed_min": 8, "drive.alight_fixed_min": 4},
        vehicles=[bus(seats=2, count=2)], assembly_points=[stop(bays=1)],
        shelters=[shelter(bays=1)],
    )  # fmt: skip
    run = go(tiny, tmp_path)
    assert loads(run) == [(18, 2), (26, 2)]
    assert at_min(run, Kind.OUT) == [38, 38, 46, 46]
    assert at_min(run, Kind.REGISTERED) == [42, 42, 50, 50]
    assert (run.log.of(Kind.WAIT_BAY)["value"] // 60_000).tolist() == [8]


def test_a_bay_at_the_shelter_is_waited_for(tmp_path: Path) -> None:
    """Both board at once; at the shelter the second waits four minutes for the bay. Both are out of
    danger at 30, counted at 34 and 38."""
    tiny = hamlet(
        {"drive.alight_fixed_min": 4}, vehicles=[bus(seats=2, count=2)],
        shelters=[shelter(bays=1)],
    )  # fmt: skip
    run = go(tiny, tmp_path)
    assert at_min(run, Kind.OUT) == [30] * 4
    assert at_min(run, Kind.REGISTERED) == [34, 34, 38, 38]


@pytest.mark.parametrize(("order", "out"), [("08:00", 60.0), ("19:00", 660 + 75.0)])
def test_roads_are_slower_on_a_bad_day_and_at_night(order: str, out: float, tmp_path: Path) -> None:
    """Half speed by day: 30 minutes of road take 60; 0.8 of that at night: 75."""
    slow = {"drive.road_speed_factor": 0.5, "drive.night_speed_factor": 0.8}
    rules = [{"signal": "clock", "at": order, "action": "move"}]
    plan: dict[str, Any] = {"when": {"rules": rules}, "fleet": {}}
    run = go(hamlet(slow), tmp_path, plan)
    assert at_min(run, Kind.OUT) == pytest.approx([out] * 4, abs=0.01)
