"""Deterministic boat rescue by hand: VT08."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kit import Tiny, play, village, zone

from sim.log import Kind

FLOOD = {
    "kind": "recorded_depth",
    "data": {"form": "places", "file": "hazard/depths.csv", "starts_at": "08:00"},
}


def rescue(persons: int, boats: int, places: int) -> Tiny:
    """Water at every door from minute 0; boats stand ready at the houses."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [zone()],
        "settlements": [village(persons=persons, node="a")],
        "assembly_points": [{"id": "P", "name": "集合点", "node": "a", "zone": "Z"}],
        "shelters": [
            {"id": "S", "name": "码头边安置点", "node": "a", "capacity": 1000, "desks": 100}
        ],
        "stations": [{"id": "F", "name": "驻地", "node": "a"}],
        "teams": [
            {"id": "T", "name": "队伍", "station": "F", "boats": boats, "persons_per_trip": places}
        ],
    }
    behaviour = {
        "fetch.boat_run_min": 20, "fetch.load_fixed_min": 10, "fetch.unload_min": 10,
        "fetch.outward_run": False,
    }  # fmt: skip
    return Tiny(
        tables=tables, minutes=[("a", "b", 20), ("b", "a", 20)], behaviour=behaviour, hazard=FLOOD,
        files={"hazard/depths.csv": "place,minute,depth_m\nV,0,2\n"},
    )  # fmt: skip


def test_vt08_boats_take_160_minutes_and_13_trips(tmp_path: Path) -> None:
    """VT08: 100 persons, 5 boats with 8 places, load 10, run 20, unload 10, back 20 min, boats at
    the houses at first: the last are ashore at 160 min after 13 trips, exactly."""
    run = play(rescue(100, 5, 8).build(tmp_path, {"go": {"rescue": {}}}), "go")
    trips = run.log.of(Kind.BOAT_TRIP)
    assert run.registered() == 100
    assert len(trips) == 13
    assert sorted(trips["value"].tolist()) == [4] + [8] * 12
    assert run.last_min(Kind.REGISTERED) == 160
