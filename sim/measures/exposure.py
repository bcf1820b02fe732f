"""Who was where the water was, and for how long.

Exposed is who stays somewhere at or above the harm level: at home before leaving or after going
back (unless safe upstairs), at the assembly point, at a gate, in a shelter that floods, on the
road. Who has left the county by an exit is not there any more. A home lies above or below its
settlement's level by its own offset.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, NEVER
from sim.hazards import Layer
from sim.log import Kind
from sim.measures.facts import Facts
from sim.states import State

Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]
STAYING = (
    *(State.AT_HOME, State.PREPARING, State.AT_ASSEMBLY, State.AT_GATE, State.SHELTERED),
    *(State.WITH_RELATIVES, State.IN_HOSPITAL),
)
"""States in which people stay at a place whose water level is known."""
_ROWS_AT_ONCE = 4096


def exposure_measures(facts: Facts) -> dict[str, float]:
    """Persons ever exposed, and person-hours of exposure up to the horizon.

    Absent when the hazard gives no levels at any place and on any road.
    """
    if not any(len(of.place_levels) or len(of.edge_levels) for of in facts.view.layers):
        return {} if facts.hazard_ms.min(initial=NEVER) < NEVER else _none()
    party, length = exposed_stays(facts)
    on_road, road_length = exposed_on_road(facts)
    person_ms = int((facts.size[party] * length).sum())
    person_ms += int((facts.size[on_road] * road_length).sum())
    caught = np.zeros(facts.n, dtype=np.bool_)
    caught[party[length > 0]] = True
    caught[on_road] = True
    return {
        "caught_by_hazard": float(facts.persons(caught)),
        "exposure_person_h": person_ms / MS_PER_HOUR,
    }


def _none() -> dict[str, float]:
    return {"caught_by_hazard": 0.0, "exposure_person_h": 0.0}


def exposed_stays(facts: Facts) -> tuple[Int64, Int64]:
    """Parties of stays in the water and the ms they stood in it, int64[k] each."""
    history, view = facts.history, facts.view
    home = facts.world.parties.home[history.party]
    at_home = history.place == home
    first_wet = np.where(at_home, view.exposed_ms[history.party], view.place_wet_ms[history.place])
    rows = np.flatnonzero(history.in_states(*STAYING) & (first_wet < history.end_ms))
    length = np.zeros(len(rows), dtype=np.int64)
    for begin in range(0, len(rows), _ROWS_AT_ONCE):
        part = slice(begin, begin + _ROWS_AT_ONCE)
        length[part] = _wet_ms(facts, rows[part], at_home[rows[part]])
    return history.party[rows], length


def _harmed(facts: Facts, layer: Layer, rows: Int64, at_home: Bool) -> Bool:
    """Steps at which a layer is at the harm level where each stay is, bool[k, n_steps]."""
    history = facts.history
    place = history.place[rows]
    threshold = layer.harm_at(place)
    if layer.scale.is_water:
        offset = facts.world.parties.offset_mm[history.party[rows]]
        threshold += np.where(at_home, offset, 0)
    row = layer.place_row[place]
    if not len(layer.place_levels):
        return np.zeros((len(rows), facts.world.hazard.n_steps), dtype=np.bool_)
    found: Bool = (layer.place_levels[row] >= threshold[:, None]) & (row >= 0)[:, None]
    return found


def _wet_ms(facts: Facts, rows: Int64, at_home: NDArray[np.bool_]) -> Int64:
    """Length of the part of each stay during which its place is at the harm level (ms).

    Levels rise and fall, so a stay may hold several wet spells; the last step lasts for ever.
    """
    history, step = facts.history, facts.world.hazard.step_ms
    wet = np.zeros((len(rows), facts.world.hazard.n_steps), dtype=np.bool_)
    for layer in facts.view.layers:
        wet |= _harmed(facts, layer, rows, at_home)
    steps_before = np.zeros((len(rows), wet.shape[1] + 1), dtype=np.int32)
    np.cumsum(wet, axis=1, out=steps_before[:, 1:])

    def until(moment: Int64) -> Int64:
        k = np.minimum(moment // step, wet.shape[1] - 1)
        each = np.arange(len(rows))
        spent: Int64 = steps_before[each, k] * np.int64(step) + (moment - k * step) * wet[each, k]
        return spent

    return until(history.end_ms[rows]) - until(history.start_ms[rows])


def exposed_on_road(facts: Facts) -> tuple[Int64, Int64]:
    """Parties that water caught on the road and the ms until they were out of it, int64[k] each.

    They are out when the drive ends or their next stay begins: for a car that stands in the water
    when the boat comes, or at the horizon. An upper limit, because the log does not say when a
    car that came through left the wet edge. Water that reaches a car after its people were
    fetched catches nobody.
    """
    rows = facts.of(Kind.EXPOSED)
    rows = rows[rows["value"] == 1]
    party, begin = rows["who"].astype(np.int64), rows["t"]
    history = facts.history
    key = (history.party << 32) | history.start_ms
    stay = np.searchsorted(key, (party << 32) | begin, side="right") - 1
    ends = facts.of(Kind.EXPOSED_END)
    end_key = np.sort((ends["who"].astype(np.int64) << 32) | ends["t"])
    k = np.searchsorted(end_key, (party << 32) | begin)
    found = np.append(end_key, np.int64(NEVER) << 8)[k]
    ended = np.where(found >> 32 == party, found & ((1 << 32) - 1), NEVER)
    still = history.in_states(State.DRIVING, State.ABOARD, State.WALKING)[stay]
    return party[still], (np.minimum(ended, history.end_ms[stay]) - begin)[still]
