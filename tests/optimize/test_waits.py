"""How long people are cut off, from a played night: until a boat comes, or the water lets go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit import Tiny

from sim.log import Kind
from sim.measures.facts import Facts
from sim.measures.waits import stranded_person_h, stranded_waits
from sim.plan import compile_plan
from sim.run import run_once

TABLES: dict[str, list[dict[str, Any]]] = {
    "zones": [{"id": "Z", "name": "片区"}],
    "settlements": [{"id": "V", "name": "村", "node": "v", "zone": "Z", "resident": 8}],
    "assembly_points": [{"id": "P", "name": "集合点", "node": "v", "zone": "Z"}],
    "shelters": [{"id": "S", "name": "点", "node": "s", "capacity": 100}],
    "stations": [{"id": "F", "name": "站", "node": "f"}],
    "teams": [{"id": "T", "name": "队", "station": "F", "boats": 1, "persons_per_trip": 8}],
}

WATER = "".join(f"{place},0,2\n{place},115,2\n{place},120,0\n" for place in "VP")


@pytest.mark.parametrize(("away_min", "waited_min"), [(40, 40), (200, 120)])
def test_the_wait_ends_with_a_boat_or_with_the_water(
    tmp_path: Path, away_min: int, waited_min: int
) -> None:
    """8 persons stand in the water from 0 to 120 min: a boat 40 minutes away fetches them then; one
    200 minutes away comes too late, and they waited for 120 minutes and not to the horizon."""
    ways = [("f", "v", away_min), ("v", "f", away_min), ("v", "s", 1), ("s", "v", 1)]
    tiny = Tiny(
        tables=TABLES, minutes=ways,
        hazard={
            "kind": "recorded_depth",
            "data": {"form": "places", "file": "hazard/depths.csv", "starts_at": "08:00"},
        },
        files={"hazard/depths.csv": "place,minute,depth_m\n" + WATER},
    )  # fmt: skip
    world = tiny.build(tmp_path, {"go": {"rescue": {}}})
    log = run_once(world, compile_plan(world, "go"), 1, 0)
    facts = Facts(world, log)
    assert stranded_waits(facts).reached.all()
    assert stranded_person_h(facts) == pytest.approx(8 * waited_min / 60)
    freed = log.of(Kind.FREED)
    assert len(freed) == (0 if waited_min == away_min else 8), "households of one"
    assert set(freed["value"].tolist()) <= {waited_min * 60_000}
