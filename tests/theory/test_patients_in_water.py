"""People who must be carried and whom the water reaches before the ambulance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit import EAST, NORTH, Played, Tiny, play, wet_from

from sim.log import Kind
from sim.measures.measure import measure_run
from sim.states import Flag


def village() -> Tiny:
    """Ten bedridden persons with their escorts in a village that is a metre deep from 10:00 on; a
    landing 600 m away stays dry."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "x": EAST, "y": NORTH, "zone": "Z", "resident": 20,
             "share_relatives": 1}
        ],
        "groups": [{"id": "G", "name": "卧床", "persons_share": 0.5, "needs": "ambulance",
                    "escorts": 1}],
        "exits": [{"id": "E", "name": "高地", "kind": "exit", "x": EAST + 600, "y": NORTH}],
        "stations": [{"id": "P", "name": "驻地", "x": EAST + 600, "y": NORTH}],
        "teams": [{"id": "B", "name": "艇队", "station": "P", "persons_per_trip": 4}],
        "nodes": [{"id": "a", "x": EAST, "y": NORTH}, {"id": "b", "x": EAST + 600, "y": NORTH}],
        "edges": [{"id": "e", "from_node": "a", "to_node": "b", "speed_kmh": 40}],
    }  # fmt: skip
    return Tiny(tables=tables, **wet_from("10:00", -300, 300, 300))


@pytest.fixture
def nights(tmp_path: Path) -> dict[str, Played]:
    """No ambulance comes; without boats, and with them."""
    world = village().build(tmp_path, {"nobody": {}, "boats": {"rescue": {}}})
    return {plan: play(world, plan) for plan in world.folder.plans}


def test_patients_who_wait_at_home_are_stranded_when_the_water_comes(
    nights: dict[str, Played],
) -> None:
    """Ready for an ambulance that never comes, they become an incident at 10:00, not a silent
    wait: stranded without boats, and fetched with them."""
    for run in nights.values():
        flags = run.log.of(Kind.FLAG)
        stranded = flags[flags["value"] == Flag.STRANDED]
        assert len(stranded) == 10 and set(stranded["t"]) == {120 * 60_000}
        assert run.log.of(Kind.INCIDENT)["t"].min() == 120 * 60_000
    numbers = {plan: measure_run(run.world, run.plan, run.log) for plan, run in nights.items()}
    assert numbers["nobody"]["stranded"] == numbers["nobody"]["people_at_risk"] == 20
    assert numbers["boats"]["moved_by_boat"] == 20 and numbers["boats"]["stranded"] == 0
    assert numbers["boats"]["rescued_share"] == 1.0
