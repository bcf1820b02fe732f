"""Households: told at the door in order, persuaded, packing, leaving."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hamlet import at_min, go, hamlet, stop, village, zone
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import Played, Row, play

from sim.clock import MS_PER_MIN
from sim.draws_tables import compile_share
from sim.log import Kind
from sim.states import Flag
from sim.world import World

DOORS = {"broadcast": False}
OLD: Row = {"id": "G", "name": "独居老人", "persons_share": 1 / 3, "needs": "none", "escorts": 0}


def six(folder: Path, behaviour: Row, organise: Row, **more: Any) -> Played:
    """Six one-person households, two of them special, two cadres, ten minutes per door."""
    tiny = hamlet(
        {"tell.visit_min": 10, **behaviour}, settlements=[village(persons=6, cadres=2)],
        groups=[OLD],
    )  # fmt: skip
    return go(tiny, folder, {"organise": {**DOORS, **organise}, **more})


def by_party(run: Played, kind: Kind) -> list[float]:
    """Minute of a record for every party, in order of rows."""
    rows = run.log.of(kind)
    order = np.argsort(rows["who"], kind="stable")
    return [float(t) / MS_PER_MIN for t in rows["t"][order]]


# -- at the door ------------------------------------------------------------------------------


def test_cadres_are_a_queue_and_special_groups_come_first(tmp_path: Path) -> None:
    """Two cadres, ten minutes per door: the two special households at 10, the other four two by two
    at 20 and 30; each has waited that long since the order."""
    run = six(tmp_path, {}, {})
    assert run.world.parties.special.tolist() == [True, True, False, False, False, False]
    assert by_party(run, Kind.TOLD) == [10, 10, 20, 20, 30, 30]
    waits = run.log.of(Kind.WAIT_TOLD)
    assert sorted((waits["value"] // MS_PER_MIN).tolist()) == [10, 10, 20, 20, 30, 30]


def test_a_plan_may_send_a_part_of_the_cadres(tmp_path: Path) -> None:
    """Half of two cadres is one: every ten minutes the next door, special households first."""
    run = six(tmp_path, {}, {"cadre_factor": 0.5})
    assert by_party(run, Kind.TOLD) == [10, 20, 30, 40, 50, 60]


def test_a_second_sweep_begins_when_the_first_is_through(tmp_path: Path) -> None:
    """Nobody follows the first visit, everybody the second: the sweep ends at 30, the second one
    reaches them at 40, 40, 50, 50, 60, 60."""
    stubborn = {"decide.comply_broadcast": 0, "decide.comply_visit": 0, "decide.comply_second": 1}
    run = six(tmp_path, stubborn, {"second_sweep": True})
    assert by_party(run, Kind.TOLD) == [10, 10, 20, 20, 30, 30]
    assert by_party(run, Kind.DECIDED) == [40, 40, 50, 50, 60, 60]
    assert set(run.log.of(Kind.DECIDED)["value"].tolist()) == {2}
    assert run.log.of(Kind.SWEEP)["place"].tolist() == [1, 2]


def test_without_a_second_sweep_they_refuse_at_the_door(tmp_path: Path) -> None:
    """The same people, one sweep: all six refuse when they were visited and stay."""
    stubborn = {"decide.comply_broadcast": 0, "decide.comply_visit": 0, "decide.comply_second": 1}
    run = six(tmp_path, stubborn, {})
    assert at_min(run, Kind.FLAG, Flag.REFUSED) == [10, 10, 20, 20, 30, 30]
    assert not len(run.log.of(Kind.DECIDED)) and run.registered() == 0


@pytest.mark.parametrize(("per_100", "cadres"), [(100, 6), (50, 3), (1, 1)])
def test_cadres_without_a_number_follow_the_households(
    per_100: float, cadres: int, tmp_path: Path
) -> None:
    """Six households: 100 cadres per 100 households are six, 50 three, and at least one comes."""
    tiny = hamlet(
        {"tell.visit_min": 10, "tell.cadres_per_100_households": per_100},
        settlements=[village(persons=6)],
    )
    run = go(tiny, tmp_path, {"organise": DOORS})
    assert at_min(run, Kind.TOLD)[0] == 10
    assert Counter(at_min(run, Kind.TOLD))[10] == cadres


def test_who_went_on_the_broadcast_is_not_visited(tmp_path: Path) -> None:
    """Everybody hears the loudspeaker at once and goes: the cadres who come an hour later knock at
    no door, and nobody decides twice."""
    run = six(tmp_path, {"tell.organiser_start_min": 60}, {"broadcast": True})
    assert not len(run.log.of(Kind.SWEEP))
    assert run.log.of(Kind.DECIDED)["value"].tolist() == [0] * 6


# -- persuaded --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A hundred households and plans with stronger and stronger contact."""
    tiny = hamlet(settlements=[village(persons=100, cadres=10)], vehicles=[], depots=[])
    plans = {
        "broadcast": {"organise": {"door_knocking": False}},
        "visit": {"organise": {}},
        "second": {"organise": {"second_sweep": True}},
    }
    return tiny.build(tmp_path_factory.mktemp("hundred"), plans)


