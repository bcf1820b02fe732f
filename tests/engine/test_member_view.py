"""What the water of one member means: for homes, places and zones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hamlet import Water, depot, flooded, on_roads, shelter, stop, village, zone
from hypothesis import given
from hypothesis import strategies as st
from kit import Row

from sim.clock import MS_PER_MIN, NEVER
from sim.member_view import MemberView, first_times
from sim.world import World

STEP = 600_000


@given(st.lists(st.integers(-500, 2000), min_size=1, max_size=30), st.integers(-500, 2000))
def test_first_time_is_the_first_step_at_or_above(levels: list[int], threshold: int) -> None:
    """Whatever comes later, falling or rising."""
    (found,) = first_times(np.array([levels], np.int32), np.array([threshold]), STEP)
    reached = [k for k, level in enumerate(levels) if level >= threshold]
    assert found == (reached[0] * STEP if reached else NEVER)


EDGES: list[Row] = [
    {"id": "west", "from_node": "v", "to_node": "s", "width_m": 7, "coach_ok": True},
    {"id": "lane", "from_node": "v", "to_node": "u", "width_m": 3.5, "coach_ok": False},
    {"id": "back", "from_node": "u", "to_node": "s", "width_m": 7, "coach_ok": True},
]


def seen(folder: Path, water: Water, shelters: list[Row] | None = None) -> tuple[World, MemberView]:
    """A village on a main road to s and a lane to u that no coach passes; its view of the water."""
    tiny = on_roads(
        {"v": 0, "s": 5_000, "u": 9_000}, EDGES,
        zones=[zone(), zone("Y")],
        settlements=[village(persons=3), village("W", 2, "u", zone="Y")],
        assembly_points=[stop(), stop("Q", "u", zone="Y")], shelters=shelters or [shelter()],
        depots=[depot(node="s")],
    )  # fmt: skip
    world = flooded(tiny.build(folder, {"go": {}}), water)
    return world, world.statics.views.view(0)


def test_homes_are_blocked_and_exposed_at_their_thresholds(tmp_path: Path) -> None:
    """Both thresholds are 500 mm: reached at 30 in V, never in W."""
    _, view = seen(tmp_path, Water(places={"V": [(10, 300), (30, 500), (60, 0)], "W": [(0, 499)]}))
    assert (view.blocked_ms[:3] // MS_PER_MIN).tolist() == [30, 30, 30]
    assert view.exposed_ms[3:].tolist() == [NEVER, NEVER]
    assert view.arrival_ms.tolist() == [30 * MS_PER_MIN, NEVER]


def test_a_place_is_dangerous_from_its_harm_level_on(tmp_path: Path) -> None:
    """Not while the water is below the ground, nor out of reach; after the end it stays so."""
    world, view = seen(tmp_path, Water(places={"S": [(0, -2000), (20, 700)]}))
    at = world.shelter_place
    moments = [0, 19, 20, 10_000]
    found = [view.is_harmful(at, m * MS_PER_MIN, STEP) for m in moments]
    assert found == [False, False, True, True]
    assert not view.is_harmful(0, 0, STEP)


def deep(*edges: str, at: float = 60) -> dict[str, list[tuple[float, float]]]:
    """Edges under 90 cm of water in both directions from a minute on."""
    return {name: [(at, 900)] for edge in edges for name in (edge, edge + "-")}


@pytest.mark.parametrize(
    ("edges", "cut"),
    [
        ({}, [NEVER, NEVER]),
        (deep("west"), [60, NEVER]),
        (deep("lane"), [NEVER, NEVER]),
        (deep("back"), [NEVER, 60]),
        ({**deep("west", at=90), **deep("back", at=40)}, [90, 40]),
    ],
)
def test_a_zone_is_cut_off_when_no_coach_path_is_left(
    edges: dict[str, list[tuple[float, float]]], cut: list[int], tmp_path: Path
) -> None:
    """The main road cuts V off although the lane is dry (no coach passes it); the lane alone cuts
    nobody off; W depends on its own road."""
    _, view = seen(tmp_path, Water(edges=edges))
    minutes = [t if t == NEVER else t // MS_PER_MIN for t in view.zone_cutoff_ms.tolist()]
    assert minutes == cut


def test_a_road_that_opens_again_does_not_undo_the_cut_off(tmp_path: Path) -> None:
    """The first time counts."""
    water = Water(edges={n: [(60, 900), (90, 0)] for n in ("west", "west-")})
    assert seen(tmp_path, water)[1].zone_cutoff_ms[0] == 60 * MS_PER_MIN


def test_zones_are_cut_off_when_every_shelter_is_under_water(tmp_path: Path) -> None:
    """The only larger shelter goes under at 80: nowhere to go; a village shelter does not count."""
    rows = [shelter(), shelter("H", "v", kind="village")]
    _, view = seen(tmp_path, Water(places={"S": [(80, 900)]}, edges=deep("lane", at=600)), rows)
    assert (view.zone_cutoff_ms // MS_PER_MIN).tolist() == [80, 80]


def test_the_largest_class_that_gets_through_on_dry_roads(tmp_path: Path) -> None:
    """V by coach; with the main road gone from the map only the lane is left: a minibus."""
    world, _ = seen(tmp_path / "both", Water())
    assert [c.name if c else "" for c in world.statics.pickup_class] == ["coach", "coach"]
    tiny = on_roads(
        {"v": 0, "s": 5_000, "u": 9_000}, EDGES[1:], assembly_points=[stop()],
        depots=[depot(node="s")],
    )  # fmt: skip
    lane = tiny.build(tmp_path / "lane", {"go": {}})
    assert [c.name if c else "" for c in lane.statics.pickup_class] == ["minibus"]
