"""The event log: order of records, what is cut, and its hash."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.log import Kind, LogBuilder, RunLog
from sim.states import State


def rows(*parties: int) -> np.ndarray:
    """Rows of parties."""
    return np.array(parties, dtype=np.int64)


def a_log() -> LogBuilder:
    """Three live records and a column, out of order."""
    log = LogBuilder()
    log.add(20, Kind.BOARDED, 1, 5, 2)
    log.add(10, Kind.DISPATCH, 0, 5, 3)
    log.add(30, Kind.OUT, 1, 6, 1)
    log.add_many([25, 5], Kind.TOLD, rows(1, 0), 7, [0, 1])
    return log


def test_records_come_in_order_of_time() -> None:
    """Live records and columns are merged by time; horizon and replication are kept."""
    log = a_log().build(100, member=4, replication=9)
    assert log.records["t"].tolist() == [5, 10, 20, 25, 30]
    assert (log.member, log.replication) == (4, 9)


def test_what_lies_after_the_horizon_is_cut() -> None:
    """A record at the horizon stays, one after it goes."""
    assert a_log().build(25, 0, 0).records["t"].tolist() == [5, 10, 20, 25]


def test_live_records_of_one_moment_keep_the_order_of_writing() -> None:
    """Cause and effect of the same millisecond."""
    log = LogBuilder()
    for kind in (Kind.OUT, Kind.BOARDED, Kind.REGISTERED):
        log.add(7, kind, 0)
    kinds = log.build(99, 0, 0).records["kind"].tolist()
    assert kinds == [Kind.OUT, Kind.BOARDED, Kind.REGISTERED]


def test_a_household_of_one_moment_is_told_before_it_leaves_and_boards() -> None:
    """Columns worked out ahead: told, decided, preparing, ready, walking, then what happens live;
    a decision of the post comes before all of it."""
    log = LogBuilder()
    who = rows(0)
    log.add(7, Kind.BOARDED, 0)
    log.add_many(7, Kind.STATE, who, 0, int(State.WALKING))
    log.add_many(7, Kind.READY, who, 0, 0)
    log.add_many(7, Kind.STATE, who, 0, int(State.PREPARING))
    log.add_many(7, Kind.DECIDED, who, 0, 0)
    log.add_many(7, Kind.TOLD, who, 0, 0)
    log.add(7, Kind.ORDER_MOVE, 0)
    kinds = log.build(99, 0, 0).records["kind"].tolist()
    assert kinds == [
        Kind.ORDER_MOVE, Kind.TOLD, Kind.DECIDED, Kind.STATE, Kind.READY, Kind.STATE, Kind.BOARDED,
    ]  # fmt: skip


def test_records_of_a_kind_first_times_and_last_values() -> None:
    """Party 0 at 5 and 9, party 2 at 7; nobody else."""
    log = LogBuilder()
    for t, who, value in ((9, 0, 4), (5, 0, 3), (7, 2, 8)):
        log.add(t, Kind.LOADED, who, 0, value)
    log.add(6, Kind.KM, 1, 0, 1)
    run = log.build(99, 0, 0)
    assert run.of(Kind.LOADED)["t"].tolist() == [5, 7, 9]
    assert run.of(Kind.OUT).size == 0
    assert run.first(Kind.LOADED, 4, -1).tolist() == [5, -1, 7, -1]
    assert run.last_value(Kind.LOADED, 4, -1).tolist() == [4, -1, 8, -1]


@given(
    at=st.integers(0, 3),
    field=st.sampled_from(["t", "kind", "who", "place", "value"]),
)
def test_one_unit_in_any_field_of_any_record_changes_the_hash(at: int, field: str) -> None:
    """A millisecond, a party, a place or a value anywhere."""
    log = a_log().build(100, 0, 0)
    records = log.records.copy()
    assert RunLog(records, 0, 0).sha256() == log.sha256()
    records[field][at] += 1
    assert RunLog(records, 0, 0).sha256() != log.sha256()


def test_the_hash_does_not_depend_on_how_records_were_written() -> None:
    """One by one or as a column: the same log."""
    one, many = LogBuilder(), LogBuilder()
    for t, who in ((3, 0), (3, 1), (8, 2)):
        one.add(t, Kind.TOLD, who, 4, 1)
    many.add_many([3, 3, 8], Kind.TOLD, rows(0, 1, 2), 4, 1)
    assert one.build(9, 0, 0).sha256() == many.build(9, 0, 0).sha256()


def test_an_empty_night_has_a_log() -> None:
    """No record at all is a log without records."""
    assert len(LogBuilder().build(10, 0, 0).records) == 0


def test_no_two_kinds_share_a_number() -> None:
    """A number that is given twice would make one kind another name of the other."""
    assert list(Kind.__members__) == [kind.name for kind in Kind]
