"""An earthquake's members: no warning, shaking, roads that close, houses that fall."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.hazards import Geometry, Member
from sim.hazards.debris import BLOCKED, NARROWED, ON_FOOT_ONLY
from sim.hazards.earthquake import Earthquake
from sim.schema.problems import InputError

Make = Any
EXACT = {"error": 0}
ALL_FALL = [{"name": {"zh": "土坯"}, "share": 1, "falls": [[6, 0], [7, 1]]}]
CALM = {
    "aftershocks": {"number": 0}, "bridges_fail": [[12, 0]], "slides": [[12, 0]],
    "fires": {"starts": [[12, 0]]},
}  # fmt: skip


def section(**changes: Any) -> dict[str, Any]:
    """M 7 at minute 125 under the origin, nothing left to chance but what a test asks for."""
    return {
        "kind": "earthquake", "ensemble": {"members": 3}, "at_min": 125, "epicentre": [500, 0],
        "magnitude": 7, "attenuation": EXACT,
    } | CALM | changes  # fmt: skip


def town(make_geometry: Make, width_m: float = 12) -> Geometry:
    """A home near and one 300 km away; a street of 12 m near, and a bridge near."""
    places = [(1000.0, 0.0, 0.0), (300_000.0, 0.0, 0.0)]
    roads = [[(900.0, 0.0, 0.0), (1000.0, 0.0, 0.0), (1100.0, 0.0, 0.0)],
             [(2000.0, 0.0, 0.0), (2100.0, 0.0, 0.0), (2200.0, 0.0, 0.0)]]  # fmt: skip
    made = make_geometry(places, roads, decks=[None, 5.0])
    return replace(made, n_homes=2, edge_width_mm=np.full(4, round(width_m * 1000)))


def roads(member: Member) -> np.ndarray:
    """Levels of both roads by step."""
    layer = member.more[0]
    rows = [layer.edge_row[0], layer.edge_row[2]]
    n = member.place_levels.shape[1]
    return np.array([layer.edge_levels[r] if r >= 0 else np.zeros(n) for r in rows])


def test_nobody_knows_before_the_shock(build: Make, make_geometry: Make) -> None:
    """Expected never before it, and from its own step on; the shaking lasts that step."""
    member = build(section(), town(make_geometry)).member(0)
    onset = member.signals.onset_forecast_ms
    assert (onset[:13] == NEVER).all() and (onset[13:] == 125 * MS_PER_MIN).all()
    near, far = member.place_levels[member.place_row]
    assert near[12] == 93 and not np.delete(near, 12).any()
    assert far[12] == 37


def test_houses_fall_by_make_and_hour(build: Make, make_geometry: Make) -> None:
    """All fall near and none far; half are indoors by day, 95 % at night; of the buried, three in
    five are freed by their neighbours."""
    night = build(section(buildings=ALL_FALL, at_min=14 * 60 + 125), town(make_geometry)).member(0)
    for member, inside in ((build(section(buildings=ALL_FALL), town(make_geometry)).member(0), 0.5),
                           (night, 0.95)):  # fmt: skip
        blows = member.blows
        assert blows is not None and blows.place.tolist() == [0]
        assert blows.killed_q32[0] / 2**32 == pytest.approx(inside * 0.2)
        assert blows.trapped_q32[0] / 2**32 == pytest.approx(inside * 0.6 * 0.4)


def test_the_hurt_are_those_of_the_houses_that_fall(build: Make, make_geometry: Make) -> None:
    """Half of the houses fall, of a make that hurts all badly; the others would hurt all lightly.
    By day half of the people are in: of all families a quarter's house falls on them, 20 % die,
    24 % stay buried and 56 % get out, all of them badly hurt. Where houses stand one in a hundred
    of the persons inside is hurt, one in ten of those badly."""
    make = {"share": 0.5, "hurt_lightly": 0, "name": {"zh": "砖"}}
    houses = [make | {"falls": [[6, 0], [7, 1]], "hurt_badly": 1},
              make | {"falls": [[6, 0], [7, 0]], "hurt_badly": 0, "hurt_lightly": 1}]  # fmt: skip
    inside = {"hurt_standing": [[6, 0], [7, 0.01]], "standing_hurt_badly": 0.1}
    made = build(section(buildings=houses, inside=inside), town(make_geometry))
    blows = made.member(0).blows
    found = blows.injuries
    assert blows.place[0] == 0 and len(blows.place) == 1  # 300 km away nobody is hurt
    assert blows.killed_q32[0] / 2**32 == pytest.approx(0.25 * 0.2)
    assert blows.trapped_q32[0] / 2**32 == pytest.approx(0.25 * 0.24)
    assert found.got_out_q32[0] / 2**32 == pytest.approx(0.25 * 0.56)
    assert (found.in_ruins_q32[0] / 2**32).tolist() == pytest.approx([1, 0])
    assert (found.standing_q32[0] / 2**32).tolist() == pytest.approx([0.0005, 0.0045])


def test_rubble_closes_the_street_that_is_too_narrow(build: Make, make_geometry: Make) -> None:
    """18 m houses on both sides leave nothing of 12 m; 6 m houses on one side leave eight."""
    street = {"at": [1000, 0], "radius_m": 200, "height_m": 18}
    blocked = build(section(buildings=ALL_FALL, streets=[street]), town(make_geometry)).member(0)
    assert set(roads(blocked)[0]) == {0, ON_FOOT_ONLY} and not roads(blocked)[1].any()
    low = street | {"height_m": 6, "sides": 1}
    open_ = build(section(buildings=ALL_FALL, streets=[low]), town(make_geometry)).member(0)
    assert set(roads(open_)[0]) == {0, NARROWED}
    cleared = roads(blocked)[0]
    assert cleared[12] == ON_FOOT_ONLY and cleared[11] == 0
    assert cleared[(125 + 24 * 60) // 10 - 1] == ON_FOOT_ONLY and cleared[-1] == 0


def test_a_broken_bridge_stays_broken(build: Make, make_geometry: Make) -> None:
    """Only bridges break, and nobody rebuilds them in days; a slide is cleared."""
    bridge = build(section(bridges_fail=[[6, 1]]), town(make_geometry)).member(0)
    assert not roads(bridge)[0].any() and (roads(bridge)[1][12:] == BLOCKED).all()
    slid = build(section(slides=[[6, 1]]), town(make_geometry)).member(0)
    assert (roads(slid)[:, 12] == BLOCKED).all() and not roads(slid)[:, -1].any()


def test_aftershocks_come_later_and_smaller(build: Make, make_geometry: Make) -> None:
    """Ten of them within three days; the largest is 5.8, and houses fall again."""
    made = section(buildings=ALL_FALL, aftershocks={"number": 10})
    hazard = build(made, town(make_geometry), horizon_min=6000)
    blows = hazard.member(0).blows
    assert blows is not None and len(set(blows.time_ms.tolist())) > 1
    assert blows.time_ms.min() == 125 * MS_PER_MIN
    assert blows.time_ms.max() <= 125 * MS_PER_MIN + 72 * MS_PER_HOUR
    levels = hazard.member(0).place_levels[0]
    assert 0 < np.count_nonzero(levels) <= 11 and np.partition(levels, -2)[-2] < levels.max()


def test_no_earthquake_no_harm(build: Make, make_geometry: Make) -> None:
    """Magnitude 0 shakes nobody down, and a member without a quake has nothing at all."""
    small = build(section(magnitude=0, buildings=ALL_FALL), town(make_geometry)).member(0)
    none = section(ensemble={"members": 1, "false_alarm_members": 1}, buildings=ALL_FALL)
    calm = build(none, town(make_geometry)).member(0)
    for member in (small, calm):
        assert member.blows is not None and not len(member.blows.time_ms)
        assert not roads(member).any()
    assert not calm.place_levels.any() and (calm.signals.onset_forecast_ms == NEVER).all()


def test_recorded_intensities_are_taken(build: Make, make_geometry: Make) -> None:
    """What was felt at a place counts there, and near it on the roads."""
    felt = [{"place": "P0", "intensity": 6.0}, {"place": "P1", "intensity": 8.5}]
    member = build(section(felt=felt), town(make_geometry)).member(0)
    assert member.place_levels[:, 12].tolist() == [60, 85]
    with pytest.raises(InputError, match="place_unknown"):
        build(section(felt=[{"place": "X", "intensity": 6}]), town(make_geometry))


def test_a_larger_one_breaks_no_less(build: Make, make_geometry: Make) -> None:
    """Member by member, a larger magnitude brings down no fewer houses."""

    def shares(magnitude: float) -> list[int]:
        blows = build(section(magnitude=magnitude), town(make_geometry)).member(1).blows
        return [int(blows.killed_q32[blows.place == 0].sum())]

    found = [shares(m)[0] for m in (5, 6, 6.5, 7, 7.5)]
    assert found == sorted(found) and found[-1] > found[0]


def test_the_error_belongs_to_the_member(build: Make, make_geometry: Make) -> None:
    """Intensities of one member differ from the mean by one amount everywhere."""
    made = section(attenuation={"error": {"dist": "uniform", "low": -1, "high": 1}})
    hazard = build(made, town(make_geometry))
    off = [hazard.member(k).place_levels[:, 12] for k in range(3)]
    assert len({tuple(row.tolist()) for row in off}) == 3
    assert all(abs((row[0] - row[1]) - (93 - 37)) <= 1 for row in off)


def test_its_class_is_the_builder(make_geometry: Make) -> None:
    """Shocks can be asked for: the main one first."""
    from datetime import datetime
    from pathlib import Path

    from sim.hazards import Setting
    from sim.schema.hazard_quake import EarthquakeSpec

    spec = EarthquakeSpec.model_validate(section(aftershocks={"number": 3}))
    setting = Setting(Path(), datetime(2025, 6, 18, 8), 2880, "EPSG:4549")
    found = Earthquake(spec, town(make_geometry), setting).shocks(0)
    assert len(found) == 4 and found[0].at_ms == min(shock.at_ms for shock in found)


def test_a_damaged_shelter_is_unsafe_from_the_shock_to_the_end(
    build: Make, make_geometry: Make
) -> None:
    """At intensity 9.3 every one of a class fails: safe before, never again; a class that stands,
    and open spaces, are safe at once although the ground shook."""
    where = replace(town(make_geometry), n_homes=0)
    falls = [{"places": ["P0"], "unusable": [[6, 0], [7, 1]]}]
    stands = [{"places": ["P0"], "unusable": [[12, 0]]}]
    member = build(section(needed=falls), where).member(0)
    assert member.place_harm is not None
    unsafe = member.place_levels[0] >= member.place_harm[0]
    assert not unsafe[:12].any() and unsafe[12:].all()
    for needed in (stands, []):
        member = build(section(needed=needed), where).member(0)
        assert member.place_harm is not None
        assert not (member.place_levels[0] >= member.place_harm[0]).any()


def test_a_stronger_shock_damages_no_fewer(build: Make, make_geometry: Make) -> None:
    """Over 40 members, a class of which some stand: from M 6 to M 7 none is mended."""
    where = replace(town(make_geometry), n_homes=0)
    needed = [{"places": ["P0"]}]

    def damaged(magnitude: float) -> list[bool]:
        made = section(needed=needed, magnitude=magnitude, ensemble={"members": 40})
        hazard = build(made, where)
        members = [hazard.member(k) for k in range(40)]
        return [bool((m.place_levels[0] >= m.place_harm[0]).any()) for m in members]

    weak, strong = damaged(6.2), damaged(7.0)
    assert sum(weak) < sum(strong) < 40
    assert all(after or not before for before, after in zip(weak, strong, strict=True))


def test_a_building_nobody_knows_is_named(build: Make, make_geometry: Make) -> None:
    """An unknown place in ``needed`` is an error with its field."""
    with pytest.raises(InputError) as caught:
        build(section(needed=[{"places": ["nobody"]}]), town(make_geometry))
    assert caught.value.problems[0].field == "hazard.needed.0.places"


def test_an_aftershock_damages_what_the_main_shock_left_standing(
    build: Make, make_geometry: Make
) -> None:
    """A class that fails from VII on in aftershocks only: the main shock, 9.3, leaves it standing
    because nothing fails without weakening; it is safe until an aftershock of VII minus the
    weakening comes, and never again. Without weakening it stands."""
    where = replace(town(make_geometry), n_homes=0)
    needed = [{"places": ["P0"], "unusable": [[9.5, 0], [9.6, 1]]}]

    def unsafe(weaker_by: float) -> list[int]:
        after = {"number": 3, "largest_below": 0.5, "weaker_by": weaker_by, "omori_c_h": 1}
        member = build(section(needed=needed, aftershocks=after), where).member(0)
        return np.flatnonzero(member.place_levels[0] >= member.place_harm[0]).tolist()

    assert unsafe(0) == []
    steps = unsafe(4)
    assert steps and steps[0] > 12
    assert steps == list(range(steps[0], steps[-1] + 1))