@settings(max_examples=25, deadline=None)
@given(shares=st.tuples(*[st.floats(0, 1)] * 3), reach=st.floats(0, 1), seed=st.integers(0, 2**32))
def test_stronger_contact_never_loses_people(
    hundred: World, shares: tuple[float, float, float], reach: float, seed: int
) -> None:
    """Whatever the three shares are, and even when a visit is said to persuade fewer than the
    broadcast: who goes on the broadcast alone goes when cadres come, and who goes at the first
    visit goes when a second sweep follows."""
    broadcast, visit, second = (compile_share(share) for share in shares)
    behaviour = replace(
        hundred.behaviour, comply_broadcast=broadcast, comply_visit=visit, comply_second=second,
        broadcast_reach_day_q32=round(reach * 2**32),
    )  # fmt: skip
    world = replace(hundred, behaviour=behaviour)
    went = []
    for plan in ("broadcast", "visit", "second"):
        went.append(set(play(world, plan, seed).log.of(Kind.DECIDED)["who"].tolist()))
    assert went[0] <= went[1] <= went[2]


# -- prepare ----------------------------------------------------------------------------------

TWO_ORDERS: Row = {
    "rules": [
        {"signal": "clock", "at": "08:00", "action": "prepare"},
        {"signal": "clock", "at": "09:00", "action": "move"},
    ]
}
SITE: Row = {
    "id": "F", "name": "工地", "kind": "site", "node": "v", "zone": "Z", "occupants_day": 5,
    "occupants_night": 5, "party_size": 5, "ready_min": 25,
}  # fmt: skip


def two_orders(folder: Path, prepare_min: Any, **plan: Any) -> Played:
    """Prepare at 0, move at 60: two special persons, four others, a site of five."""
    tiny = hamlet(
        {"prepare.prepare_min": prepare_min}, settlements=[village(persons=6, cadres=9)],
        groups=[OLD], facilities=[SITE],
    )  # fmt: skip
    return go(tiny, folder, {"when": TWO_ORDERS, "organise": {}, **plan})


def test_prepare_moves_special_groups_and_facilities_and_lets_others_pack(tmp_path: Path) -> None:
    """Preparation takes 90 minutes: special persons are ready at 90 and the site at 25; the others
    were warned at 0, so at the move (60) they need 30 minutes more."""
    run = two_orders(tmp_path, 90, whom={})
    assert by_party(run, Kind.DECIDED) == [0, 0, 60, 60, 60, 60, 0]
    assert by_party(run, Kind.READY) == [90, 90, 90, 90, 90, 90, 25]


def test_who_packed_in_time_leaves_at_the_move(tmp_path: Path) -> None:
    """Preparation takes 20 minutes, warned 60 before: ready the moment the move is ordered."""
    run = two_orders(tmp_path, 20, whom={})
    assert by_party(run, Kind.READY) == [20, 20, 60, 60, 60, 60, 25]


@pytest.mark.parametrize(
    ("whom", "early"),
    [({"prepare_moves": ["special"]}, 2), ({"prepare_moves": ["facilities"]}, 1), (None, 0)],
)
def test_prepare_moves_whom_the_plan_names(whom: Row | None, early: int, tmp_path: Path) -> None:
    """Special persons (2 parties), facilities (1), or nobody when the section is left out."""
    run = two_orders(tmp_path, 20, **({} if whom is None else {"whom": whom}))
    assert sum(minute < 60 for minute in by_party(run, Kind.DECIDED)) == early
    assert len(run.log.of(Kind.DECIDED)) == 7


