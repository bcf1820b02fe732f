"""One night in the small county, record by record, with every answer worked out by hand.

Village V1 (zone Z1) is ordered at 60, cut off at 180, and under water from 200 to 400; V2 (Z2)
orders itself at 90 and stays dry. Party 0 (4 persons) and 1 (3) go by coach, 2 (2) upstairs; 3 (5)
refuses, is caught at home and fetched by boat; 4 (2) drives to relatives, goes home again at 400
and stays there; 5 (4) waits for a bus that never comes.
"""

from __future__ import annotations

from small_county import A1, A2, COACH, E1, S1, V1, V2, Z1, Z2, Record

from sim.forces.incidents import Stage
from sim.log import Kind, TeamStatus
from sim.states import Flag, Mode, State


def told(party: int, home: int, minute: float) -> list[Record]:
    """Told at the door, and goes."""
    return [
        (minute, Kind.TOLD, party, home, 1),
        (minute, Kind.DECIDED, party, home, 1),
        (minute, Kind.STATE, party, home, State.PREPARING),
    ]


def ready(party: int, home: int, minute: float, leaves: State) -> list[Record]:
    """Ready and off at once."""
    return [
        (minute, Kind.READY, party, home, 0),
        (minute, Kind.STATE, party, home, leaves),
    ]


def by_coach(party: int, at_stop: float, boards: float) -> list[Record]:
    """At the stop, aboard the coach, and off it at the shelter's gate: out at 140, there at 145."""
    return [
        (at_stop, Kind.STATE, party, A1, State.AT_ASSEMBLY),
        (boards, Kind.WAIT_BUS, party, A1, boards - at_stop),
        (boards, Kind.BOARDED, party, A1, COACH),
        (boards, Kind.STATE, party, A1, State.ABOARD),
        (140, Kind.OUT, party, S1, Mode.COACH),
        (145, Kind.STATE, party, S1, State.AT_GATE),
    ]


def sheltered(party: int, minute: float) -> list[Record]:
    """Head-counted at the shelter."""
    return [
        (minute, Kind.STATE, party, S1, State.SHELTERED),
        (minute, Kind.REGISTERED, party, S1, 0),
    ]


NIGHT: list[Record] = [
    (30, Kind.TRIGGER, Z1, 0, 1000),
    (60, Kind.WAIT_CONSULT, Z1, 0, 30),
    (60, Kind.ORDER_MOVE, Z1, 0, 0),
    (85, Kind.TRIGGER, Z2, -1, 1000),
    (90, Kind.ORDER_MOVE, Z2, -1, 2),
    # parties 0 and 1 by coach
    *told(0, V1, 70),
    *ready(0, V1, 90, State.WALKING),
    *by_coach(0, 95, 115),
    *sheltered(0, 150),
    *told(1, V1, 80),
    (80, Kind.WAIT_TOLD, 1, V1, 12),
    *ready(1, V1, 85, State.WALKING),
    *by_coach(1, 90, 115),
    (150, Kind.WAIT_GATE, 1, S1, 5),
    *sheltered(1, 160),
    (120, Kind.LOADED, COACH, A1, 7),
    (110, Kind.KM, COACH, A1, 3500),
    (140, Kind.KM, COACH, S1, 12000),
    # party 2 upstairs
    *told(2, V1, 65),
    (75, Kind.READY, 2, V1, 0),
    (75, Kind.STATE, 2, V1, State.SAFE_IN_PLACE),
    (75, Kind.OUT, 2, V1, Mode.IN_PLACE),
    (75, Kind.REGISTERED, 2, V1, 0),
    # party 3 refuses and is fetched by boat
    (100, Kind.TOLD, 3, V1, 1),
    (100, Kind.FLAG, 3, V1, Flag.REFUSED),
    (180, Kind.FLAG, 3, V1, Flag.CUT_OFF),
    (200, Kind.FLAG, 3, V1, Flag.STRANDED),
    (200, Kind.INCIDENT, V1, V1, 5),
    (250, Kind.TEAM, 0, V1, TeamStatus.LAUNCHED),
    (255, Kind.STRANDED_STAGE, 0, V1, Stage.FULL),
    (260, Kind.WAIT_BOAT, 3, V1, 60),
    (260, Kind.BOARDED, 3, V1, 0),
    (260, Kind.STATE, 3, V1, State.ABOARD_BOAT),
    (280, Kind.BOAT_TRIP, 0, V1, 5),
    (280, Kind.FLAG, 3, V1, Flag.RESCUED),
    (300, Kind.OUT, 3, S1, Mode.BOAT),
    (300, Kind.STATE, 3, S1, State.AT_GATE),
    *sheltered(3, 310),
    # party 4 to relatives, and home again
    *told(4, V2, 120),
    *ready(4, V2, 130, State.DRIVING),
    (160, Kind.STATE, 4, E1, State.WITH_RELATIVES),
    (160, Kind.OUT, 4, E1, Mode.OWN_CAR),
    (160, Kind.REGISTERED, 4, E1, 0),
    (400, Kind.FLAG, 4, E1, Flag.RETURNED),
    (400, Kind.STATE, 4, E1, State.DRIVING),
    (430, Kind.STATE, 4, V2, State.AT_HOME),
    # party 5 waits for ever
    *told(5, V2, 110),
    *ready(5, V2, 140, State.WALKING),
    (150, Kind.STATE, 5, A2, State.AT_ASSEMBLY),
]
