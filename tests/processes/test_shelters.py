"""Which shelter, how many fit, and the way through gate and desks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hamlet import EAST, NORTH, Steps, Water, at_min, bus, go, hamlet, shelter, stop, village
from kit import ORDER_AT_ONCE, Played, Row

from sim.log import Kind, Reason

WAYS = [
    ("d", "v", 10), ("v", "a", 20), ("v", "b", 26), ("v", "c", 50),
    ("a", "v", 20), ("b", "v", 26), ("c", "v", 50),
]  # fmt: skip
"""Shelters A, B and C lie 20, 26 and 50 minutes from the stop."""


def three(
    folder: Path, where: Row, rooms: tuple[int, int, int], persons: int, **more: Any
) -> Played:
    """Coaches of ten seats, one for every ten persons, to three shelters of so many places."""
    tiny = hamlet(
        ways=WAYS,
        settlements=[village(persons=persons)],
        shelters=[shelter(n.upper(), n, capacity=r) for n, r in zip("abc", rooms, strict=True)],
        vehicles=[bus(count=-(-persons // 10))],
    )
    return go(tiny, folder, {"fleet": {}, "where": where}, **more)


def at(run: Played) -> tuple[int, int, int]:
    """Persons head-counted in A, B and C."""
    return run.persons_at("A"), run.persons_at("B"), run.persons_at("C")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"shelter_rule": "nearest"}, (20, 0, 0)),
        ({"shelter_rule": "balanced"}, (0, 20, 0)),
        ({"shelter_rule": "planned", "planned": {"P": "C"}}, (0, 0, 20)),
        ({"open": ["B", "C"]}, (0, 20, 0)),
    ],
)
def test_the_rule_names_the_shelter(
    where: Row, expected: tuple[int, int, int], tmp_path: Path
) -> None:
    """Rooms 30, 90 and 300. Nearest: A. Balanced: most room among those at most half as far again
    as the nearest (30 minutes), so B and not C. Planned: C. Closed shelters do not count."""
    assert at(three(tmp_path, where, (30, 90, 300), 20)) == expected


def test_a_planned_shelter_without_room_gives_way_to_the_nearest(tmp_path: Path) -> None:
    """C is planned, has fifteen places, and two coaches of ten come: the second goes to A."""
    where = {"shelter_rule": "planned", "planned": {"P": "C"}}
    assert at(three(tmp_path, where, (30, 90, 15), 20)) == (10, 0, 10)


def test_balanced_levels_the_places_left(tmp_path: Path) -> None:
    """Rooms 30 and 40: the first ten go to B, which then equals A; equal room goes to the nearer A,
    then to B again."""
    run = three(tmp_path, {"shelter_rule": "balanced"}, (30, 40, 9), 30)
    assert at(run) == (10, 20, 0)


def test_a_full_shelter_sends_the_coach_to_the_next(tmp_path: Path) -> None:
    """Places are reserved when the coach sets out: A takes one coach of ten, B the next, C the
    third; all of them know it at the stop, none drives in vain."""
    run = three(tmp_path, {}, (10, 15, 30), 30)
    assert at(run) == (10, 10, 10)
    assert not len(run.log.of(Kind.DIVERTED))
    assert sorted(run.arrivals_min()) == [30, 36, 60]


def test_a_coach_goes_where_all_its_people_fit(tmp_path: Path) -> None:
    """Five places in A are too few for ten people: they are not split, all ten go to B."""
    assert at(three(tmp_path, {}, (5, 15, 30), 10)) == (0, 10, 0)


def test_without_room_anywhere_the_rest_waits_at_the_nearest_gate(tmp_path: Path) -> None:
    """Twelve places for twenty people: one coach finds ten in C; the other finds no ten anywhere
    and drives to A, where two find a place and eight do not, safe at the gate."""
    run = three(tmp_path, {}, (2, 0, 10), 20)
    assert at(run) == (2, 0, 10)
    no_place = run.log.of(Kind.NO_PLACE)
    assert len(no_place) == 8
    assert {run.world.places.ids[p] for p in no_place["place"]} == {"A"}
    assert len(run.log.of(Kind.OUT)) == 20


def test_a_shelter_in_the_water_is_no_shelter(tmp_path: Path) -> None:
    """A is deep from minute 10 on: the coach that leaves the stop at 10 drives to B."""
    deep: Steps = [(10, 600)]
    run = three(tmp_path, {}, (30, 30, 30), 10, water=Water(places={"A": deep}))
    assert at(run) == (0, 10, 0)


def test_an_exit_takes_whom_no_shelter_takes(tmp_path: Path) -> None:
    """Without places in shelters the coach leaves the county; nobody is registered at a desk."""
    tiny = hamlet(
        ways=WAYS, shelters=[shelter("A", "a", capacity=3)], settlements=[village(persons=8)],
        exits=[{"id": "E", "name": "县界", "node": "c"}],
    )  # fmt: skip
    run = go(tiny, tmp_path)
    assert (run.persons_at("A"), run.persons_at("E")) == (0, 8)
    assert run.last_min(Kind.REGISTERED) == 60


@pytest.mark.parametrize(
    ("desks", "minutes"), [(1, [33, 36, 39, 42]), (2, [33, 33, 36, 36]), (4, [33] * 4)]
)
def test_desks_are_one_queue_in_order_of_arrival(
    desks: int, minutes: list[float], tmp_path: Path
) -> None:
    """Four parties arrive at 30, three minutes each at a desk; waits are logged to the gate."""
    tiny = hamlet({"settle.register_min": 3}, shelters=[shelter(desks=desks)])
    run = go(tiny, tmp_path)
    assert at_min(run, Kind.REGISTERED) == minutes
    waits = run.log.of(Kind.WAIT_GATE)
    assert waits["value"].tolist() == [(m - 33) * 60_000 for m in minutes if m > 33]
    assert run.log.of(Kind.REGISTERED)["who"].tolist() == [0, 1, 2, 3]


def test_the_head_count_follows_the_desk_and_holds_nobody_up(tmp_path: Path) -> None:
    """One desk of three minutes, head-count five: 38, 41, 44, 47; the desk is free after three."""
    tiny = hamlet(
        {"settle.register_min": 3, "settle.headcount_min": 5}, shelters=[shelter(desks=1)]
    )
    assert at_min(go(tiny, tmp_path), Kind.REGISTERED) == [38, 41, 44, 47]


def walkers(
    folder: Path, rooms: tuple[int, int], water: Water | None = None, **where: Any
) -> Played:
    """Six persons walk 600 m to the village shelter A; B is 1,200 m further on.

    A path is 1.3 times the straight line, the pace 1.3 m/s: ten and twenty minutes.
    """

    def place(name: str, straight_m: int, room: int) -> Row:
        return shelter(name, "v", kind="village", capacity=room, x=EAST + straight_m, y=NORTH)

    home = village(persons=6, share_village_shelter=1, village_shelter="A", x=EAST, y=NORTH)
    tiny = hamlet(
        {"prepare.walk_mps": 1.3}, settlements=[home],
        shelters=[place("A", 600, rooms[0]), place("B", 1800, rooms[1])],
        assembly_points=[stop()],
    )  # fmt: skip
    return go(tiny, folder, {"when": ORDER_AT_ONCE, "where": where}, water)


def test_walkers_walk_on_when_the_shelter_is_full(tmp_path: Path) -> None:
    """Four places in A: four are counted at 10, two walk on for twenty minutes and are counted in
    B at 30; out of danger they were at A, once."""
    run = walkers(tmp_path, (4, 9))
    assert (run.persons_at("A"), run.persons_at("B")) == (4, 2)
    assert at_min(run, Kind.REGISTERED) == [10, 10, 10, 10, 30, 30]
    assert at_min(run, Kind.OUT) == [10] * 6
    assert run.log.of(Kind.DIVERTED)["value"].tolist() == [Reason.FULL] * 2


def test_walkers_without_any_place_stay_at_the_gate(tmp_path: Path) -> None:
    """Four places in all: two are safe at the gate of A, without a place."""
    run = walkers(tmp_path, (4, 0))
    assert run.registered() == 4
    assert len(run.log.of(Kind.NO_PLACE)) == 2
    assert len(run.log.of(Kind.OUT)) == 6


@pytest.mark.parametrize("why", ["closed", "flooded"])
def test_walkers_pass_a_shelter_that_is_not_open(why: str, tmp_path: Path) -> None:
    """A is closed by the plan, or under water: all six are safe in B only, at 30."""
    water = Water(places={"A": [(0, 900)]}) if why == "flooded" else None
    where = {"open": ["B"]} if why == "closed" else {}
    run = walkers(tmp_path, (9, 9), water, **where)
    assert (run.persons_at("A"), run.persons_at("B")) == (0, 6)
    assert at_min(run, Kind.OUT) == [30] * 6
    assert set(run.log.of(Kind.DIVERTED)["value"].tolist()) == {Reason.NOT_OPEN}
