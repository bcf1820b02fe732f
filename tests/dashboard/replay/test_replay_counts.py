"""The numbers of the map are those of the log, counted a second time and differently."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
from replay_kit import Replayed, grouped, segment_at

from sim.log import Kind
from sim.report.replay.layers import PEOPLE, VEHICLES, groups
from sim.report.replay.pack import unpack
from sim.report.replay.people import with_occurrence
from sim.states import State


def test_every_state_and_status_is_counted_once() -> None:
    """Each state of people, and each status of a vehicle, belongs to exactly one group shown."""
    states = [int(state) for _, _, codes in PEOPLE for state in codes]
    assert sorted(states) == sorted(int(state) for state in State)
    statuses = [int(status) for _, _, codes in VEHICLES for status in codes]
    assert sorted(statuses) == list(range(12))


def test_only_states_that_occur_are_listed(yunling_night: Replayed) -> None:
    """A group is listed when any record of the night, or the start, has somebody in it."""
    seen = {State.AT_HOME, *yunling_night.log.of(Kind.STATE)["value"].tolist()}
    listed = {group["key"]: group["occurs"] for group in yunling_night.night["counts"]}
    assert listed == {key: bool(seen & set(codes)) for key, _, codes in PEOPLE}
    quiet = replace(yunling_night.log, records=yunling_night.log.records[:0])
    none = with_occurrence(groups(PEOPLE), quiet)
    assert [group["key"] for group in none if group["occurs"]] == ["people.home"]


def test_people_equal_the_log_at_five_times(yunling_night: Replayed) -> None:
    """At home, aboard, sheltered, in boats: played from the arrays as by counting the log."""
    people = yunling_night.night["people"]
    size, home = unpack(people["size"]), unpack(people["home"])
    t, who, state = (unpack(people[name]) for name in ("t", "who", "state"))
    seen: set[int] = set()
    for ms in yunling_night.moments():
        now = np.zeros(len(home), dtype=np.int64)
        played = t <= ms
        now[who[played]] = state[played]  # the last of several assignments stands
        counted = Counter({k: int(size[now == k].sum()) for k in range(len(State))})
        truth = yunling_night.persons_by_state(ms)
        assert counted == truth, ms
        assert sum(truth.values()) == yunling_night.player.world.people_at_risk
        seen |= {code for code, n in truth.items() if n}
    assert {State.AT_HOME, State.ABOARD, State.SHELTERED, State.ABOARD_BOAT} <= seen


def test_vehicles_equal_the_log_at_five_times(yunling_night: Replayed) -> None:
    """Vehicles by status: the segment each is in says what the log says."""
    layer = yunling_night.layer("vehicles")
    status = unpack(layer["tracks"]["status"])
    n = len(layer["names"])
    for ms in yunling_night.moments():
        rows = [segment_at(layer["tracks"], m, ms) for m in range(n)]
        found = Counter(int(status[row]) if row >= 0 else -1 for row in rows)
        truth = yunling_night.vehicles_by_status(ms)
        assert grouped(found, layer["groups"]) == grouped(truth, layer["groups"]), ms
        assert found[-1] == truth[-1]


def test_loads_equal_the_people_aboard(yunling_night: Replayed) -> None:
    """Persons in all vehicles are those the log has aboard; boats carry no more than are afloat.

    Families landed from a boat stay "in a boat" in the log until a car has brought them on.
    """
    carried = {"vehicles": 0, "boats": 0}
    for ms in yunling_night.moments():
        truth = yunling_night.persons_by_state(ms)
        found = {}
        for name in carried:
            layer = yunling_night.layer(name)
            load = unpack(layer["tracks"]["load"])
            rows = [segment_at(layer["tracks"], m, ms) for m in range(len(layer["names"]))]
            found[name] = sum(int(load[row]) for row in rows if row >= 0)
            carried[name] += found[name]
        assert found["vehicles"] == truth[State.ABOARD], ms
        assert found["boats"] <= truth[State.ABOARD_BOAT], ms
    assert min(carried.values()) > 0


def test_segments_follow_one_another(yunling_night: Replayed) -> None:
    """Every mover is somewhere from its first record to the end, in one place at a time."""
    horizon = yunling_night.player.world.horizon_ms
    for name in ("vehicles", "boats"):
        start, t0, t1 = (yunling_night.column(name, c) for c in ("start", "t0", "t1"))
        for first, end in zip(start[:-1].tolist(), start[1:].tolist(), strict=True):
            if first == end:
                continue
            assert (t0[first + 1 : end] == t1[first : end - 1]).all()
            assert t1[end - 1] == horizon


def test_every_drive_of_a_household_is_a_trip(yunling_night: Replayed) -> None:
    """Own cars on the map begin and end with the log's drives, and stand for the same people."""
    night = yunling_night
    trips = night.layer("cars")["trips"]
    t0, t1, load = (unpack(trips[name]).astype(int) for name in ("t0", "t1", "load"))
    assert (t0 < t1).all()
    assert (t0[1:] >= t0[:-1]).all()
    seen = 0
    for ms in night.moments():
        driving = night.persons_by_state(ms)[int(State.DRIVING)]
        under_way = int(load[(t0 <= ms) & (ms < t1)].sum())
        # cars that the water stopped are not drawn: the log does not say where they stand
        assert under_way <= driving
        seen += under_way
    assert seen > 0


def test_trips_carry_everybody_who_was_loaded(yunling_night: Replayed) -> None:
    """The table of a vehicle's trips holds the persons its LOADED records hold."""
    packed = yunling_night.layer("vehicles")["rounds"]
    rounds = {name: unpack(column) for name, column in packed.items()}
    loaded = yunling_night.log.of(Kind.LOADED)
    for vehicle in range(len(rounds["first"]) - 1):
        mine = slice(int(rounds["first"][vehicle]), int(rounds["first"][vehicle + 1]))
        truth = loaded["value"][loaded["who"] == vehicle].sum()
        assert rounds["persons"][mine].sum() == truth
        times = rounds["start"][mine]
        assert (np.diff(times) >= 0).all()
