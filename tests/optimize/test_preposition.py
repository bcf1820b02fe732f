"""Pre-positioning: counties whose best posts are known by hand, and what must always hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import Tiny

from sim.optimize.location.busy import Skill, descend, expected_minutes, moves
from sim.optimize.preposition.find import Preposition, Question, Workers, find_preposition
from sim.optimize.preposition.kinds import KINDS
from sim.optimize.preposition.player import PlacementPlayer
from sim.optimize.preposition.scene import Scene
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.survey import survey
from sim.optimize.preposition.units import find_posts
from sim.plan import compile_plan
from sim.schema.problems import InputError
from sim.world import World

FLOOD = {
    "kind": "recorded_depth",
    "data": {"form": "places", "file": "hazard/depths.csv", "starts_at": "08:00"},
}
PLAN: dict[str, Any] = {"rescue": {}}
OWN = Scene().text()


def county(teams: int = 1, far_min: int = 40) -> Tiny:
    """Villages V and W, 8 persons each, in the water at once; one team after another at the
    station F in town, ``far_min`` from both. The depot D is 10 minutes from V, E 15 from W; from
    V's depot to W it is 90 minutes, and the other way round."""
    ways = {
        ("f", "v"): far_min, ("f", "w"): far_min, ("d", "v"): 10, ("e", "w"): 15,
        ("d", "w"): 90, ("e", "v"): 90, ("v", "w"): 100, ("v", "s"): 1, ("w", "r"): 1,
    }  # fmt: skip
    minutes = [(a, b, m) for (a, b), m in ways.items()]
    minutes += [(b, a, m) for (a, b), m in ways.items()]
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "ZV", "name": "甲"}, {"id": "ZW", "name": "乙"}],
        "settlements": [
            {"id": "V", "name": "甲村", "node": "v", "zone": "ZV", "resident": 8},
            {"id": "W", "name": "乙村", "node": "w", "zone": "ZW", "resident": 8},
        ],
        "assembly_points": [
            {"id": "PV", "name": "甲口", "node": "v", "zone": "ZV"},
            {"id": "PW", "name": "乙口", "node": "w", "zone": "ZW"},
        ],
        "shelters": [
            {"id": "S", "name": "甲点", "node": "s", "capacity": 1000, "desks": 100},
            {"id": "R", "name": "乙点", "node": "r", "capacity": 1000, "desks": 100},
        ],
        "stations": [{"id": "F", "name": "城关", "node": "f"}],
        "depots": [
            {"id": "D", "name": "东", "node": "d"}, {"id": "E", "name": "西", "node": "e"}
        ],
        "teams": [
            {"id": f"T{k}", "name": "队", "station": "F", "boats": 1, "persons_per_trip": 8}
            for k in range(teams)
        ],
    }  # fmt: skip
    depths = "place,minute,depth_m\nV,0,2\nW,0,2\nPV,0,2\nPW,0,2\n"
    return Tiny(
        tables=tables, minutes=minutes, hazard=FLOOD, files={"hazard/depths.csv": depths}
    )  # fmt: skip


def ask(
    tiny: Tiny, folder: Path, plan: dict[str, Any] | None = None, **question: Any
) -> tuple[World, Preposition]:
    """The county built, and the answer with one search night and two fresh ones."""
    world = tiny.build(folder, {"go": plan or PLAN})
    asked = Question(**{"search_nights": 1, "certify_nights": 2, "budget": 60, **question})
    return world, find_preposition(world, compile_plan(world, "go"), asked)


def places(world: World, found: Preposition) -> dict[str, str]:
    """Unit to the id of the place where the winner has it wait."""
    rows = found.setting.places(found.winner.placement)
    return {unit: world.places.ids[row] for unit, row in rows.items()}


