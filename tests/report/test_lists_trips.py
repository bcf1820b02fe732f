"""The dispatch sheet from records written by hand: stops, feeders, diversions, given schedules."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.clock import MS_PER_MIN, NEVER
from sim.log import RECORD, Kind, Reason, RunLog, VehicleStatus
from sim.report.lists.dispatch import dispatch
from sim.report.lists.night import Night
from sim.report.lists.trips import Stop, stops_of
from sim.states import Mode

D, A1, A2, S1, S2 = range(5)
"""Places: depot, assembly points, shelters."""
BUS, MINI = 0, 1
Record = tuple[float, Kind, int, int, int]


def night(records: list[Record], schedule: dict[str, tuple[tuple[int, int], ...]]) -> Night:
    """A night of a coach and a minibus with four parties of 2, 3, 4 and 5 persons."""
    rows = [(round(t * MS_PER_MIN), int(kind), *rest) for t, kind, *rest in records]
    log = RunLog(np.array(rows, dtype=RECORD), 0, 7)
    vehicles = tuple(
        SimpleNamespace(id=name, vehicle_class=kind, seats=seats, depot_place=D)
        for name, kind, seats in (("C1", "coach", 50), ("M1", "minibus", 18))
    )
    places = SimpleNamespace(names=("depot", "stop 1", "stop 2", "school", "hall"))
    world: Any = SimpleNamespace(
        vehicles=vehicles, places=places, assembly_place=A1, shelter_place=S1,
        assembly_points=(None, None), assembly_zone=np.array([0, 0]),
        zones=SimpleNamespace(rows=(SimpleNamespace(township="T"),)),
        clock_start=datetime(2025, 6, 1, 20), shelters=(None, None),
    )  # fmt: skip
    facts: Any = SimpleNamespace(world=world, log=log, of=log.of, size=np.array([2, 3, 4, 5]))
    plan: Any = SimpleNamespace(schedule=schedule)
    return Night(plan, facts)


def to(t: float, vehicle: int, place: int) -> Record:
    """Sets out to a pick-up."""
    return (t, Kind.VEHICLE, vehicle, place, int(VehicleStatus.TO_PICKUP))


def at_stop(t: float, vehicle: int, place: int) -> list[Record]:
    """Arrives at a pick-up."""
    return [
        (t, Kind.KM, vehicle, place, 1000),
        (t, Kind.VEHICLE, vehicle, place, int(VehicleStatus.AT_PICKUP)),
    ]


def board(t: float, vehicle: int, place: int, party: int, persons: int) -> list[Record]:
    """A party boards and the vehicle is loaded a minute later."""
    return [
        (t, Kind.BOARDED, party, place, vehicle),
        (t + 1, Kind.LOADED, vehicle, place, persons),
    ]


def at_shelter(t: float, vehicle: int, place: int, parties: dict[int, Mode]) -> list[Record]:
    """Arrives at a shelter, all off five minutes later."""
    return [
        (t, Kind.KM, vehicle, place, 5000),
        (t, Kind.VEHICLE, vehicle, place, int(VehicleStatus.AT_SHELTER)),
        *((t, Kind.OUT, party, place, int(mode)) for party, mode in parties.items()),
        (t + 5, Kind.VEHICLE, vehicle, place, int(VehicleStatus.UNLOADED)),
    ]


TWO_STOPS: list[Record] = [
    to(10, BUS, A1),
    *at_stop(20, BUS, A1),
    *board(22, BUS, A1, 0, 2),
    to(23, BUS, A2),
    *at_stop(30, BUS, A2),
    *board(31, BUS, A2, 1, 3),
    (32, Kind.VEHICLE, BUS, S1, int(VehicleStatus.TO_SHELTER)),
    (40, Kind.VEHICLE, BUS, S1, int(VehicleStatus.BLOCKED)),
    (40, Kind.DIVERTED, BUS, S1, int(Reason.NO_ROUTE)),
    (40, Kind.VEHICLE, BUS, S2, int(VehicleStatus.TO_SHELTER)),
    *at_shelter(55, BUS, S2, {0: Mode.COACH, 1: Mode.COACH}),
    to(61, BUS, A2),
    *at_stop(70, BUS, A2),
    (90, Kind.VEHICLE, BUS, D, int(VehicleStatus.RELEASED)),
]


def found(records: list[Record]) -> list[Stop]:
    """Stops of a night without a schedule."""
    return list(stops_of(night(records, {})))


def test_two_stops_share_where_the_round_ended() -> None:
    """Both stops of a round end at the shelter reached; persons count at the last stop only."""
    first, second = found(TWO_STOPS)
    assert (first.trip, second.trip) == (1, 1)
    assert (first.start, first.pickup, second.start, second.pickup) == (D, A1, A1, A2)
    assert (first.boarded, second.boarded) == (2, 3)
    assert [stop.to for stop in (first, second)] == [S2, S2]
    assert (first.delivered, second.delivered) == (0, 5)
    assert (first.leave_ms, first.there_ms, first.loaded_ms) == tuple(
        m * MS_PER_MIN for m in (10, 20, 23)
    )
    assert (second.arrive_ms, second.free_ms) == (55 * MS_PER_MIN, 60 * MS_PER_MIN)


def test_trouble_on_the_way_is_told() -> None:
    """A closed road and the other shelter stand in the remarks of the stop before."""
    first, second = found(TWO_STOPS)
    assert first.remarks == [] and second.remarks == ["blocked", "diverted_no_route"]


def test_an_empty_run_is_no_stop() -> None:
    """The last drive to stop 2 took nobody and is left out."""
    assert [stop.pickup for stop in found(TWO_STOPS)] == [A1, A2]


def test_a_feeder_delivers_nobody() -> None:
    """A minibus that brings people to stop 1 has fed; the coach that takes them on delivers."""
    records = [
        to(0, MINI, A2),
        *at_stop(5, MINI, A2),
        *board(6, MINI, A2, 2, 4),
        (15, Kind.KM, MINI, A1, 4000),  # to the transfer point
        to(16, BUS, A1),
        *at_stop(20, BUS, A1),
        *board(21, BUS, A1, 2, 4),
        (22, Kind.VEHICLE, BUS, S1, int(VehicleStatus.TO_SHELTER)),
        *at_shelter(40, BUS, S1, {2: Mode.COACH}),
    ]
    coach, minibus = found(records)
    assert (minibus.fed, minibus.to, minibus.delivered) == (True, A1, 0)
    assert "feeder" in minibus.remarks
    assert (coach.fed, coach.delivered) == (False, 4)


def test_the_same_stop_twice_is_no_feeder() -> None:
    """A second stop at the same place (a drive of 0 m) does not end the round."""
    records = [
        to(0, BUS, A1),
        *at_stop(5, BUS, A1),
        *board(6, BUS, A1, 0, 2),
        to(7, BUS, A1),
        *at_stop(7, BUS, A1),
        *board(8, BUS, A1, 1, 3),
        (9, Kind.VEHICLE, BUS, S1, int(VehicleStatus.TO_SHELTER)),
        *at_shelter(20, BUS, S1, {0: Mode.COACH, 1: Mode.COACH}),
    ]
    first, second = found(records)
    assert (first.trip, second.trip, second.delivered) == (1, 1, 5)
    assert not first.fed and not second.fed


def test_a_round_that_never_arrives() -> None:
    """At the end still under way: nobody delivered, no arrival, and it says so."""
    records = [
        to(0, BUS, A1),
        *at_stop(5, BUS, A1),
        *board(6, BUS, A1, 3, 5),
        (8, Kind.VEHICLE, BUS, S1, int(VehicleStatus.TO_SHELTER)),
    ]
    (stop,) = found(records)
    assert (stop.to, stop.arrive_ms, stop.delivered) == (-1, NEVER, 0)
    assert stop.remarks == ["left_vehicle"]


def test_given_schedule_beside_what_ran() -> None:
    """Trips of the plan's schedule are marked; one that carried nobody is listed as not run."""
    schedule = {"C1": ((1, 1), (0, 0)), "M1": ((0, 1),)}
    table = dispatch(night(TWO_STOPS, schedule))
    keys = [column.key for column in table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
    remarks = [(row["vehicle"], row["pickup"], row["remark"]["zh"] if row["remark"] else "")
               for row in rows]  # fmt: skip
    assert remarks == [
        ("C1", "stop 1", ""),
        ("C1", "stop 2", "预案班次；途中遇断路等待；道路不通，改送"),
        ("C1", "stop 1", "预案班次，未开行"),
        ("M1", "stop 1", "预案班次，未开行"),
    ]
    assert table.total_of("boarded") == 5 and table.total_of("delivered") == 5


def test_no_records_no_rows() -> None:
    """A night in which no vehicle moved has an empty sheet without totals."""
    table = dispatch(night([(0, Kind.KM, BUS, D, 0)], {}))
    assert table.rows == () and table.totals == ()
