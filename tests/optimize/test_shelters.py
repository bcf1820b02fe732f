"""Which shelters to open, against counties worked out by hand, and room against enumeration."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import Tiny
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from sim.optimize.location.room import Filling, Growth, Need
from sim.optimize.shelter_reach import Limits
from sim.optimize.shelters import ShelterQuestion, ShelterSites, best_shelters
from sim.plan import compile_plan
from sim.schema.problems import InputError

EAST, NORTH = 500_000, 3_300_000
WALKERS = {"share_village_shelter": 1, "share_coach": 0}


def county(rooms: tuple[int, int, int] = (200, 200, 25), **tables: Any) -> Tiny:
    """Villages V1, V2, V3 of 20, 30 and 40 on a road, 1 km apart (14 min on foot), a shelter 200 m
    (3 min) beside each. At 11:00 water comes to the villages and to S2; the road from V2 to V3
    is too deep to walk from 09:30 on."""
    nodes = [{"id": f"n{k}", "x": EAST + 1000 * k, "y": NORTH} for k in range(3)]
    edges = [
        {"id": f"e{k}", "from_node": f"n{k}", "to_node": f"n{k + 1}", "speed_kmh": 40}
        for k in range(2)
    ]
    settlements = [
        {"id": f"V{k + 1}", "name": f"村{k + 1}", "x": EAST + 1000 * k, "y": NORTH, "zone": "Z",
         "resident": persons}
        for k, persons in enumerate((20, 30, 40))
    ]  # fmt: skip
    shelters = [
        {"id": f"S{k + 1}", "name": f"点{k + 1}", "x": EAST + 1000 * k, "y": NORTH + 200,
         "kind": "village", "capacity": room}
        for k, room in enumerate(rooms)
    ]  # fmt: skip
    water = [
        (_square(EAST, NORTH), 180), (_square(EAST + 1000, NORTH), 180),
        (_square(EAST + 2000, NORTH), 180), (_square(EAST + 1000, NORTH + 200), 180),
        (_square(EAST + 1500, NORTH), 90),
    ]  # fmt: skip
    features = [
        {"type": "Feature", "properties": {"depth_m": 2.0, "from_min": minute},
         "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for ring, minute in water
    ]  # fmt: skip
    flood = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32650"}},
        "features": features,
    }
    hazard = {
        "kind": "recorded_depth",
        "data": {"form": "polygons", "file": "hazard/flood.geojson", "starts_at": "08:00"},
    }
    rows: dict[str, Any] = {
        "zones": [{"id": "Z", "name": "河边"}], "settlements": settlements, "shelters": shelters,
        "exits": [{"id": "X", "name": "出口", "x": EAST, "y": NORTH}],
        "nodes": nodes, "edges": edges,
    }  # fmt: skip
    return Tiny(
        tables=rows | tables, hazard=hazard, behaviour=WALKERS,
        files={"hazard/flood.geojson": json.dumps(flood)},
    )  # fmt: skip


def _square(x: float, y: float, half: float = 50) -> list[list[float]]:
    around = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return [[x + half * a, y + half * b] for a, b in around]


def ask(folder: Path, question: ShelterQuestion, tiny: Tiny | None = None) -> ShelterSites:
    """The answer for the county's one plan."""
    world = (tiny or county()).build(folder, {"go": {}})
    return best_shelters(world, compile_plan(world, "go"), question)


def lacks(found: ShelterSites) -> dict[int, tuple[float, str, str]]:
    """Row of a village to the share placed, what is lacking, and what with all candidates."""
    return {v.home: (round(v.placed_share, 4), v.lack, v.lack_all) for v in found.villages}


def test_two_shelters_by_hand(tmp_path: Path) -> None:
    """S1 takes V1 and V2 (50 of 90; S2 is wet, to S3 the road is cut), S3 then 25 of V3's 40. No
    two do better, two dry ones are needed for every village, and S3 is full."""
    found = ask(tmp_path, ShelterQuestion(2))
    assert found.chosen == (0, 2)
    assert [step.share for step in found.curve] == pytest.approx([50 / 90, 75 / 90])
    assert found.share == found.plan_share == found.all_share == pytest.approx(75 / 90)
    assert found.bound == pytest.approx(75 / 90) and found.fewest == 2
    assert found.on_map_share == 1 and found.persons == 90 and found.n_hit == 1
    assert lacks(found) == {
        2: (0.625, "full", "full"),
        0: (1, "none", "none"),
        1: (1, "none", "none"),
    }


def test_why_a_village_has_no_place(tmp_path: Path) -> None:
    """With S1 alone chosen V3's own shelter is not opened; with S1 the only candidate nothing
    V3 can get to is one; within 10 minutes V2 has only the wet S2; within 2 nobody has any."""
    assert lacks(ask(tmp_path / "a", ShelterQuestion(1)))[2] == (0, "closed", "full")
    alone = ask(tmp_path / "b", ShelterQuestion(1, candidates=("S1",)))
    assert lacks(alone)[2] == (0, "closed", "closed") and alone.all_share == pytest.approx(50 / 90)
    near = ask(tmp_path / "c", ShelterQuestion(3, Limits(walk_min=10)))
    assert lacks(near)[1] == (0, "wet", "wet") and near.share == pytest.approx(45 / 90)
    nothing = ask(tmp_path / "d", ShelterQuestion(3, Limits(walk_min=2)))
    assert {row[1] for row in lacks(nothing).values()} == {"map"} and nothing.chosen == ()