def test_two_teams_go_where_they_are_needed(tmp_path: Path) -> None:
    """By hand: at the depots 8 people wait 10 and 8 wait 15 minutes, instead of 40: 3.33
    person-hours instead of 10.67, which nothing beats; town is the plan's own and the seat."""
    world, found = ask(county(teams=2), tmp_path)
    assert sorted(places(world, found).values()) == ["D", "E"]
    standing = {one.name: one for one in found.verdict.standings}
    assert standing["winner"].mean == pytest.approx(200 / 60)
    assert standing["own"].mean == standing["seat"].mean == pytest.approx(640 / 60)
    assert found.limit == pytest.approx(200 / 60), "dry roads, boats enough: reached exactly"
    paired = found.verdict.paired["own", "stranded_person_h"]
    assert paired.diff_mean == pytest.approx(-440 / 60) and paired.wins == paired.n == 2
    assert standing["own"].regret_most == pytest.approx(440 / 60)
    assert standing["winner"].regret_most == 0 and standing["winner"].cvar == pytest.approx(
        200 / 60
    )
    assert found.location["winner"].nearest_min == pytest.approx(12.5) == found.median_min
    assert found.location["own"].nearest_min == pytest.approx(40)


def test_a_unit_is_offered_to_several_posts(tmp_path: Path) -> None:
    """No placement is tried twice, and one team may be tried at more than one post."""
    _, found = ask(county(teams=2), tmp_path)
    assert len({trial.placement for trial in found.trials}) == len(found.trials)
    moved = {trial.name for trial in found.trials if trial.name.startswith("move:")}
    assert len(moved) > len({name.split(">")[0] for name in moved})


def test_a_good_plan_is_left_alone(tmp_path: Path) -> None:
    """Where town is nearer to both villages than the depots, the plan itself wins, and the
    differences to itself are nothing."""
    _, found = ask(county(teams=2, far_min=5), tmp_path)
    assert found.winner.placement == found.own
    paired = found.verdict.paired["own", "stranded_person_h"]
    assert paired.diff_mean == 0 and paired.ties == paired.n
    assert found.limit <= found.verdict.standings[0].mean


def test_seats_limit_too(tmp_path: Path) -> None:
    """By hand: one boat with 8 seats, 10 minutes to load, 16 people at V and W: it is at V after
    10 min at the soonest and back after 20, at W after 15 and back after 25; in 25 min one boat
    has time for both loads: 6 person-hours. What is played stays above that."""
    tiny = county()
    tiny.behaviour = {"fetch.load_fixed_min": 10}
    _, found = ask(tiny, tmp_path)
    assert found.limit == pytest.approx((8 * 20 + 8 * 25) / 60)
    assert found.limit < found.verdict.standings[0].mean


def test_boats_have_so_many_hours_only(tmp_path: Path) -> None:
    """By hand: with 30 minutes to load, the one boat has taken the k-th of 16 persons aboard after
    30·k/8 minutes of work at the soonest, and V is back after 40, W after 45 min: the last four
    after 48¾ to 60 min."""
    tiny = county()
    tiny.behaviour = {"fetch.load_fixed_min": 30}
    _, found = ask(tiny, tmp_path)
    minutes = [max(40 if k <= 8 else 45, 30 * k / 8) for k in range(1, 17)]
    assert found.limit == pytest.approx(sum(minutes) / 60)
    assert found.limit < found.verdict.standings[0].mean


def test_what_one_more_is_worth(tmp_path: Path) -> None:
    """By hand: one team with one boat of 8 for 16 people. A second team waits at the other depot,
    so that V waits 10 and W 15 minutes; a second boat of the first team comes from its own post.
    Both save what the first played minus what is played with them, and the team saves more."""
    world, found = ask(county(), tmp_path, one_more=True)
    unit, boat = found.more
    assert unit.what == "unit" and boat.what == "larger" and unit.unit == boat.unit == "T0"
    alone = {one.name: one.mean for one in found.verdict.standings}["winner"]
    assert unit.paired is not None and boat.paired is not None
    assert unit.paired.diff_mean == pytest.approx((8 * 10 + 8 * 15) / 60 - alone)
    ids = [world.places.ids[found.setting.posts.places[p]] for p in (unit.post, boat.post)]
    assert sorted(ids) == ["D", "E"]
    assert unit.paired.diff_mean <= (boat.paired.diff_mean or 0) <= 0


