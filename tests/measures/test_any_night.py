"""Whatever happens in a night, the numbers add up and agree with counting minute by minute."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_county import A1, A2, E1, H1, HARM_MM, HORIZON_MIN, S1, Z1, Z2, County, Record, log_of

from sim.log import Kind
from sim.measures.measure import measure_run
from sim.states import TRANSITIONS, Flag, Mode, State

SPEC = SimpleNamespace(supplies=None, response_targets=())
PLAN: Any = SimpleNamespace(targets=(), target_zones=(), spec=SPEC)
PLACE_OF = {
    State.AT_ASSEMBLY: A1, State.ABOARD: A1, State.AT_GATE: S1, State.SHELTERED: S1,
    State.WITH_RELATIVES: E1, State.EXITED: E1, State.IN_HOSPITAL: H1,
}  # fmt: skip
SAFE = (State.WITH_RELATIVES, State.EXITED, State.SAFE_IN_PLACE, State.AT_GATE)
COUNTED = (
    State.SHELTERED, State.IN_HOSPITAL, State.WITH_RELATIVES, State.EXITED, State.SAFE_IN_PLACE,
)  # fmt: skip
NOT_THERE = (
    State.WALKING, State.DRIVING, State.ABOARD, State.ABOARD_BOAT, State.SAFE_IN_PLACE,
    State.EXITED,
)  # fmt: skip


class Wanderer:
    """A party that goes wherever the transition table lets it, minute by minute."""

    def __init__(self, party: int, home: int, chance: random.Random) -> None:
        self.party, self.home, self.chance = party, home, chance
        self.records: list[Record] = []
        self.where: list[tuple[State, int]] = []
        self.out: list[bool] = []
        self.mode, self.state, self.place = Mode.NONE, State.AT_HOME, home
        self.is_out = self.decided = self.counted = False

    def walk(self) -> None:
        """A night of random stays of 1 to 120 minutes."""
        while len(self.where) <= HORIZON_MIN:
            stay = self.chance.randint(1, 120)
            self.where += [(self.state, self.place)] * stay
            self.out += [self.is_out] * stay
            following = [s for s in State if TRANSITIONS[self.state, s]]
            if not following:
                continue
            self._enter(self.chance.choice(following), len(self.where))

    def _enter(self, state: State, minute: int) -> None:
        goes_back = (self.state, state) in (
            (State.SHELTERED, State.WALKING), (State.WITH_RELATIVES, State.DRIVING),
        )  # fmt: skip
        if minute > HORIZON_MIN or (
            goes_back and any(r[4] == Flag.RETURNED and r[1] == Kind.FLAG for r in self.records)
        ):
            return  # nobody goes back twice
        if goes_back:
            self._log(minute, Kind.FLAG, Flag.RETURNED)
            self.is_out = False
        if state == State.PREPARING and not self.decided and not self.counted:
            self.decided = True
            self._log(minute, Kind.TOLD, 1)
            self._log(minute, Kind.DECIDED, 1)
        if state in (State.ABOARD, State.ABOARD_BOAT):
            self._log(minute, Kind.BOARDED, 0)
        self.place = PLACE_OF.get(state, self.home if state != State.WALKING else self.place)
        self._log(minute, Kind.STATE, state)
        if not self.is_out and (state in SAFE or state in COUNTED):
            self.mode = self.chance.choice(list(Mode)[1:])
            self._log(minute, Kind.OUT, self.mode)
            self.is_out = True
        if state in COUNTED:
            self._log(minute, Kind.REGISTERED, 0)
            self.counted = True
        self.state = state

    def _log(self, minute: int, kind: Kind, value: int) -> None:
        self.records.append((minute, kind, self.party, self.place, value))


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 1)), min_size=1, max_size=8),
    st.randoms(use_true_random=False),
    st.tuples(st.none() | st.integers(1, 900), st.none() | st.integers(1, 900)),
    st.lists(st.tuples(st.sampled_from([0, 1, A1, A2, S1, E1]), st.integers(0, 50),
                       st.integers(0, 30)), max_size=4),
)  # fmt: skip
def test_numbers_add_up_and_agree_with_counting(
    parties: list[tuple[int, int]],
    chance: random.Random,
    cutoff: tuple[int | None, int | None],
    wet: list[tuple[int, int, int]],
) -> None:
    """Both partitions sum to the people at risk; exposure, who was caught, who was out at the
    cut-off, modes and T50 are those found by asking every party every minute where it is."""
    parties = sorted(parties, key=lambda one: one[1])
    depths = [(place, 10 * k, min(10 * (k + n), 600), 700) for place, k, n in wet]
    county = County(
        size=[size for size, _ in parties], home=[home for _, home in parties],
        way=[3] * len(parties), offset_mm=[0] * len(parties), cutoff_min=cutoff,
        depths=[(H1, 0, 600, 0), *depths],  # a dry gauge, so that levels are known at all
        capacity=(1000, 1000), seats=(1000, 0, 0),
    )  # fmt: skip
    people = [Wanderer(p, home, chance) for p, (_, home) in enumerate(parties)]
    for one in people:
        one.walk()
    orders: list[Record] = [(5, Kind.ORDER_MOVE, Z1, 0, 0), (7, Kind.ORDER_MOVE, Z2, 0, 0)]
    records = [*orders, *(record for one in people for record in one.records)]
    found = measure_run(county.world(), PLAN, log_of(records))
    total = sum(size for size, _ in parties)
    final = ("safe_out", "safe_in_place", "unreached", "stranded")
    assert sum(found[name] for name in final) == total == found["people_at_risk"]
    out = [one.out[HORIZON_MIN] for one in people]
    moved = [f"moved_{way}" for way in ("on_foot", "by_bus", "by_ambulance", "by_car", "by_boat")]
    moved += ["moved_by_team"] if "moved_by_team" in found else []
    upstairs = sum(
        size for one, (size, _) in zip(people, parties, strict=True)
        if one.is_out and one.mode == Mode.IN_PLACE
    )  # fmt: skip
    assert sum(found[name] for name in moved) + upstairs == sum(
        size for is_out, (size, _) in zip(out, parties, strict=True) if is_out
    )
    _check_cutoff(found, people, parties, cutoff)
    _check_exposure(found, people, parties, depths)
    counted = sorted(
        (min((r[0] for r in one.records if r[1] == Kind.REGISTERED), default=float("inf")), size)
        for one, (size, _) in zip(people, parties, strict=True)
    )
    unrolled = [minute for minute, size in counted for _ in range(size)]
    assert found["t50_clock_min"] == unrolled[-(-total // 2) - 1]
    assert found["t50_clock_min"] <= found["t90_clock_min"] <= found["t100_clock_min"]


def _check_cutoff(found: dict[str, float], people: list[Wanderer],
                  parties: list[tuple[int, int]], cutoff: Any) -> None:  # fmt: skip
    in_time = left = 0
    for one, (size, zone) in zip(people, parties, strict=True):
        known = cutoff[zone] is not None and cutoff[zone] <= HORIZON_MIN
        is_out = one.out[cutoff[zone] if known else HORIZON_MIN]
        in_time += size * is_out
        left += size * (known and not is_out)
    assert found["out_before_cutoff_share"] == pytest.approx(in_time / sum(s for s, _ in parties))
    assert found["left_behind_at_cutoff"] == left


def _check_exposure(found: dict[str, float], people: list[Wanderer],
                    parties: list[tuple[int, int]], depths: Any) -> None:  # fmt: skip
    assert all(depth >= HARM_MM for *_, depth in depths)
    spells = {(place, minute) for place, a, b, _ in depths for minute in range(a, b)}
    person_min, caught = 0, 0
    for one, (size, _) in zip(people, parties, strict=True):
        mine = sum(
            (place, minute) in spells
            for minute, (state, place) in enumerate(one.where[:HORIZON_MIN])
            if state not in NOT_THERE
        )
        person_min += size * mine
        caught += size * (mine > 0)
    assert found["exposure_person_h"] == pytest.approx(person_min / 60)
    assert found["caught_by_hazard"] == caught
