"""Planning tables: what is known before the event, from the whole ensemble."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hamlet import HandHazard, Steps, Water, depot, hamlet, on_roads, shelter, stop, village, zone
from kit import Row

from sim.clock import MS_PER_MIN, NEVER
from sim.hazards import Member
from sim.world import World

ROAD: Row = {"id": "r", "from_node": "v", "to_node": "s", "width_m": 7, "coach_ok": True}
GAUGE: Row = {"id": "G", "name": "站", "node": "v", "warning_level_m": 40}


class Members:
    """Several hazards by hand as one ensemble."""

    warnings = ()

    def __init__(self, hazards: list[HandHazard]) -> None:
        self.step_ms, self.n_steps = hazards[0].step_ms, hazards[0].n_steps
        self.weights = np.ones(len(hazards), np.int64)
        self._hazards = hazards

    def member(self, k: int) -> Member:
        """Member k."""
        return replace(self._hazards[k].member(0), index=k)


def leads(folder: Path, nights: list[tuple[float, float]]) -> World:
    """A zone with a gauge; in each night the gauge is at warning at one minute (negative: never)
    and the only road is cut at another."""
    tiny = on_roads(
        {"v": 0, "s": 5_000}, [ROAD], zones=[zone(gauge="G")], gauges=[GAUGE],
        depots=[depot(node="s")],
    )  # fmt: skip
    world = tiny.build(folder, {"go": {}})
    hazards = []
    for warned, cut in nights:
        level: Steps = [(0, 38_000), (warned, 40_000)] if warned >= 0 else [(0, 38_000)]
        wet: Steps = [(cut, 900)] if cut >= 0 else [(0, 0)]
        edges = {"r": wet, "r-": wet}
        hazards.append(HandHazard(world, Water(gauges={"G": level}, edges=edges)))
    return replace(world, hazard=Members(hazards))


@pytest.mark.parametrize(
    ("nights", "lead"),
    [
        ([(60, 200)], 140),
        ([(60, 200), (100, 400)], 140),
        ([(60, 200), (60, -10), (-10, 90)], 140),
        ([(60, -10)], None),
        ([(10 * k, 10 * k + 100 + 10 * k) for k in range(20)], 120),
    ],
)
def test_the_lead_is_that_of_the_quick_tenth_of_the_nights_with_a_cut(
    nights: list[tuple[float, float]], lead: float | None, tmp_path: Path
) -> None:
    """Warning to cut-off; nights without a cut-off or without a warning do not count; of twenty
    leads from 100 to 290 the third lowest, 120; never cut: NEVER."""
    (found,) = leads(tmp_path, nights).statics.planning_lead_ms.tolist()
    assert found == (NEVER if lead is None else lead * MS_PER_MIN)


def test_a_zone_without_a_gauge_has_no_lead(tmp_path: Path) -> None:
    """Nobody warns it."""
    world = hamlet().build(tmp_path, {"go": {}})
    assert world.statics.planning_lead_ms.tolist() == [NEVER]


def test_the_way_to_the_nearest_larger_shelter(tmp_path: Path) -> None:
    """From the stops at v and w: 20 minutes to s and 9 to t; a village shelter next door does not
    count."""
    ways = [("d", "v", 10), ("v", "s", 20), ("v", "t", 31), ("w", "t", 9), ("v", "w", 1),
            ("d", "w", 1)]  # fmt: skip
    tiny = hamlet(
        ways=ways, assembly_points=[stop(), stop("Q", "w")],
        shelters=[shelter(), shelter("T", "t"), shelter("N", "v", kind="village")],
        settlements=[village()],
    )  # fmt: skip
    world = tiny.build(tmp_path, {"go": {}})
    nodes = world.places.node[world.assembly_place : world.assembly_place + 2]
    assert (world.statics.to_shelter_ms(nodes) // MS_PER_MIN).tolist() == [20, 9]