def test_teams_wait_near_the_people(tmp_path: Path) -> None:
    """By hand: all people are at A, both teams 20 minutes away at B. Moved to A's station they
    are there 3 minutes after every call (once they have come), so that is where they go; while
    a team is free each emergency is answered 20 minutes sooner, never more."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [{"id": "V", "name": "村", "node": "a", "zone": "Z", "resident": 1000}],
        "assembly_points": [{"id": "P", "name": "集合点", "node": "a", "zone": "Z"}],
        "shelters": [{"id": "S", "name": "点", "node": "a", "capacity": 5000}],
        "stations": [{"id": f"F{n}", "name": n, "node": n} for n in "ab"],
        "emergencies": [
            {"id": "HEART", "name": "心脏病", "per_day": 100, "needs": "medical:1", "work_min": 10}
        ],
        "teams": [
            {"id": f"T{k}", "name": "队", "station": "Fb", "boats": 0, "ready_min": 3,
             "skills": "medical:1"}
            for k in range(2)
        ],
    }  # fmt: skip
    tiny = Tiny(tables=tables, minutes=[("a", "b", 20), ("b", "a", 20)], horizon_min=1440)
    late = {"rules": [{"signal": "clock", "at": "+1 00:00", "action": "move"}]}
    world, found = ask(tiny, tmp_path, plan={"when": late, "rescue": {}}, kind="teams")
    assert set(places(world, found).values()) <= {"Fa", "P", "S"}
    paired = found.verdict.paired["own", "emergency_wait_h"]
    assert paired.diff_mean is not None and paired.diff_mean < 0 and paired.wins == 2
    calls = found.verdict.paired["own", "first_team_on_site_p90_min"]
    assert calls.diff_mean is not None and -20 - 1e-6 <= calls.diff_mean < 0


def test_every_post_staffed(tmp_path: Path) -> None:
    """By hand: with a team at every post V waits 10 and W 15 minutes, as with two teams there."""
    _, found = ask(county(), tmp_path)
    assert found.staffed == pytest.approx((8 * 10 + 8 * 15) / 60)


def test_a_warning_takes_time_to_follow(tmp_path: Path) -> None:
    """By hand: the station F is 40 minutes from both villages and from nowhere else. Called when
    people are cut off, the team has waited at its post all along, for the whole night; called at
    the order, it drives there first, so that it is later, and stands by no longer than before."""
    tiny = county()
    plan = {"when": {"rules": [{"signal": "clock", "at": "08:00", "action": "move"}]}}
    plan["rescue"] = {"call_on": "incident", "staged": {"T0": "D"}}
    _, found = ask(tiny, tmp_path, plan=plan, levels=True)
    by = {one.call_on: one for one in found.levels}
    assert set(by) == {"incident", "prepare", "move"} and by["incident"].paired is None
    paired = by["move"].paired
    assert paired is not None and paired.diff_mean is not None and paired.diff_mean > 0
    assert by["move"].standby_h <= by["incident"].standby_h


def test_only_the_posts_named(tmp_path: Path) -> None:
    """With E the only post besides the plan's own, nobody is sent to D; an unknown post is an
    error, and so is a plan without teams."""
    world, found = ask(county(), tmp_path / "a", posts=("E",))
    assert {world.places.ids[place] for place in found.setting.posts.places} == {"F", "E"}
    with pytest.raises(InputError, match="unknown"):
        ask(county(), tmp_path / "b", posts=("nowhere",))
    with pytest.raises(InputError, match="no_units"):
        ask(county(), tmp_path / "c", plan={"fleet": {}})


def test_same_answer_with_one_and_two_workers(tmp_path: Path) -> None:
    """Workers change neither the placement nor a number."""
    world = county(teams=2).build(tmp_path, {"go": PLAN})
    plan = compile_plan(world, "go")
    asked = Question(search_nights=1, certify_nights=2, budget=40)
    one, two = (find_preposition(world, plan, asked, Workers(workers)) for workers in (1, 2))
    assert one.winner == two.winner and one.verdict.standings == two.verdict.standings


def test_the_own_placement_is_the_plan(tmp_path: Path) -> None:
    """Boats told to wait where the plan has them anyway play the plan's own night."""
    world = county(teams=2).build(tmp_path, {"go": {"rescue": {"staged": {"T1": "D"}}}})
    plan, kind = compile_plan(world, "go"), KINDS["boats"]
    units = kind.units(world, plan)
    posts = find_posts(world, (units, kind.tables), survey(world).dry)
    setting = Setting(world, plan, kind, units, posts)
    player = PlacementPlayer(setting, 1)
    assert player.play(OWN, 0).sha256() == player.play(Scene(setting.own()).text(), 0).sha256()
    moved = Scene(setting.together(setting.posts.row(world, units[0].own))).text()
    assert player.play(OWN, 0).sha256() != player.play(moved, 0).sha256()


