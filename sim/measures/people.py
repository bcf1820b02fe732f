"""Who ended where, and by which means: the two partitions of the people at risk.

Both sum to ``people_at_risk`` in every run. *Final*: where everybody is at the horizon. *Mode*:
the leg that brought them out of danger.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind, VehicleStatus
from sim.measures.facts import Facts
from sim.states import Flag, Mode, State

Bool = NDArray[np.bool_]


class ConservationError(ValueError):
    """People, vehicles or places do not add up in a log: a fault of the program, not of inputs."""


@dataclass(frozen=True)
class Final:
    """Where every party is at the horizon; the five are disjoint and cover everybody.

    safe_out: sheltered, with relatives, exited or in hospital, and head-counted.
    safe_in_place: upstairs or on high ground.
    stranded: elsewhere, and the water was at the harm level where they are, or they asked for
        help and were not fetched, or they are under way with no road left.
    harmed: died in a house that fell or was buried.
    unreached: everybody else: at home and dry, or still under way, at a dry gate or desk.
    """

    safe_out: Bool
    safe_in_place: Bool
    unreached: Bool
    stranded: Bool
    harmed: Bool


def final_of(facts: Facts) -> Final:
    """The final partition."""
    history = facts.history
    state = history.state[history.last]
    counted = facts.registered < NEVER
    away = (State.SHELTERED, State.WITH_RELATIVES, State.EXITED, State.IN_HOSPITAL)
    harmed = facts.flagged(Flag.HARMED)
    safe_out = np.isin(state, away) & counted & ~harmed
    in_place = (state == State.SAFE_IN_PLACE) & ~harmed
    rest = ~safe_out & ~in_place & ~harmed
    stranded = rest & (_water_there(facts) | _stuck(facts))
    return Final(safe_out, in_place, rest & ~stranded, stranded, harmed)


def _water_there(facts: Facts) -> Bool:
    """Whether water has reached the harm level at the place where each party is at the end."""
    history = facts.history
    state, place = history.state[history.last], history.place[history.last]
    home = facts.world.parties.home
    at_place = np.isin(state, (State.AT_HOME, State.PREPARING, State.AT_ASSEMBLY, State.AT_GATE))
    wet = np.where(place == home, facts.view.exposed_ms, facts.view.place_wet_ms[place])
    return at_place & (wet <= facts.horizon_ms)


def _stuck(facts: Facts) -> Bool:
    """Asked for help, or under way at the horizon with no road left."""
    history = facts.history
    state = history.state[history.last]
    under_way = np.isin(state, (State.WALKING, State.DRIVING, State.ABOARD, State.ABOARD_BOAT))
    stuck = facts.flagged(Flag.CUT_OFF) | _in_blocked_vehicle(facts, state)
    return facts.flagged(Flag.STRANDED) | (under_way & stuck)


def _in_blocked_vehicle(facts: Facts, state: NDArray[np.int8]) -> Bool:
    """Aboard a vehicle whose last word is that no road is left."""
    status = facts.of(Kind.VEHICLE)
    last = np.full(len(facts.world.vehicles), -1, dtype=np.int64)
    last[status["who"]] = status["value"]
    boarded = facts.of(Kind.BOARDED)
    vehicle = np.full(facts.n, -1, dtype=np.int64)
    vehicle[boarded["who"]] = boarded["value"]
    blocked = np.zeros(facts.n, dtype=np.bool_)
    aboard = np.flatnonzero(state == State.ABOARD)
    blocked[aboard] = last[vehicle[aboard]] == VehicleStatus.BLOCKED
    return blocked


def final_mode(facts: Facts) -> NDArray[np.int8]:
    """Mode of the leg out of danger of every party; NONE for who is not out at the horizon.

    Whoever went back and has not come out again is not out.
    """
    return facts.mode_at(np.full(facts.n, facts.horizon_ms))


def people_measures(facts: Facts) -> dict[str, float]:
    """Numbers of persons and their shares of the people at risk.

    Raises:
        ConservationError: a partition does not sum to the people at risk.
    """
    final, mode, total = final_of(facts), final_mode(facts), facts.people_at_risk
    state = facts.history.state[facts.history.last]
    by_mode = np.bincount(mode, facts.size, minlength=len(Mode)).astype(np.int64).tolist()
    by_final = {name: facts.persons(getattr(final, name)) for name in Final.__annotations__}
    check_sums(by_final, by_mode, total)
    if facts.view.member.blows is None:
        del by_final["harmed"]  # this kind cannot tell
    fetched = {"moved_by_boat": by_mode[Mode.BOAT], "moved_by_team": by_mode[Mode.TEAM]}
    if not by_mode[Mode.TEAM] and all(layer.scale.is_water for layer in facts.view.layers):
        del fetched["moved_by_team"]  # where there is nothing but water nobody is fetched over land
    bus = by_mode[Mode.COACH] + by_mode[Mode.MINIBUS]
    counts = {
        "people_at_risk": total,
        **by_final,
        "moved_by_bus": bus,
        "moved_by_ambulance": by_mode[Mode.AMBULANCE],
        "moved_by_car": by_mode[Mode.OWN_CAR],
        "moved_on_foot": by_mode[Mode.ON_FOOT],
        **fetched,
        "sheltered": facts.persons(final.safe_out & (state == State.SHELTERED)),
        "with_relatives": facts.persons(final.safe_out & (state == State.WITH_RELATIVES)),
        "refused": facts.persons(facts.flagged(Flag.REFUSED)),
        "returned": facts.persons(facts.flagged(Flag.RETURNED)),
        "moved_unaffected": _unaffected(facts, mode),
    }
    found = {name: float(value) for name, value in counts.items()}
    if total:
        found["bus_share"] = bus / total
        found["boat_share"] = by_mode[Mode.BOAT] / total
    return found


def check_sums(by_final: dict[str, int], by_mode: list[int], total: int) -> None:
    """Both partitions must sum to the people at risk.

    Raises:
        ConservationError: one does not.
    """
    if sum(by_final.values()) != total:
        raise ConservationError(
            f"final states {by_final} sum to {sum(by_final.values())}, not {total}"
        )
    if sum(by_mode) != total:
        named = dict(zip((mode.name for mode in Mode), by_mode, strict=True))
        raise ConservationError(f"modes {named} sum to {sum(by_mode)}, not {total}")


def _unaffected(facts: Facts, mode: NDArray[np.int8]) -> int:
    """未受灾转移: moved out of home, and the water never reached that home in this member."""
    moved = (mode != Mode.NONE) & (mode != Mode.IN_PLACE)
    return facts.persons(moved & (facts.view.exposed_ms >= NEVER))
