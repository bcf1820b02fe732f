"""Shelter capacity by hand: VT10, by bus and on foot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit import Played, Tiny, play

from sim.measures.measure import measure_run


def _shelter(name: str, capacity: int, kind: str = "larger", **more: Any) -> dict[str, Any]:
    return {
        "id": name, "name": name, "kind": kind, "capacity": capacity, "desks": 100, "bays": 100,
        **more,
    }  # fmt: skip


def by_bus(capacity_b: int) -> Tiny:
    """1,500 persons and 30 buses of 50 at one point; A is 10 minutes away, B is 40."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "node": "v", "zone": "Z", "resident": 1500, "share_coach": 1}
        ],
        "assembly_points": [{"id": "P", "name": "集合点", "node": "v", "zone": "Z", "bays": 100}],
        "shelters": [
            _shelter("A", 1000, node="a"), _shelter("B", capacity_b, node="b"),
        ],
        "depots": [{"id": "D", "name": "待命点", "node": "v"}],
        "vehicles": [{"id": "C", "class": "coach", "seats": 50, "depot": "D", "count": 30}],
    }  # fmt: skip
    ways = [("v", "a", 10), ("v", "b", 40), ("a", "v", 10), ("b", "v", 40)]
    return Tiny(tables=tables, minutes=ways)


def on_foot(capacity_b: int) -> Tiny:
    """The same on foot at 1 m/s with detour 1.3: A 10 minutes away, B 40 minutes beyond A."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "x": 500_000, "y": 3_300_000, "zone": "Z", "resident": 1500,
             "share_village_shelter": 1, "village_shelter": "A"}
        ],
        "shelters": [
            _shelter("A", 1000, "village", x=500_000 + 600 / 1.3, y=3_300_000),
            _shelter("B", capacity_b, "village", x=500_000 + 3000 / 1.3, y=3_300_000),
        ],
        "nodes": [
            {"id": "n0", "x": 500_000, "y": 3_300_000},
            {"id": "n1", "x": 503_000, "y": 3_300_000},
        ],
        "edges": [{"id": "e", "from_node": "n0", "to_node": "n1", "speed_kmh": 40}],
    }  # fmt: skip
    return Tiny(tables=tables)


def _play(tiny: Tiny, folder: Path) -> Played:
    return play(tiny.build(folder, {"go": {"fleet": {}, "where": {}}}), "go")


@pytest.mark.parametrize("make", [by_bus, on_foot])
def test_vt10_a_fills_up_and_b_takes_the_rest(make: Any, tmp_path: Path) -> None:
    """VT10: 1,500 persons, A 1,000 places at 10 min, B 2,000 at 40 min: A 1,000, B 500."""
    run = _play(make(2000), tmp_path)
    assert (run.persons_at("A"), run.persons_at("B")) == (1000, 500)
    measures = measure_run(run.world, run.plan, run.log)
    assert measures["sheltered"] == 1500
    assert measures["shelter_overflow"] == 0


@pytest.mark.parametrize("make", [by_bus, on_foot])
def test_vt10_a_shortfall_of_200_is_reported(make: Any, tmp_path: Path) -> None:
    """VT10: with 300 places in B the capacities are kept and a shortfall of 200 is reported."""
    run = _play(make(300), tmp_path)
    assert (run.persons_at("A"), run.persons_at("B")) == (1000, 300)
    measures = measure_run(run.world, run.plan, run.log)
    assert measures["sheltered"] == 1300
    assert measures["shelter_overflow"] == 200
