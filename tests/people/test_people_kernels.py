"""The compiled loops of the residents against the same rules written with heaps and lists."""

from __future__ import annotations

import heapq

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.clock import MS_PER_DAY, NEVER
from sim.compiled import sealed
from sim.people import kernels
from sim.people.kernels import Contact, Households, Leaving, Notes, Preparing
from sim.states import Flag, State, Way

HOUR = MS_PER_DAY // 24
TIMES = st.integers(0, 20) | st.just(NEVER)


def whole(values: list[int]) -> np.ndarray:
    """A column of whole numbers."""
    return np.array(values, dtype=np.int64)


def households(n: int, **columns: np.ndarray) -> Households:
    """Parties at home that nothing hinders and nobody has told, but for some columns."""
    no, zero, never = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.int64), np.full(n, NEVER)
    plain = Households(no, no, np.zeros(n, dtype=np.int8), zero, never, never)
    return sealed(plain._replace(**columns))


def blank_notes(n: int) -> Notes:
    """Nobody has been told, visited or has refused."""
    told, visited, waited, refused = (np.full(n, NEVER) for _ in range(4))
    channel, flags = np.full(n, -1, dtype=np.int8), np.zeros(n, dtype=np.int16)
    return Notes(told, channel, visited, waited, flags, refused)


@given(took=st.lists(st.integers(0, 9), max_size=12), free=st.lists(st.integers(0, 9), min_size=1))
def test_the_cadre_who_is_free_first_goes_to_the_next_door(
    took: list[int], free: list[int]
) -> None:
    """Visits end as in a queue with one server per cadre, and so are the cadres free afterwards."""
    servers, ends = sorted(free), []
    for ms in took:
        ends.append(heapq.heappop(servers) + ms)
        heapq.heappush(servers, ends[-1])
    cadres = whole(free)
    found = kernels.visits(np.arange(len(took)), whole(took), cadres)
    assert found.tolist() == ends
    assert sorted(cadres.tolist()) == sorted(servers)


def test_doors_of_those_meant_undecided_and_at_home_special_groups_first() -> None:
    """Of rows 1 to 5: 2 has decided, 3 is on the way, 4 is not meant; 5 is special."""
    none = np.zeros(7, dtype=np.bool_)
    meant, special, state = ~none, none.copy(), np.zeros(7, dtype=np.int8)
    meant[4], special[5], state[3] = False, True, State.WALKING
    decided = whole([NEVER, NEVER, 10, NEVER, NEVER, 11, NEVER])
    homes = households(7, special=special, state=state, decided=decided)
    assert kernels.doors(1, 6, 10, meant, homes).tolist() == [5, 1]


@given(st.lists(st.tuples(TIMES, TIMES, TIMES, st.integers(0, 3), st.booleans()), max_size=9))
def test_hearing_follows_the_rules_party_by_party(
    rows: list[tuple[int, int, int, int, bool]],
) -> None:
    """At time 10 with persuasion 2: only whom the water leaves; told is the earliest; who is less
    resistant, or in a facility, goes if that is sooner than planned."""
    told, decided, blocked, resistance, facility = (
        (list(c) for c in zip(*rows, strict=True)) if rows else ([] for _ in range(5))
    )
    n = len(rows)
    homes = households(
        n,
        facility=np.array(facility, dtype=np.bool_),
        resistance=whole(resistance),
        blocked=whole(blocked),
        decided=whole(decided),
    )
    notes = blank_notes(n)._replace(told=whole(told))
    by = sealed(Contact(1, np.full(n, 2)))
    going, when, planned = kernels.hear(np.arange(n), np.full(n, 10), by, homes, notes)
    reached = [b > 10 for b in blocked]
    goes = [
        p for p in range(n)
        if reached[p] and (resistance[p] < 2 or facility[p]) and decided[p] > 10
    ]  # fmt: skip
    assert going.tolist() == goes and when.tolist() == [10] * len(goes)
    assert planned == sum(decided[p] < NEVER for p in goes)
    assert notes.told.tolist() == [
        min(t, 10) if r else t for t, r in zip(told, reached, strict=True)
    ]
    assert [c == 1 for c in notes.channel.tolist()] == [
        r and t > 10 for t, r in zip(told, reached, strict=True)
    ]


def test_packing_by_day_by_night_warned_and_overtaken() -> None:
    """From noon, one hour of packing by day and two by night: 0 by day, 1 by night, 2 warned half
    an hour before, 3 overtaken; sorted by way out, the overtaken one last."""
    at = whole([0, 8 * HOUR, HOUR, 0])
    warned = whole([NEVER, NEVER, HOUR // 2, NEVER])
    blocked = whole([NEVER, NEVER, NEVER, HOUR])
    way = np.array([Way.COACH, Way.IN_PLACE, Way.COACH, Way.COACH], dtype=np.int8)
    preparing = Preparing(
        *(np.full(4, HOUR), np.full(4, 2 * HOUR), warned, blocked),
        *(way, np.full(4, State.WALKING, dtype=np.int8), 12 * HOUR, 7 * HOUR, 19 * HOUR),
    )
    decided, ready, leave = (np.full(4, NEVER) for _ in range(3))
    state = np.full(4, -1, dtype=np.int8)
    leaving = Leaving(decided, ready, leave, state)
    found, start = kernels.pack(np.arange(4), at, sealed(preparing), leaving)
    assert decided.tolist() == at.tolist()
    assert ready.tolist() == leave.tolist() == [HOUR, 10 * HOUR, HOUR + HOUR // 2, NEVER]
    assert state.tolist() == [State.WALKING] * 3 + [-1]
    assert found.tolist() == [1, 0, 2, 3] and start.tolist() == [0, 1, 1, 1, 3, 3, 4]


def test_who_is_not_persuaded_at_the_last_visit_refuses() -> None:
    """Row 0 is persuaded, 1 refuses, 2 is under water before the visit, 3 has left."""
    homes = households(
        4,
        state=np.array([0, 0, 0, State.ABOARD], dtype=np.int8),
        resistance=whole([1, 2, 2, 2]),
        blocked=whole([NEVER, NEVER, 10, NEVER]),
    )
    by, notes = sealed(Contact(1, np.full(4, 2))), blank_notes(4)
    kernels.refuse(np.arange(4), np.full(4, 10), by, homes, notes)
    assert notes.refused.tolist() == [NEVER, 10, NEVER, NEVER]
    assert notes.flags.tolist() == [0, 1 << Flag.REFUSED, 0, 0]
