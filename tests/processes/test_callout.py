"""Who answers: attempts, deputies, day and night, rounds, lines that are busy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hamlet import at_min, go, hamlet, stop, village, zone
from kit import ORDER_AT_ONCE, Played, Row

from sim.log import Kind

CALLS = {"tell.call_min": 2, "tell.call_retry_min": 5}


def person(name: str, day: float, night: float | None = None) -> Row:
    """An organiser with his shares of answered calls."""
    return {"id": name, "answer_day": day, "answer_night": day if night is None else night}


def called(folder: Path, people: list[Row], organise: Row, **plan: Any) -> Played:
    """One village whose organiser is O and whose deputy is U, three hours long."""
    tiny = hamlet(
        CALLS, horizon_min=900, settlements=[village(organiser="O", deputy="U")],
        organisers=[*people, *([person("U", 0)] if len(people) == 1 else [])],
    )  # fmt: skip
    return go(tiny, folder, {"organise": {"broadcast": False, **organise}, **plan})


def test_an_answer_starts_the_knocking_when_the_cadres_are_there(tmp_path: Path) -> None:
    """A call of 2 minutes is answered; 15 minutes later the cadres are at the first door."""
    tiny = hamlet(
        CALLS | {"tell.organiser_start_min": 15}, settlements=[village(organiser="O")],
        organisers=[person("O", 1)],
    )  # fmt: skip
    run = go(tiny, tmp_path, {"organise": {"broadcast": False}})
    assert at_min(run, Kind.CALL, 1) == at_min(run, Kind.CALLED_OUT, 1) == [2]
    assert at_min(run, Kind.SWEEP) == [17]
    assert at_min(run, Kind.TOLD) == [17] * 4


def test_the_deputy_is_called_after_all_attempts(tmp_path: Path) -> None:
    """Three calls of 2 minutes in vain, 5 minutes apart, end at 2, 9 and 16; the deputy answers at
    23 and is recorded as such."""
    run = called(tmp_path, [person("O", 0), person("U", 1)], {"call_attempts": 3, "deputies": True})
    calls = run.log.of(Kind.CALL)
    assert at_min(run, Kind.CALL) == [2, 9, 16, 23]
    assert calls["value"].tolist() == [0, 0, 0, 2]
    assert calls["place"].tolist() == [0, 1, 2, 3]
    assert at_min(run, Kind.CALLED_OUT, 1) == [23]


def test_without_deputies_nobody_is_reached_and_rounds_follow_each_other(tmp_path: Path) -> None:
    """The plan names no deputies: three vain calls until 21, half an hour's pause, the next three
    from 51 to 72; the households never hear of it."""
    run = called(tmp_path, [person("O", 0), person("U", 1)], {"call_attempts": 3})
    assert at_min(run, Kind.CALLED_OUT, 0)[:2] == [21, 72]
    assert at_min(run, Kind.CALL)[:6] == [2, 9, 16, 53, 60, 67]
    assert not len(run.log.of(Kind.TOLD)) and not len(run.log.of(Kind.SWEEP))


def test_twenty_rounds_are_the_end(tmp_path: Path) -> None:
    """One attempt per round takes 2 + 5 + 30 minutes: 20 rounds and no more in 900 minutes."""
    run = called(tmp_path, [person("O", 0)], {"call_attempts": 1})
    assert len(run.log.of(Kind.CALL)) == 20
    assert at_min(run, Kind.CALL)[-1] == 19 * 37 + 2


@pytest.mark.parametrize(
    ("day", "night", "minutes", "answers"),
    [(0, 1, [657, 664], [0, 1]), (1, 0, [657], [1])],
)
def test_answers_by_day_and_by_night(
    day: float, night: float, minutes: list[float], answers: list[int], tmp_path: Path
) -> None:
    """Ordered at 18:55: the first call ends at 18:57 and is one of the day, the next at 19:04 one
    of the night."""
    rules = [{"signal": "clock", "at": "18:55", "action": "move"}]
    run = called(tmp_path, [person("O", day, night)], {"call_attempts": 2}, when={"rules": rules})
    assert at_min(run, Kind.CALL)[: len(minutes)] == minutes
    assert run.log.of(Kind.CALL)["value"].tolist()[: len(answers)] == answers


@pytest.mark.parametrize(("callers", "ends"), [(1, [2, 4, 6]), (2, [2, 2, 4]), (3, [2, 2, 2])])
def test_a_post_has_so_many_lines(callers: int, ends: list[float], tmp_path: Path) -> None:
    """Three villages of one township: with one caller the calls of 2 minutes follow each other,
    with three they are held at once."""
    tiny = hamlet(
        CALLS,
        zones=[zone(township="T")],
        settlements=[village(f"V{k}", township="T", organiser="O") for k in range(3)],
        organisers=[person("O", 1)],
        posts=[
            {"id": "K", "name": "县", "level": "county", "callers": 9},
            {"id": "T", "name": "乡", "level": "township", "township": "T", "callers": callers},
        ],
    )
    run = go(tiny, tmp_path, {"organise": {"broadcast": False}})
    assert at_min(run, Kind.CALL) == ends


def test_who_answered_once_is_not_called_for_the_next_order(tmp_path: Path) -> None:
    """Prepare at 0 is answered at 2; the move at 60 reaches the village without a call."""
    rules = [
        {"signal": "clock", "at": "08:00", "action": "prepare"},
        {"signal": "clock", "at": "09:00", "action": "move"},
    ]
    run = called(tmp_path, [person("O", 1)], {}, when={"rules": rules})
    assert at_min(run, Kind.CALL) == [2]
    assert at_min(run, Kind.SWEEP)[-1] == 60


def test_the_broadcast_does_not_wait_for_the_call(tmp_path: Path) -> None:
    """Nobody answers, but the loudspeaker reaches everybody at once."""
    run = called(tmp_path, [person("O", 0)], {"broadcast": True})
    assert at_min(run, Kind.TOLD, 0) == [0] * 4
    assert at_min(run, Kind.CALLED_OUT, 1) == []


def test_a_facility_is_reached_without_a_call(tmp_path: Path) -> None:
    """A school has its own guard on duty: it musters when the order comes."""
    school = {
        "id": "F", "name": "小学", "kind": "school", "node": "v", "zone": "Z",
        "occupants_day": 8, "occupants_night": 0, "party_size": 8, "ready_min": 5,
    }  # fmt: skip
    tiny = hamlet(CALLS, settlements=[village(organiser="O")], facilities=[school],
                  organisers=[person("O", 0)], assembly_points=[stop()])  # fmt: skip
    run = go(tiny, tmp_path, {"when": ORDER_AT_ONCE, "organise": {"broadcast": False}})
    ready = run.log.of(Kind.READY)
    assert at_min(run, Kind.READY) == [5]
    assert run.world.parties.facility[ready["who"]].all()
