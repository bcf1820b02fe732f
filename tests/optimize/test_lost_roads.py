"""What the loss of a road does to a placement, on three roads worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from kit import Tiny

from sim.optimize.location.busy import Skill
from sim.optimize.preposition.demand import REACH_M, Demand, nearest_open
from sim.optimize.preposition.kinds import KINDS
from sim.optimize.preposition.lost_roads import lost_roads
from sim.optimize.preposition.player import Setting
from sim.optimize.preposition.units import Posts
from sim.plan import compile_plan
from sim.processes.landings import LANDING_REACH_M
from sim.roads.network import Network

EAST, NORTH = 500_000, 3_300_000


def road(tmp_path: Path) -> tuple[Setting, Demand]:
    """Station P, 5 km to the bridge M, 5 km to the village V, 20 km beyond it the depot Q; all
    at 40 km/h: 15 minutes from P, 30 from Q. Eight people call at V, two teams exist."""
    at = {"p": 0, "m": 5_000, "v": 10_000, "q": 30_000}
    tables = {
        "nodes": [{"id": name, "x": EAST + x, "y": NORTH} for name, x in at.items()],
        "edges": [
            {"id": f"{a}{b}", "from_node": a, "to_node": b, "speed_kmh": 40, "width_m": 7}
            for a, b in ("pm", "mv", "vq")
        ],
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "x": EAST + at["v"], "y": NORTH, "zone": "Z", "resident": 8}
        ],
        "assembly_points": [
            {"id": "A", "name": "口", "x": EAST + at["v"], "y": NORTH, "zone": "Z"}
        ],
        "shelters": [{"id": "S", "name": "点", "x": EAST, "y": NORTH, "capacity": 100}],
        "stations": [{"id": "P", "name": "站", "x": EAST, "y": NORTH}],
        "depots": [{"id": "Q", "name": "场", "x": EAST + at["q"], "y": NORTH}],
        "teams": [{"id": f"T{k}", "name": "队", "station": "P"} for k in range(2)],
    }
    world = Tiny(tables=tables).build(tmp_path, {"go": {"rescue": {}}})
    plan, kind = compile_plan(world, "go"), KINDS["boats"]
    places = tuple(world.places.ids.index(name) for name in ("P", "Q"))
    setting = Setting(world, plan, kind, kind.units(world, plan), Posts(places))
    home = np.array([world.places.ids.index("V")])
    demand = Demand(
        np.array([8.0]), np.array([0.0]), np.array([[15.0, 30.0]]), home, 2880.0, 1.0, 1,
        np.zeros(1, np.int64), (Skill(np.zeros(1, np.int64), (0, 1)),),
    )  # fmt: skip
    return setting, demand


def test_one_post_depends_on_its_road(tmp_path: Path) -> None:
    """With both teams at P the loss of either road to V leaves its 8 people without anybody; the
    road beyond V, which nobody uses, is not in the list."""
    setting, demand = road(tmp_path)
    lost = lost_roads(setting, demand, (0, 0))
    assert len(lost) == 2 and all(one.unreached == 8 for one in lost)
    assert all(one.whole_min == pytest.approx(15, abs=0.01) for one in lost)
    assert all(np.isnan(one.minutes) for one in lost)


def test_a_second_post_stands_in(tmp_path: Path) -> None:
    """With one team at Q the same losses cost 15 minutes more and leave nobody."""
    setting, demand = road(tmp_path)
    lost = lost_roads(setting, demand, (0, 1))
    assert [one.unreached for one in lost] == [0, 0]
    assert [one.minutes for one in lost] == pytest.approx([30, 30], abs=0.01)


def test_landing_is_the_nearest_open_node(tmp_path: Path) -> None:
    """A boat is launched at the nearest node that can be reached, at most as far off as in the
    simulator; nowhere when none is near enough."""
    setting, _ = road(tmp_path)
    roads = setting.world.roads
    assert isinstance(roads, Network) and REACH_M == LANDING_REACH_M
    v, m = (roads.node_ids.index(name) for name in "vm")
    open_nodes = np.ones(roads.n_nodes, dtype=np.bool_)
    assert nearest_open(roads, v, open_nodes) == (v, 0.0)
    open_nodes[v] = False
    assert nearest_open(roads, v, open_nodes) == (m, pytest.approx(5000))
    open_nodes[m] = False
    assert nearest_open(roads, v, open_nodes)[0] == -1