def test_without_a_broadcast_nobody_packs_ahead(tmp_path: Path) -> None:
    """No loudspeaker: the four others hear at the move and need their whole 90 minutes."""
    run = two_orders(tmp_path, 90, whom={}, organise=DOORS)
    assert by_party(run, Kind.READY) == [90, 90, 150, 150, 150, 150, 25]


# -- packing ----------------------------------------------------------------------------------


def test_preparation_is_a_mixture_with_a_slow_part(tmp_path: Path) -> None:
    """85 % need 20 minutes and 15 % 240: of 1,000 households each is one or the other, and 116 to
    184 are slow (three standard deviations)."""
    mixture = {
        "dist": "mixture",
        "parts": [
            {"share": 0.85, "of": {"dist": "uniform", "low": 20, "high": 20.001}},
            {"share": 0.15, "of": {"dist": "uniform", "low": 240, "high": 240.001}},
        ],
    }
    tiny = hamlet({"prepare.prepare_min": mixture}, settlements=[village(persons=1000)])
    times = Counter(round(t) for t in at_min(go(tiny, tmp_path, {}), Kind.READY))
    assert 116 <= times[240] <= 184
    assert times[20] + times[240] >= 998, "between the parts lies next to nobody"


@pytest.mark.parametrize(
    ("behaviour", "order", "took"),
    [
        ({"prepare.prepare_min": 500, "prepare.longest_min": 360}, "08:00", 360),
        ({"prepare.prepare_min": 40, "prepare.night_factor": 1.5}, "08:00", 40),
        ({"prepare.prepare_min": 40, "prepare.night_factor": 1.5}, "19:00", 60),
        ({"prepare.prepare_min": 40, "prepare.night_factor": 1.5}, "18:59", 40),
    ],
)
def test_packing_has_a_longest_time_and_takes_longer_at_night(
    behaviour: Row, order: str, took: int, tmp_path: Path
) -> None:
    """500 minutes are cut at 360; 40 minutes become 60 for those who decide from 19:00 on."""
    rules = [{"signal": "clock", "at": order, "action": "move"}]
    run = go(hamlet(behaviour), tmp_path, {"when": {"rules": rules}})
    assert (run.log.of(Kind.READY)["value"] // MS_PER_MIN).tolist() == [took] * 4


def test_some_groups_need_longer(tmp_path: Path) -> None:
    """A factor of 2.5 makes 20 minutes 50."""
    slow = {**OLD, "persons_share": 0.5, "prep_factor": 2.5}
    tiny = hamlet({"prepare.prepare_min": 20}, groups=[slow])
    assert by_party(go(tiny, tmp_path, {}), Kind.READY) == [50, 50, 20, 20]


@pytest.mark.parametrize(("reach", "told"), [(0, 0), (1, 4)])
def test_the_broadcast_reaches_its_share_after_its_delay(
    reach: float, told: int, tmp_path: Path
) -> None:
    """Reach 0: nobody; reach 1: all four, 12 minutes after the order. Without cadres nobody else
    tells them."""
    tiny = hamlet({"tell.broadcast_reach_day": reach, "tell.broadcast_delay_min": 12})
    run = go(tiny, tmp_path, {"organise": {"door_knocking": False}})
    assert at_min(run, Kind.TOLD) == [12] * told


def test_zones_that_get_no_order_hear_nothing(tmp_path: Path) -> None:
    """Only zone A is ordered: the people of zone B are not told."""
    tiny = hamlet(
        zones=[zone("A"), zone("B")],
        settlements=[village("VA", zone="A"), village("VB", zone="B")],
        assembly_points=[stop("PA", zone="A"), stop("PB", zone="B")],
    )
    rule = {"signal": "clock", "at": "08:00", "action": "move", "zones": ["A"]}
    run = go(tiny, tmp_path, {"when": {"rules": [rule]}, "fleet": {}})
    assert set(run.log.of(Kind.TOLD)["place"].tolist()) == {0}
