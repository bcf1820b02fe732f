"""Nobody vanishes and no vehicle either, replayed record by record: VT02."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from kit import Played, play

from sim.io.scenario_folder import load_scenario
from sim.log import Kind, VehicleStatus
from sim.measures.measure import measure_run
from sim.states import SAFE_STATES, TRANSITIONS, State
from sim.world_build import build_world

ABOARD = (State.ABOARD, State.ABOARD_BOAT)


@pytest.fixture
def runs(tiny_folder: Path) -> list[Played]:
    """Three nights of a small flood with buses, boats, cars, stairs, walkers and an ambulance."""
    world = build_world(load_scenario(tiny_folder))
    return [
        play(world, plan, seed=5, replication=k) for plan in world.folder.plans for k in range(3)
    ]


def test_vt02_every_change_of_state_starts_where_the_last_one_ended(runs: list[Played]) -> None:
    """VT02: replayed from everybody at home, each record is a transition of the table from the
    state the party is in, and the persons safe at the end are those the measures count."""
    for run in runs:
        sizes = run.world.parties.size
        state = np.full(len(sizes), State.AT_HOME, dtype=np.int64)
        for record in run.log.of(Kind.STATE):
            party, after = int(record["who"]), int(record["value"])
            assert TRANSITIONS[state[party], after], (party, State(state[party]), State(after))
            state[party] = after
        safe = int(sizes[np.isin(state, SAFE_STATES)].sum())
        measures = measure_run(run.world, run.plan, run.log)
        assert safe == measures["safe_out"] + measures["safe_in_place"]
        rest = measures["unreached"] + measures["stranded"]
        assert safe + rest == measures["people_at_risk"] == sizes.sum()


def test_vt02_who_boards_gets_off_and_seats_are_never_exceeded(runs: list[Played]) -> None:
    """VT02: persons aboard each vehicle, counted up and down record by record, are never below 0
    nor above its seats, and LOADED says what has boarded since the vehicle was last empty."""
    for run in runs:
        sizes, seats = run.world.parties.size, [v.seats for v in run.world.vehicles]
        in_vehicle: dict[int, int] = {}
        load: Counter[int] = Counter()
        for record in run.log.records:
            kind, who, value = int(record["kind"]), int(record["who"]), int(record["value"])
            if (
                kind == Kind.BOARDED
                and run.world.places.kinds[record["place"]] == "assembly_points"
            ):
                assert who not in in_vehicle
                in_vehicle[who] = value
                load[value] += int(sizes[who])
                assert load[value] <= seats[value]
            elif kind == Kind.STATE and who in in_vehicle and value not in ABOARD:
                vehicle = in_vehicle.pop(who)
                load[vehicle] -= int(sizes[who])
                assert load[vehicle] >= 0
            elif kind == Kind.LOADED and load[who]:
                assert value == load[who]


def test_vt02_every_vehicle_turns_up_or_not_and_is_at_one_place(runs: list[Played]) -> None:
    """VT02: a vehicle that was called is available or a no-show, never both, and only available
    ones are ever sent anywhere."""
    for run in runs:
        rows = run.log.of(Kind.VEHICLE)
        by_status = {
            status: set(rows["who"][rows["value"] == status].tolist()) for status in VehicleStatus
        }
        came = by_status[VehicleStatus.AVAILABLE]
        assert not came & by_status[VehicleStatus.NO_SHOW]
        assert came | by_status[VehicleStatus.NO_SHOW] <= by_status[VehicleStatus.CALLED]
        assert by_status[VehicleStatus.TO_PICKUP] <= came
