"""The hazard meets the evacuation: VT13."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from kit import EAST, NORTH, Tiny, play, wet_from

from sim.measures.measure import measure_run
from sim.world import World

ROAD_M = 20_000
N = 10_000
HALF_WIDTH = 92
"""95 % of the caught lie within ± 92 of the expected number (verification_values.json)."""


def rayleigh_town() -> Tiny:
    """10,000 one-person households leave by car after Rayleigh(60 min); 30 minutes to drive on one
    road; at 10:30 the whole road and the town are under a metre of water."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "镇", "x": EAST, "y": NORTH, "zone": "Z", "resident": N,
             "share_relatives": 1}
        ],
        "exits": [{"id": "E", "name": "高地", "kind": "exit", "x": EAST + ROAD_M, "y": NORTH}],
        "nodes": [
            {"id": "a", "x": EAST, "y": NORTH}, {"id": "b", "x": EAST + ROAD_M, "y": NORTH}
        ],
        "edges": [{"id": "e", "from_node": "a", "to_node": "b", "speed_kmh": 40}],
    }  # fmt: skip
    return Tiny(
        tables=tables, **wet_from("10:30", -500, ROAD_M - 500, 500),
        behaviour={"prepare.prepare_min": {"dist": "rayleigh", "sigma": 60}},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("order", "left_before_min", "share"), [("08:30", 90, 0.3247), ("08:00", 120, 0.1353)]
)
def test_vt13_share_caught_by_the_flood(
    order: str, left_before_min: int, share: float, tmp_path: Path
) -> None:
    """VT13: Rayleigh 60 departures, 30 min of road, flood 120 min after the order, N = 10,000:
    whoever leaves after 90 min is caught, 0.3247 (3,247 ± 92); with the order 30 minutes earlier
    exp(-120²/7200) = 0.1353. Eight replications: their mean within 1.96 of its standard errors,
    and at least six of them within their own 95 % interval."""
    assert math.exp(-(left_before_min**2) / (2 * 60**2)) == pytest.approx(share, abs=5e-5)
    when = {"rules": [{"signal": "clock", "at": order, "action": "move"}]}
    world = rayleigh_town().build(tmp_path, {"go": {"when": when}})
    caught = [_caught(world, replication) for replication in range(8)]
    half = 1.96 * math.sqrt(N * share * (1 - share))
    assert half <= HALF_WIDTH
    assert sum(caught) / 8 == pytest.approx(N * share, abs=half / math.sqrt(8))
    assert sum(abs(number - N * share) <= half for number in caught) >= 6


def _caught(world: World, replication: int) -> float:
    run = play(world, "go", seed=13, replication=replication)
    return measure_run(run.world, run.plan, run.log)["caught_by_hazard"]
