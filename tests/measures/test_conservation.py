"""A log in which something does not add up is refused, and says what (VT02)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from one_night import NIGHT, by_coach, ready, sheltered, told
from small_county import A1, COACH, S1, V1, V2, County, Record, log_of

from sim.log import Kind, RunLog
from sim.measures.conservation import check_log, peak_loads
from sim.measures.people import ConservationError, check_sums
from sim.states import Mode, State

Night = list[Record]


def without(kind: Kind, party: int) -> Callable[[Night], Night]:
    """The night without one party's records of a kind."""
    return lambda night: [r for r in night if not (r[1] == kind and r[2] == party)]


def plus(*more: Record) -> Callable[[Night], Night]:
    """The night with further records."""
    return lambda night: [*night, *more]


def test_the_whole_night_is_in_order() -> None:
    """Nothing to object to, at exactly the seats and places that were used."""
    check_log(County(capacity=(12, 0), seats=(7, 0, 0)).world(), log_of(NIGHT))


@pytest.mark.parametrize(
    ("change", "county", "says"),
    [
        (plus((200, Kind.STATE, 2, V1, State.SHELTERED)), County(), "SAFE_IN_PLACE -> SHELTERED"),
        (plus((500, Kind.STATE, 5, V2, State.AT_ASSEMBLY)), County(), "AT_ASSEMBLY -> AT_ASSEMBLY"),
        (plus((130, Kind.BOARDED, 0, A1, 1)), County(), "boardings do not match"),
        (without(Kind.BOARDED, 1), County(), "boardings do not match"),
        (plus(), County(seats=(6, 6, 4)), "coach carries 7 on 6 seats"),
        (plus(), County(capacity=(11, 50)), "shelter S1: 12 people, 11 places"),
        (without(Kind.OUT, 0), County(), "party 0: head-counted but never out"),
        (plus((60, Kind.READY, 0, V1, 0)), County(), "party 0: ready .* before decided"),
        (plus((60, Kind.TOLD, 6, V1, 0)), County(), "TOLD of unknown row 6"),
        (plus((60, Kind.STATE, -1, V1, 1)), County(), "STATE of unknown row -1"),
        (plus((60, Kind.LOADED, 3, A1, 5)), County(), "LOADED of unknown row 3"),
        (plus((60, Kind.ORDER_MOVE, 2, 0, 0)), County(), "ORDER_MOVE of unknown row 2"),
        (plus((601, Kind.TOLD, 0, V1, 0)), County(), "horizon"),
        (plus((-1, Kind.TOLD, 0, V1, 0)), County(), "horizon"),
    ],
)  # fmt: skip
def test_each_rule_is_held(change: Callable[[Night], Night], county: County, says: str) -> None:
    """Every broken rule is an error of its own that names who broke it."""
    with pytest.raises(ConservationError, match=says):
        check_log(county.world(), log_of(change(NIGHT)))


def test_records_must_not_go_back_in_time() -> None:
    """A log whose records are not in order of time is refused."""
    log = log_of(NIGHT)
    mixed = RunLog(log.records[::-1].copy(), 0, 0)
    with pytest.raises(ConservationError, match="comes after"):
        check_log(County().world(), mixed)


def test_one_vehicle_at_a_time() -> None:
    """Aboard means aboard one vehicle: changing from one to another needs to get off first."""
    change: Night = [
        (130, Kind.BOARDED, 0, A1, 1), (130, Kind.STATE, 0, A1, State.ABOARD),
    ]  # fmt: skip
    with pytest.raises(ConservationError, match="ABOARD -> ABOARD"):
        check_log(County().world(), log_of([*NIGHT, *change]))


def test_a_seat_is_free_again_at_once() -> None:
    """Whoever gets off at the moment at which others board leaves room for them."""
    spans = (np.array([0, 10, 10]), np.array([10, 20, 30]))
    loads = peak_loads((np.array([1, 1, 0]), np.array([5, 5, 2])), spans, 3)
    assert loads.tolist() == [2, 5, 0]


def test_second_round_needs_no_second_bus() -> None:
    """Seven persons on five seats in two rounds are in order; in one round they are not."""
    two_rounds: Night = [
        *told(0, V1, 70), *ready(0, V1, 90, State.WALKING), *by_coach(0, 95, 115),
        *sheltered(0, 150), *told(1, V1, 80), *ready(1, V1, 85, State.WALKING),
        (90, Kind.STATE, 1, A1, State.AT_ASSEMBLY), (145, Kind.BOARDED, 1, A1, COACH),
        (145, Kind.STATE, 1, A1, State.ABOARD), (170, Kind.OUT, 1, S1, Mode.COACH),
        (175, Kind.STATE, 1, S1, State.AT_GATE), *sheltered(1, 180),
    ]  # fmt: skip
    check_log(County(seats=(5, 0, 0)).world(), log_of(two_rounds))
    with pytest.raises(ConservationError, match="carries 7 on 5"):
        check_log(County(seats=(5, 0, 0)).world(), log_of(NIGHT))


def test_partitions_must_sum() -> None:
    """A partition that loses or doubles a person is an error, not a rounding."""
    check_sums({"safe_out": 3, "unreached": 1}, [1, 3, 0, 0, 0, 0, 0, 0, 0], 4)
    with pytest.raises(ConservationError, match="final states"):
        check_sums({"safe_out": 3}, [4, 0, 0, 0, 0, 0, 0, 0, 0], 4)
    with pytest.raises(ConservationError, match="modes"):
        check_sums({"safe_out": 4}, [4, 1, 0, 0, 0, 0, 0, 0, 0], 4)
