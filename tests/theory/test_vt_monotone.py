"""More buses never later, later orders never safer, common nights compare better: VT15 as corrected
(exact for one pick-up, one shelter and identical buses)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from kit import Tiny, play

from sim.measures.measure import measure_run
from sim.world import World

BUSES = (5, 6, 8, 10, 15, 20, 35, 50)
DELAYS_MIN = (0, 20, 40, 60, 90, 120, 180, 240)
PREPARE = {"prepare.prepare_min": {"dist": "lognormal", "median": 20, "p90": 60}}
HANDLING = {
    "drive.board_fixed_min": 6, "drive.board_person_s": 5, "drive.alight_fixed_min": 2,
    "drive.road_speed_factor": {"dist": "uniform", "low": 0.7, "high": 1.0, "per": "replication"},
    "drive.mobilise_min": {"dist": "triangular", "low": 30, "mode": 60, "high": 90,
                           "per": "replication"},
}  # fmt: skip


def one_road(buses: int, hazard: dict[str, Any] | None = None, files: Any = None) -> Tiny:
    """2,000 persons at one pick-up with a bay for every bus, one shelter 25 minutes away."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "node": "v", "zone": "Z", "resident": 2000,
             "household_size": 2.5, "share_coach": 1}
        ],
        "assembly_points": [{"id": "P", "name": "集合点", "node": "v", "zone": "Z", "bays": 50}],
        "shelters": [
            {"id": "S", "name": "安置点", "node": "s", "capacity": 5000, "desks": 100, "bays": 100}
        ],
        "depots": [{"id": "D", "name": "待命点", "node": "s"}],
        "vehicles": [{"id": "C", "class": "coach", "seats": 45, "depot": "D", "count": buses}],
    }  # fmt: skip
    ways = [("v", "s", 25), ("s", "v", 25)]
    return Tiny(
        tables=tables, minutes=ways, behaviour=PREPARE | HANDLING, horizon_min=5760,
        hazard=hazard or {"kind": "none"}, files=files or {},
    )  # fmt: skip


def _measure(world: World, plan: str, name: str, replication: int) -> float:
    run = play(world, plan, replication=replication)
    return measure_run(run.world, run.plan, run.log)[name]


@pytest.mark.parametrize("hold", [0, 20])
def test_vt15_t90_never_rises_with_more_identical_buses(hold: int, tmp_path: Path) -> None:
    """VT15: with 5 to 50 identical buses and a bay for each, T90 is non-increasing in the number of
    buses in every one of 10 replications that meet the same night."""
    worlds = {
        n: one_road(n).build(tmp_path / str(n), {"go": {"fleet": {"hold_min": hold}}})
        for n in BUSES
    }
    for replication in range(10):
        times = [_measure(worlds[n], "go", "t90_clock_min", replication) for n in BUSES]
        assert all(fewer >= more for fewer, more in pairwise(times)), times
        assert times[-1] < times[0]


def test_vt15_exposure_never_falls_when_the_order_comes_later(tmp_path: Path) -> None:
    """VT15: exposure (person-hours in the water) is non-decreasing in the delay of the order, in
    every one of 10 replications."""
    hazard = {
        "kind": "recorded_depth",
        "data": {"form": "places", "file": "hazard/depths.csv", "starts_at": "11:00"},
    }
    files = {"hazard/depths.csv": "place,minute,depth_m\nV,0,2\nP,0,2\n"}
    rule = {"signal": "clock", "at": "08:00", "action": "move"}
    plans = {
        f"d{delay}": {"when": {"rules": [rule], "shift_min": delay}, "fleet": {}}
        for delay in DELAYS_MIN
    }
    world = one_road(15, hazard, files).build(tmp_path, plans)
    for replication in range(10):
        hours = [
            _measure(world, f"d{delay}", "exposure_person_h", replication) for delay in DELAYS_MIN
        ]
        assert all(sooner <= later for sooner, later in pairwise(hours)), hours
        assert hours[-1] > hours[0]


def test_vt15_common_nights_compare_plans_with_less_scatter(tmp_path: Path) -> None:
    """VT15: the variance of the difference of two fleets is smaller over common nights than over
    independent ones."""
    few, many = (one_road(n).build(tmp_path / str(n), {"go": {"fleet": {}}}) for n in (10, 12))
    pairs = [
        [_measure(world, "go", "t90_clock_min", k) for world in (few, many)] for k in range(20)
    ]
    common = np.array(pairs)
    shifted = np.column_stack([common[:, 0], np.roll(common[:, 1], 1)])
    assert np.diff(common).var() < np.diff(shifted).var()
