"""The one transition table."""

from __future__ import annotations

import numpy as np
import pytest
from hamlet import hamlet
from kit import ORDER_AT_ONCE

from sim.draws import Draws
from sim.plan import compile_plan
from sim.state import ImpossibleTransitionError, Run
from sim.states import SAFE_STATES, TRANSITIONS, Flag, State


def reachable(state: State) -> set[State]:
    """States that can follow, at once or later."""
    found: set[State] = set()
    todo = [state]
    while todo:
        here = todo.pop()
        for after in State:
            if TRANSITIONS[here, after] and after not in found:
                found.add(after)
                todo.append(after)
    return found


def test_every_state_can_be_reached_from_home_and_nobody_stays_as_he_is() -> None:
    """All states follow from at_home; no state follows itself."""
    assert reachable(State.AT_HOME) | {State.AT_HOME} == set(State)
    assert not TRANSITIONS.diagonal().any()


def test_from_every_state_that_is_not_safe_there_is_a_way_to_safety() -> None:
    """Nobody is in a state from which the table lets nobody be safe."""
    for state in set(State) - set(SAFE_STATES):
        assert reachable(state) & set(SAFE_STATES), state


def test_who_is_out_of_the_county_stays_there() -> None:
    """The one final state; out of a hospital people come only when it fails, and not home."""
    assert not TRANSITIONS[State.EXITED].any()
    after = set(np.flatnonzero(TRANSITIONS[State.IN_HOSPITAL]).tolist())
    assert after == {State.WALKING, State.ABOARD, State.AT_GATE}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (State.AT_HOME, State.SHELTERED),
        (State.WALKING, State.ABOARD),
        (State.ABOARD, State.SHELTERED),
        (State.SHELTERED, State.AT_HOME),
        (State.WITH_RELATIVES, State.WALKING),
        (State.SAFE_IN_PLACE, State.AT_GATE),
    ],
)
def test_nobody_jumps(before: State, after: State) -> None:
    """No teleports: from home to a shelter, from the road into a bus, past the gate, home again."""
    assert not TRANSITIONS[before, after]


@pytest.fixture
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run that has not begun."""
    world = hamlet().build(tmp_path_factory.mktemp("hamlet"), {"go": {"when": ORDER_AT_ONCE}})
    return Run(world, compile_plan(world, "go"), Draws(1, 0), world.statics.views.view(0))


def test_a_run_refuses_an_impossible_move_and_says_whose(run: Run) -> None:
    """The message names party and both states; the party stays where it was."""
    with pytest.raises(ImpossibleTransitionError, match="party 2: AT_HOME -> SHELTERED at 0 ms"):
        run.move(2, State.SHELTERED, 0)
    assert run.people.state[2] == State.AT_HOME
    run.move(2, State.PREPARING, 0)
    assert run.people.state[2] == State.PREPARING


def test_a_flag_is_set_once(run: Run) -> None:
    """The second time says so and writes nothing."""
    assert run.flag(1, Flag.STRANDED, 0) and not run.flag(1, Flag.STRANDED, 0)
    assert run.has_flag(1, Flag.STRANDED) and not run.has_flag(1, Flag.RESCUED)
    assert len(run.finish().records) == 1


def test_night_is_from_seven_to_seven(run: Run) -> None:
    """The run starts at 08:00: 10 h 59 min later it is day, an hour after that night."""
    hour = 3_600_000
    assert not run.is_night(0) and not run.is_night(11 * hour - 1)
    assert run.is_night(11 * hour) and run.is_night(23 * hour - 1)
    assert not run.is_night(23 * hour)
    assert run.next_morning(0) == 23 * hour == run.next_morning(23 * hour)


def test_calls_of_one_moment_keep_their_order_and_none_is_played_after_the_end(run: Run) -> None:
    """A late call is made now; a call at the end is made, one after it is not."""
    seen: list[str] = []
    run.at(5, seen.append, "b")
    run.at(5, seen.append, "c")
    run.at(3, seen.append, "a")
    run.at(9, seen.append, "d")
    run.at(10, seen.append, "e")
    run.until(9)
    assert seen == ["a", "b", "c", "d"]
    run.at(2, seen.append, "late")
    run.until(9)
    assert seen[-1] == "late"
