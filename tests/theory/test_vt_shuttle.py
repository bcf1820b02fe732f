"""Deterministic shuttles by hand: VT07 (buses)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit import Tiny, play, village, zone

from sim.log import Kind


def shuttle(buses: int, bays: int, persons: int = 450) -> Tiny:
    """One pick-up, one shelter 20 minutes away, buses standing at the pick-up."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [zone()],
        "settlements": [village(persons=persons, node="a")],
        "assembly_points": [{"id": "A", "name": "集合点", "node": "a", "zone": "Z", "bays": bays}],
        "shelters": [
            {
                "id": "S",
                "name": "安置点",
                "node": "s",
                "capacity": 10_000,
                "bays": 100,
                "desks": 100,
            }
        ],
        "depots": [{"id": "D", "name": "待命点", "node": "a"}],
        "vehicles": [{"id": "C", "class": "coach", "seats": 45, "depot": "D", "count": buses}],
    }
    handling = {"drive.board_fixed_min": 15, "drive.alight_fixed_min": 10}
    return Tiny(tables=tables, minutes=[("a", "s", 20), ("s", "a", 20)], behaviour=handling)


@pytest.mark.parametrize(
    ("buses", "bays", "expected_min"),
    [(1, 1, 630), (5, 5, 110), (5, 1, 180), (10, 10, 45), (3, 2, 240)],
)
def test_vt07_shuttle_takes_the_minutes_worked_out_by_hand(
    tmp_path: Path, buses: int, bays: int, expected_min: int
) -> None:
    """VT07: 450 persons, 45 seats, load 15, drive 20, unload 10, return 20 min: 1 bus 630 min,
    5 buses with 5 bays 110, with 1 bay 180, 10 buses 45, 3 buses with 2 bays 240, exactly."""
    world = shuttle(buses, bays).build(tmp_path, {"go": {"fleet": {}}})
    run = play(world, "go")
    assert run.registered() == 450
    assert run.last_min(Kind.REGISTERED) == expected_min
