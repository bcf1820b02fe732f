"""The dispatcher: free vehicles in order, at most one look a minute, seats promised once."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hamlet import WAYS, at_min, bus, depot, go, hamlet, stop, village, zone
from kit import Row

from sim.clock import MS_PER_MIN
from sim.log import Kind

DELAYED = {"tell.broadcast_delay_min": {"dist": "uniform", "low": 0, "high": 3}}


def test_free_vehicles_are_sent_in_the_order_in_which_they_became_free(tmp_path: Path) -> None:
    """Three coaches with three seats stand ready, nine people report one hour later: 0, 1 and 2 go,
    the fourth stays."""
    rules = [{"signal": "clock", "at": "09:00", "action": "move"}]
    tiny = hamlet(settlements=[village(persons=9)], vehicles=[bus(seats=3, count=4)])
    run = go(tiny, tmp_path, {"when": {"rules": rules}, "fleet": {"call_at": "08:00"}})
    assert run.log.of(Kind.DISPATCH)["who"].tolist() == [0, 1, 2]
    assert at_min(run, Kind.DISPATCH) == [60, 60, 60]


def test_reports_within_a_minute_are_dealt_with_together(tmp_path: Path) -> None:
    """Forty people report one by one within three minutes to twenty free coaches of two seats, ten
    minutes away: the dispatcher looks at moments at least a minute apart."""
    tiny = hamlet(DELAYED, settlements=[village(persons=40)], vehicles=[bus(seats=2, count=20)])
    run = go(tiny, tmp_path, {"fleet": {"call_at": "08:00"}})
    looks = sorted({t for t in run.log.of(Kind.DISPATCH)["t"].tolist() if t < 10 * MS_PER_MIN})
    assert len(looks) >= 3
    assert all(later - sooner >= MS_PER_MIN for sooner, later in pairwise(looks))
    assert run.registered() == 40


def test_a_vehicle_that_becomes_free_takes_the_waiting_demand_at_once(tmp_path: Path) -> None:
    """One coach with two seats, four people: it is sent again the moment it is empty, at 30."""
    run = go(hamlet(vehicles=[bus(seats=2)]), tmp_path)
    assert at_min(run, Kind.DISPATCH) == [0, 30]


def test_seats_are_promised_to_one_stop_only(tmp_path: Path) -> None:
    """Four people each at two stops, two coaches of ten: one goes to each stop although either
    could take everybody of the nearer one."""
    ways = [*WAYS, ("d", "w", 12), ("w", "s", 20), ("s", "w", 20)]
    tiny = hamlet(
        ways=ways, zones=[zone("A"), zone("B")],
        settlements=[village(zone="A"), village("W", node="w", zone="B")],
        assembly_points=[stop(zone="A"), stop("Q", "w", zone="B")], vehicles=[bus(count=2)],
    )  # fmt: skip
    run = go(tiny, tmp_path)
    places = [run.world.places.ids[p] for p in run.log.of(Kind.DISPATCH)["place"]]
    assert places == ["P", "Q"]
    assert at_min(run, Kind.OUT) == [30] * 4 + [32] * 4


def test_a_vehicle_that_reaches_no_stop_leaves_it_to_the_others(tmp_path: Path) -> None:
    """The first coach stands where no road leads to the stop; the second is sent, and the first
    waits without end."""
    far: Row = depot("E", "e")
    tiny = hamlet(
        ways=[*WAYS, ("e", "s", 5)], depots=[depot(), far],
        vehicles=[bus("C1", depot="E"), bus("C2")],
    )  # fmt: skip
    run = go(tiny, tmp_path)
    assert run.log.of(Kind.DISPATCH)["who"].tolist() == [1]
    assert run.registered() == 4