def test_who_stays_stays_as_he_was(tmp_path: Path) -> None:
    """A placement names only those who wait elsewhere: a bus that stays at its depot is not staged
    there, so that its driver is on call no sooner than under the plan."""
    tiny = county()
    tiny.tables["vehicles"] = [
        {"id": name, "class": "coach", "seats": 40, "depot": "D"} for name in ("A", "B")
    ]
    world = tiny.build(tmp_path, {"go": {"fleet": {}}})
    plan, kind = compile_plan(world, "go"), KINDS["coaches"]
    units = kind.units(world, plan)
    posts = find_posts(world, (units, kind.tables), survey(world).dry)
    setting = Setting(world, plan, kind, units, posts)
    depot = posts.row(world, units[0].own)
    elsewhere = next(post for post in range(len(posts.places)) if post != depot)
    assert setting.planned((depot, elsewhere)).staged_place == {"B": posts.places[elsewhere]}
    assert setting.planned(setting.own()).staged_place == {}


tables = st.builds(
    lambda seed, d, p: np.random.default_rng(seed).integers(1, 100, (d, p)).astype(np.float64),
    st.integers(0, 10_000), st.integers(1, 8), st.integers(2, 6),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(tables, st.integers(1, 4), st.sampled_from([0.0, 0.4]))
def test_moves_tell_what_they_bring(minutes: np.ndarray[Any, Any], units: int, busy: float) -> None:
    """Each move leads exactly where it says, the first is the best of all single moves, and after
    the descent none helps."""
    weights = np.arange(1.0, len(minutes) + 1)
    posts = tuple(k % minutes.shape[1] for k in range(units))
    for value, unit, post in moves((minutes, weights), posts, busy):
        after = (*posts[:unit], post, *posts[unit + 1 :])
        assert value == pytest.approx(expected_minutes(minutes, weights, after, busy))
    end = descend((minutes, weights), posts, busy)
    reached = expected_minutes(minutes, weights, end, busy)
    ranked = moves((minutes, weights), end, busy)
    assert not ranked or ranked[0][0] >= reached * (1 - 1e-9)
    assert reached <= expected_minutes(minutes, weights, posts, busy) + 1e-9


@settings(max_examples=30, deadline=None)
@given(tables, st.integers(2, 4), st.sampled_from([0.0, 0.4]), st.integers(0, 1000))
def test_moves_of_units_with_skills(
    minutes: np.ndarray[Any, Any], units: int, busy: float, seed: int
) -> None:
    """Where not everybody answers everything a move is worth what the placement after it is, a unit
    that answers nothing changes nothing, and units of other skills are none's business."""
    weights, draw = np.arange(1.0, len(minutes) + 1), np.random.default_rng(seed)
    posts = tuple(int(p) for p in draw.integers(0, minutes.shape[1], units))
    rows = np.arange(len(minutes))
    skills = [Skill(rows[::2], (0,)), Skill(rows[1::2], tuple(range(min(2, units))))]
    skills = [one for one in skills if len(one.demands)]
    now = expected_minutes(minutes, weights, posts, busy, skills)
    for value, unit, post in moves((minutes, weights), posts, busy, skills=skills):
        after = (*posts[:unit], post, *posts[unit + 1 :])
        assert value == pytest.approx(expected_minutes(minutes, weights, after, busy, skills))
        assert unit < 2 or value == pytest.approx(now)
    alone = [
        expected_minutes(minutes[s.demands], weights[s.demands], [posts[u] for u in s.units], busy)
        * weights[s.demands].sum()
        for s in skills
    ]
    assert now == pytest.approx(sum(alone) / weights.sum())


def test_nearest_by_hand() -> None:
    """One unit 10 and one 30 minutes away, busy half the time: 10·½ + 30·½ = 20 minutes."""
    assert expected_minutes(np.array([[10.0, 30.0]]), np.ones(1), (0, 1), 0.5) == 20
    assert expected_minutes(np.array([[10.0, 30.0]]), np.ones(1), (0, 1), 0.0) == 10