def test_leaving_before_the_road_is_cut(tmp_path: Path) -> None:
    """With no room at S3, V3 must go to S1 (31 min): possible for those who leave 2 h before the
    water only if the road V2-V3 were dry until then; it is cut, and the reason says so."""
    tiny = county(rooms=(200, 200, 0))
    cut = ask(tmp_path / "a", ShelterQuestion(2, Limits(walk_min=40), ("S1", "S2")), tiny)
    assert cut.share == pytest.approx(50 / 90)
    dry = county(rooms=(200, 200, 0))
    text = dry.files["hazard/flood.geojson"].replace('"from_min": 90', '"from_min": 180')
    dry.files["hazard/flood.geojson"] = text
    early = ask(tmp_path / "b", ShelterQuestion(2, Limits(walk_min=40), ("S1", "S2")), dry)
    assert early.share == 1
    late = ask(tmp_path / "c", ShelterQuestion(2, Limits(40, 60, 30), ("S1", "S2")), dry)
    assert late.share == pytest.approx(50 / 90), "31 min do not fit into the last 30"


def test_shelters_kept_come_first(tmp_path: Path) -> None:
    """S3 stands already: it places 25, and the one chosen besides is S1."""
    found = ask(tmp_path, ShelterQuestion(1, keep=("S3",)))
    assert found.kept == (2,) and found.chosen == (0,)
    assert found.kept_share == pytest.approx(25 / 90) and found.share == pytest.approx(75 / 90)


def test_unknown_id_is_an_error(tmp_path: Path) -> None:
    """A candidate that no shelter has is named."""
    with pytest.raises(InputError) as raised:
        ask(tmp_path, ShelterQuestion(1, candidates=("S9",)))
    assert [problem.found for problem in raised.value.problems] == ["S9"]


def test_nobody_leaves_is_an_error(tmp_path: Path) -> None:
    """Without any danger there is nothing to choose."""
    tiny = county()
    tiny.hazard = {"kind": "none"}
    with pytest.raises(InputError, match="nobody_leaves"):
        ask(tmp_path, ShelterQuestion(1), tiny)


needs = st.builds(
    lambda seed, d, s: _need(np.random.default_rng(seed), d, s),
    st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 5),
)  # fmt: skip


def _need(random: np.random.Generator, demands: int, sites: int) -> tuple[Need, Any]:
    reach = random.random((demands, sites)) < 0.5
    persons = random.integers(1, 30, demands)
    return Need(int(random.integers(1, 4)), persons, reach), random.integers(0, 50, sites)


def _most(need: Need, capacity: Any, sites: list[int]) -> int:
    """The largest transport, by another program."""
    d, s = need.reach.shape
    graph = np.zeros((d + s + 2, d + s + 2), dtype=np.int32)
    graph[0, 1 : d + 1] = need.persons
    for site in sites:
        graph[1 : d + 1, d + 1 + site] = need.reach[:, site] * 1000
        graph[d + 1 + site, -1] = capacity[site]
    return int(maximum_flow(csr_array(graph), 0, d + s + 1).flow_value)


@settings(max_examples=60, deadline=None)
@given(needs, st.randoms(use_true_random=False))
def test_as_many_as_possible_are_placed(case: tuple[Need, Any], random: Any) -> None:
    """Sites opened in any order place as many as the largest transport; nobody twice, no site
    over its room, nobody out of reach; what a site was said to add is what it adds."""
    need, capacity = case
    order = list(range(len(capacity)))
    random.shuffle(order)
    filling = Filling(need, capacity.astype(np.int64))
    for k, site in enumerate(order):
        said = filling.gain(site)
        assert filling.add(site) == said
        placed = int((need.persons - filling.left).sum())
        assert placed == _most(need, capacity, order[: k + 1])
    assert (filling.flow.sum(axis=1) == need.persons - filling.left).all()
    assert (filling.flow.sum(axis=0) <= capacity).all()
    assert not filling.flow[~need.reach].any() and (filling.flow >= 0).all()


@settings(max_examples=40, deadline=None)
@given(needs, st.integers(0, 1))
def test_no_choice_beats_the_bound(case: tuple[Need, Any], n_fixed: int) -> None:
    """For every number of sites the bound holds against all choices, and the curve never falls
    below 63 % of the best (diminishing returns)."""
    need, capacity = case
    n = len(capacity)
    fixed = list(range(min(n_fixed, n - 1)))
    growth = Growth([need], capacity.astype(np.int64), fixed)
    growth.grow(n)
    for k, step in enumerate(growth.steps, start=1):
        others = [site for site in range(n) if site not in fixed]
        best = max(_most(need, capacity, [*fixed, *c]) for c in combinations(others, k))
        best *= need.weight
        assert step.placed <= best <= step.bound + 1e-9
        assert step.placed - growth.start >= 0.63 * (best - growth.start)
