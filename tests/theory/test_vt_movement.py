"""One mover through the whole engine: VT03."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit import EAST, NORTH, Tiny, play

from sim.log import Kind
from sim.world_homes import WALK_DETOUR


def one_mover(share: str, shelter_m: float) -> Tiny:
    """One person, a village shelter at a walking distance and relatives 10 km down the road."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "x": EAST, "y": NORTH, "zone": "Z", "resident": 1, share: 1}
        ],
        "shelters": [
            {"id": "S", "name": "祠堂", "kind": "village", "capacity": 10, "y": NORTH,
             "x": round(EAST + shelter_m / WALK_DETOUR, 3)}
        ],
        "exits": [
            {"id": "E", "name": "亲戚家", "kind": "relatives", "x": EAST + 10_000, "y": NORTH}
        ],
        "nodes": [
            {"id": "a", "x": EAST, "y": NORTH}, {"id": "b", "x": EAST + 10_000, "y": NORTH}
        ],
        "edges": [{"id": "e", "from_node": "a", "to_node": "b", "speed_kmh": 40}],
    }  # fmt: skip
    return Tiny(tables=tables)


def test_vt03_forty_metres_on_foot_take_forty_seconds(tmp_path: Path) -> None:
    """VT03: 40 m at 1.0 m/s take 40.0 s ± 0.1 s, from the door to the gate."""
    run = play(one_mover("share_village_shelter", 40).build(tmp_path, {"go": {}}), "go")
    assert run.log.of(Kind.OUT)["t"].tolist() == [pytest.approx(40_000, abs=100)]


def test_vt03_ten_kilometres_by_car_take_900_seconds(tmp_path: Path) -> None:
    """VT03: 10 km at 40 km/h take 900.0 s ± 1 s, from the door to the relatives."""
    run = play(one_mover("share_relatives", 40).build(tmp_path, {"go": {}}), "go")
    assert run.log.of(Kind.OUT)["t"].tolist() == [pytest.approx(900_000, abs=1000)]
