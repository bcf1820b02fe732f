"""States, flags and ways out of people; the one transition table.

Located states answer "where is this party"; flags say what happened to it. Formats.md names them.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sim.plain_enum import plain_members


@plain_members
class State(IntEnum):
    """Where a party is."""

    AT_HOME = 0
    PREPARING = 1
    WALKING = 2
    AT_ASSEMBLY = 3
    ABOARD = 4
    DRIVING = 5
    AT_GATE = 6
    SHELTERED = 7
    WITH_RELATIVES = 8
    EXITED = 9
    IN_HOSPITAL = 10
    SAFE_IN_PLACE = 11
    ABOARD_BOAT = 12


@plain_members
class Flag(IntEnum):
    """What happened to a party, on top of where it is."""

    TOLD = 0
    REFUSED = 1
    RETURNED = 2
    CUT_OFF = 3
    EXPOSED = 4
    RESCUED = 5
    STRANDED = 6
    HARMED = 7


@plain_members
class Mode(IntEnum):
    """Mode of the leg out of danger."""

    NONE = 0
    COACH = 1
    MINIBUS = 2
    AMBULANCE = 3
    OWN_CAR = 4
    ON_FOOT = 5
    BOAT = 6
    IN_PLACE = 7
    TEAM = 8


@plain_members
class Way(IntEnum):
    """Planned way out of a party."""

    IN_PLACE = 0
    RELATIVES = 1
    VILLAGE_SHELTER = 2
    COACH = 3
    AMBULANCE = 4


SAFE_STATES = (
    State.SHELTERED,
    State.WITH_RELATIVES,
    State.EXITED,
    State.IN_HOSPITAL,
    State.SAFE_IN_PLACE,
)

_NEXT: dict[State, tuple[State, ...]] = {
    # straight from home: upstairs when the water is at the door, or fetched by boat
    State.AT_HOME: (State.PREPARING, State.SAFE_IN_PLACE, State.ABOARD_BOAT),
    State.PREPARING: (
        *(State.WALKING, State.DRIVING, State.AT_ASSEMBLY),
        *(State.SAFE_IN_PLACE, State.ABOARD_BOAT),
    ),
    State.WALKING: (
        *(State.AT_ASSEMBLY, State.AT_GATE, State.SAFE_IN_PLACE),
        *(State.AT_HOME, State.ABOARD_BOAT),
    ),
    # on foot again when no vehicle gets through to the stop any more
    State.AT_ASSEMBLY: (State.ABOARD, State.WALKING, State.ABOARD_BOAT),
    State.ABOARD: (State.AT_GATE, State.AT_ASSEMBLY, State.EXITED, State.ABOARD_BOAT),
    State.DRIVING: (
        *(State.WITH_RELATIVES, State.EXITED, State.AT_GATE),
        *(State.AT_HOME, State.ABOARD_BOAT),
    ),
    State.AT_GATE: (
        *(State.SHELTERED, State.IN_HOSPITAL, State.WALKING, State.ABOARD),
        State.ABOARD_BOAT,
    ),
    # out of a shelter that fails: by vehicle, on foot, or before its door when the hazard is inside
    State.SHELTERED: (State.WALKING, State.ABOARD, State.AT_GATE),
    State.WITH_RELATIVES: (State.DRIVING,),
    State.EXITED: (),
    State.IN_HOSPITAL: (State.WALKING, State.ABOARD, State.AT_GATE),
    State.SAFE_IN_PLACE: (State.ABOARD_BOAT,),
    State.ABOARD_BOAT: (State.AT_GATE, State.SHELTERED, State.EXITED),
}


def transition_table() -> NDArray[np.bool_]:
    """bool[from, to]: which change of state is possible at all."""
    table = np.zeros((len(State), len(State)), dtype=np.bool_)
    for before, after in _NEXT.items():
        table[before, list(after)] = True
    return table


TRANSITIONS = transition_table()
