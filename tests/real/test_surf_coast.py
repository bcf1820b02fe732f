"""Surf Coast (AU): a recorded bushfire, 40,000 cars from 10,000 homes, messages as plans."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from surf_coast import CLASSES, Source, make_folder, read_source
from surf_coast_result import Night, play

from sim.io.scenario_folder import load_scenario
from sim.roads.capacity import capacity_pcu_h
from sim.roads.components import label_components
from sim.roads.network import Network
from sim.world import World
from sim.world_build import build_world

pytestmark = pytest.mark.real

CARS_EACH = 4
PLANS = ("s2", "s6", "s2_points")


@pytest.fixture(scope="module")
def source(shared_dir: Path) -> Source:
    """The source's tables."""
    return read_source(shared_dir / "data" / "surf_coast_fire")


@pytest.fixture(scope="module")
def world(source: Source, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The World of four cars from every home."""
    folder = tmp_path_factory.mktemp("surf") / "surf"
    return build_world(load_scenario(make_folder(source, folder, CARS_EACH)))


@pytest.fixture(scope="module")
def nights(source: Source, world: World) -> dict[str, Night]:
    """The same night under three plans."""
    return {plan: play(world, plan, 1, source.told_by_all()) for plan in PLANS}


def test_the_network_is_that_of_the_source(source: Source, world: World) -> None:
    """10,145 one-way links, 4,239 km, all in one part, with the capacities of the source."""
    network = world.roads
    assert isinstance(network, Network)
    assert (network.n_nodes, network.n_edges) == (5_187, 10_145)
    assert network.length_km == pytest.approx(4_239, abs=1)
    assert (label_components(network, strong=True) == 0).all()
    stated = np.array([float(link["capacity_vph"]) for link in source.links])
    kept = stated >= 100
    assert (capacity_pcu_h(network)[kept] == stated[kept]).all() and kept.mean() > 0.9


def test_everybody_is_counted_by_class(nights: dict[str, Night]) -> None:
    """2,000, 1,000, 1,000, 3,000 and 3,000 homes; nobody arrives who did not leave."""
    for night in nights.values():
        people = [night.shares[name].people for name in CLASSES]
        assert people == [n * CARS_EACH for n in (2_000, 1_000, 1_000, 3_000, 3_000)]
        for share in night.shares.values():
            assert share.out <= share.left <= share.people
            assert share.in_time + share.at_home <= share.in_path


def test_homes_in_the_path_are_left_in_time(nights: dict[str, Night]) -> None:
    """The fire is seen from 5 km: hardly anybody is at home when it comes."""
    for night in nights.values():
        assert night.total.in_path == 36 * CARS_EACH
        assert night.total.at_home <= 0.05 * night.total.in_path


def test_telling_everybody_at_once_jams_the_roads(nights: dict[str, Night]) -> None:
    """Those whom every schedule tells need hours more when the whole shire leaves with them."""
    at_once, in_stages = nights["s2"], nights["s6"]
    assert at_once.clear_min[90] > in_stages.clear_min[90] + 120
    assert at_once.lost_h > 3 * in_stages.lost_h
    assert at_once.total.caught > in_stages.total.caught


def test_barriers_cost_those_who_live_behind_them(nights: dict[str, Night]) -> None:
    """Traffic points bar the roads towards the fire: fewer reach the refuge they had chosen."""
    assert nights["s2_points"].total.left == nights["s2"].total.left
    assert nights["s2_points"].total.out < nights["s2"].total.out - 1_000


def test_the_same_night_again_is_the_same(
    source: Source, world: World, nights: dict[str, Night]
) -> None:
    """The log of the night has the same hash when it is played again."""
    again = play(world, "s6", 1, source.told_by_all())
    assert again.log_sha256 == nights["s6"].log_sha256
