"""River floods: levels against hand calculation, and what must hold in every member."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NO_LEVEL
from sim.io.crs import to_work
from sim.schema.problems import InputError

Make = Callable[..., Any]
HOUR = 6
"""Steps of ten minutes in an hour."""


def fixed(**changes: Any) -> dict[str, Any]:
    """Changes that make the river rise 0.6 m/h to 2 m above its bank, five hours after noon."""
    return {
        "rise_m_per_h": 0.6,
        "peak_above_bank_m": 2.0,
        "peak_after_rain_min": 300,
    } | changes


def one_member(make_flood: Make, rivers: list[dict[str, Any]]) -> dict[str, Any]:
    section = make_flood(rivers, ensemble={"seed": 1, "members": 1})
    section["storm"] = section["storm"] | {"peak_window_min": [600, 600]}
    section["forecasts"] = {"level_sd_m_at_24h": 0.0}
    return dict(section)


def test_crest_depth_by_hand(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """Crest 2 m above a bank at 100 m: ground at 101 m is 1,000 mm deep, at 103 m never wet."""
    where = make_geometry([(0, 50, 101.0), (0, 50, 103.0), (0, 5000, 90.0)])
    member = build(one_member(make_flood, [make_river(**fixed())]), where).member(0)
    assert member.place_levels[member.place_row[0]].max() == 1000
    assert member.place_levels[member.place_row[1]].max() == -1000
    assert member.place_row[2] == -1


def test_crest_comes_on_time(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """Rain peak at minute 600, crest 300 min later at the upper end: first reached at 900."""
    member = build(
        one_member(make_flood, [make_river(**fixed())]), make_geometry([(0, 0, 100)])
    ).member(0)
    level = member.place_levels[member.place_row[0]]
    assert int(np.argmax(level)) == 900 // 10


def test_wave_arrives_later_downstream(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """24 km at 8 km/h are three hours: the downstream gauge repeats the upper one 18 steps on."""
    where = make_geometry([(0, 0, 100)], gauges_at=[(0, 98, 100), (24_000, 98, 100)])
    member = build(one_member(make_flood, [make_river(**fixed())]), where).member(0)
    upper, lower = member.signals.observed(0), member.signals.observed(1)
    assert np.array_equal(lower[3 * HOUR :], upper[: -3 * HOUR])


def test_fastest_hour_is_the_stated_rise(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """A river said to rise 0.4 to 0.8 m/h does so in its fastest hour in every member."""
    hazard = build(
        make_flood([make_river()]), make_geometry([(0, 0, 100)], gauges_at=[(10_000, 98, 100)])
    )
    for k in range(len(hazard.weights)):
        level = hazard.member(k).signals.observed(0)
        fastest = int((level[HOUR:] - level[:-HOUR]).max())
        assert 399 <= fastest <= 801


def test_rain_driven_streams_keep_below_the_stated_rise(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """A mountain stream said to rise 1.5 to 3 m/h never rises faster than 3 m in any hour."""
    stream = make_river(
        driven_by="rain",
        rise_m_per_h={"dist": "uniform", "low": 1.5, "high": 3},
        peak_after_rain_min={"dist": "uniform", "low": 40, "high": 90},
    )
    hazard = build(make_flood([stream]), make_geometry([(0, 0, 100)], gauges_at=[(0, 98, 100)]))
    for k in range(len(hazard.weights)):
        level = hazard.member(k).signals.observed(0)
        fastest = max(int((level[n:] - level[:-n]).max()) for n in range(1, HOUR + 1))
        assert 900 <= fastest <= 3001


def test_water_falls_again(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """Every flooded place is dry again before the end: half the rise goes in five hours."""
    where = make_geometry([(0, 0, 100.5), (20_000, 10, 100.2)])
    hazard = build(make_flood([make_river()]), where, horizon_min=4320)
    wet = 0
    for k in range(len(hazard.weights)):
        member = hazard.member(k)
        for level in member.place_levels:
            if level.max() > 0:
                wet += 1
                assert level[-1] < 0
    assert wet > 10


def test_false_alarms_stay_below_danger(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """In exactly the stated number of members the bank level (guarantee) is never reached."""
    where = make_geometry([(0, 0, 100), (30_000, 20, 100)], gauges_at=[(0, 98, 100)])
    hazard = build(make_flood([make_river()]), where)
    calm = [k for k in range(20) if hazard.member(k).signals.observed(0).max() < 100_000]
    assert len(calm) == 6
    assert all("false alarm" in hazard.member(k).label for k in calm)
    assert all(hazard.member(k).place_levels.max() < 0 for k in calm)


def test_forecasts_can_cry_wolf(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """A false-alarm member may still be forecast to exceed the guarantee level."""
    section = make_flood([make_river()])
    section["forecasts"] = {"level_sd_m_at_24h": 0.6, "false_alarm_rise_factor": 1.8}
    where = make_geometry([(0, 0, 100)], gauges_at=[(0, 98, 100)])
    hazard = build(section, where)
    calm = [m for m in map(hazard.member, range(20)) if "false alarm" in m.label]
    cried = [m for m in calm if m.signals.level_forecasts_mm[0].max() >= 100_000]
    assert cried


def test_no_rise_no_depth(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """A flood whose crest is the level before the flood wets nothing at all, exactly."""
    flat = make_river(peak_above_bank_m=-4.0, false_alarm_peak_above_bank_m=-4.0)
    where = make_geometry([(0, 0, 96.1)], [[(0, 0, 96.1), (50, 0, 96.0)]])
    hazard = build(make_flood([flat]), where)
    for k in range(len(hazard.weights)):
        member = hazard.member(k)
        assert member.place_levels.max() == -100
        assert (member.edge_row == -1).all() and member.edge_levels.shape[0] == 0


def test_halving_the_step_moves_crossings_by_at_most_one_step(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """The minute at which a place gets wet changes by no more than the coarser step."""
    where = make_geometry([(3_000, 0, 100.3), (17_000, 30, 100.9)])
    crossings = []
    for step_min in (20, 10, 5):
        hazard = build(make_flood([make_river()], step_min=step_min), where)
        first = []
        for k in range(len(hazard.weights)):
            member = hazard.member(k)
            wet = member.place_levels[member.place_row] > 0
            first += [int(np.argmax(w)) * step_min if w.any() else -1 for w in wet]
        crossings.append((step_min, np.array(first)))
    for (coarse, a), (_, b) in pairwise(crossings):
        both = (a >= 0) & (b >= 0)
        assert np.abs(a[both] - b[both]).max() <= coarse
        assert (a >= 0).sum() <= (b >= 0).sum() + 1


def test_bridges_flood_by_their_deck(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """Crest at 102 m: deck at 101.5 m is 500 mm under water though its samples lie in the bed."""
    span = [(100, -30, 95.0), (100, 0, 90.0), (100, 30, 95.0)]
    where = make_geometry(
        [(0, 0, 100)], [span, [(s[0] + 500, *s[1:]) for s in span]], decks=[101.5, 105.0]
    )
    member = build(one_member(make_flood, [make_river(**fixed())]), where).member(0)
    assert member.edge_levels[member.edge_row[0]].max() == 500
    assert list(member.edge_row) == [0, 0, -1, -1]


def test_a_road_is_as_deep_as_its_lowest_sample(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """Of samples at 101.8, 100.4 and 101.9 m the dip counts, and both directions share a row."""
    road = [(0, 100, 101.8), (50, 100, 100.4), (100, 100, 101.9)]
    where = make_geometry([(0, 0, 100)], [road])
    member = build(one_member(make_flood, [make_river(**fixed())]), where).member(0)
    assert member.edge_levels.shape[0] == 1 and member.edge_row.tolist() == [0, 0]
    assert abs(int(member.edge_levels.max()) - 1600) <= 1


def test_side_fall_lowers_the_surface_away_from_the_river(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """With 1 m/km of side fall a place 500 m away is 500 mm less deep."""
    where = make_geometry([(100, 0, 101), (100, 500, 101)])
    sloping = make_river(**fixed(side_fall_m_per_km=1.0))
    member = build(one_member(make_flood, [sloping]), where).member(0)
    levels = member.place_levels[member.place_row].max(axis=1)
    assert levels.tolist() == [1000, 500]


def test_members_are_the_same_every_time(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """A member depends on the scenario alone: not on who asks, how often, or in which order."""
    where = make_geometry(
        [(0, 0, 100), (9000, 0, 99)], [[(0, 0, 99), (40, 0, 99.5)]], gauges_at=[(0, 98, 100)]
    )
    first, second = (build(make_flood([make_river()]), where) for _ in range(2))
    for k in range(20):
        first.member(k)
    for k in (19, 3, 0):
        a, b = first.member(k), second.member(k)
        assert np.array_equal(a.place_levels, b.place_levels)
        assert np.array_equal(a.edge_levels, b.edge_levels)
        assert np.array_equal(a.signals.level_forecasts_mm, b.signals.level_forecasts_mm)
        assert np.array_equal(a.signals.rain_01mm, b.signals.rain_01mm)


def test_a_further_river_leaves_the_others_alone(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """Adding a river changes no level at the first one's gauge."""
    where = make_geometry([(0, 0, 100)], gauges_at=[(0, 98, 100)])
    where = replace(where, gauges=replace(where.gauges, river=("R",)))
    other = make_river(id="S", course=[[0, 3000, 90], [40_000, 3000, 90]])
    alone = build(make_flood([make_river()]), where)
    both = build(make_flood([make_river(), other]), where)
    for k in range(20):
        assert np.array_equal(
            alone.member(k).signals.observed(0), both.member(k).signals.observed(0)
        )


def test_size_belongs_to_all_rivers(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """Without scatter the crests of two rivers order the members in the same way."""
    section = make_flood(
        [make_river(), make_river(id="S", course=[[0, 9000, 80], [40_000, 9000, 80]])],
        ensemble={"seed": 5, "members": 20, "scatter": 0.0},
    )
    where = make_geometry([(0, 0, 100), (0, 9000, 80)])
    hazard = build(section, where)
    crests = np.array([hazard.member(k).place_levels.max(axis=1) for k in range(20)])
    assert np.array_equal(np.argsort(crests[:, 0]), np.argsort(crests[:, 1]))


def test_unknown_elevation_in_reach_is_an_error(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """Unknown ground is never read as dry; every problem comes at once, with its field."""
    where = make_geometry([(0, 0, 100)], [[(0, 0, 99), (40, 0, 99)]])
    where = replace(where, place_z_mm=np.array([NO_LEVEL]), sample_z_mm=np.array([NO_LEVEL] * 4))
    with pytest.raises(InputError) as caught:
        build(make_flood([make_river()]), where)
    assert [p.code for p in caught.value.problems] == [
        "hazard.place_elevation",
        "hazard.road_elevation",
    ]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"rise_m_per_h": 0}, "hazard.may_be", "hazard.rivers.0.rise_m_per_h"),
        (
            {"false_alarm_peak_above_bank_m": 0.2},
            "hazard.may_be",
            "hazard.rivers.0.false_alarm_peak_above_bank_m",
        ),
        ({"course": [[5, 5, 100], [5, 5, 100]]}, "hazard.coordinates", "hazard.rivers.0.course"),
        (
            {"course": [[9e6, 0, 100], [9e6, 50, 100]]},
            "hazard.reaches_nothing",
            "hazard.rivers.0.reach_m",
        ),
    ],
)
def test_impossible_rivers_are_named(
    make_river: Make,
    make_flood: Make,
    make_geometry: Make,
    build: Make,
    changes: dict[str, Any],
    code: str,
    field: str,
) -> None:
    """A quantity that cannot be is an error at its key."""
    with pytest.raises(InputError) as caught:
        build(make_flood([make_river(**changes)]), make_geometry([(0, 0, 100)]))
    assert [(p.code, p.field) for p in caught.value.problems] == [(code, field)]


def test_degrees_without_a_stated_system(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """A course in degrees without a coordinate system is not taken for metres."""
    lonlat = make_river(course=[[119.0, 28.0, 100], [119.1, 28.0, 100]])
    with pytest.raises(InputError) as caught:
        build(make_flood([lonlat]), make_geometry([(0, 0, 100)]), crs="")
    assert [p.code for p in caught.value.problems] == ["hazard.crs_missing"]


def test_courses_in_degrees_lie_where_they_should(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """A course stated in longitude and latitude floods the places beside it in the work system."""
    x, y = (float(v) for v in to_work(119.05, 28.0, "EPSG:4490", "EPSG:4549"))
    lonlat = make_river(**fixed(course=[[119.0, 28.0, 100], [119.1, 28.0, 100]]))
    where = make_geometry([(x, y + 100, 101.0), (x, y + 9000, 90.0)])
    member = build(one_member(make_flood, [lonlat]), where, crs="EPSG:4490").member(0)
    assert abs(int(member.place_levels[member.place_row[0]].max()) - 1000) <= 1
    assert member.place_row[1] == -1


def test_place_in_the_river_is_noted(
    make_river: Make, make_flood: Make, make_geometry: Make, build: Make
) -> None:
    """A place below the water before the flood is a note for the planner, not an error."""
    hazard = build(make_flood([make_river()]), make_geometry([(0, 0, 95)]))
    assert [(p.code, p.found) for p in hazard.warnings] == [("hazard.place_in_river", "P0")]


road_heights = st.lists(st.integers(90_000, 106_000), min_size=2, max_size=6)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    bends=st.lists(
        st.tuples(st.integers(1, 9000), st.integers(-3000, 3000)), min_size=2, max_size=6
    ),
    roads=st.lists(
        st.tuples(st.integers(0, 20_000), st.integers(-2500, 2500), road_heights),
        min_size=1,
        max_size=8,
    ),
    celerity=st.integers(1, 40),
    rain_driven=st.booleans(),
)
def test_random_rivers_keep_the_rules(
    make_river: Make,
    make_flood: Make,
    make_geometry: Make,
    build: Make,
    bends: list[tuple[int, int]],
    roads: list[tuple[int, int, list[int]]],
    celerity: int,
    rain_driven: bool,
) -> None:
    """Roads are never less than 0 mm deep, a row of a road is wet at some time, no level exceeds
    the crest above the ground, and the two directions agree."""
    x = np.cumsum([0, *(b[0] for b in bends)])
    y = [0, *(b[1] for b in bends)]
    course = [[float(a), float(b), 100.0] for a, b in zip(x, y, strict=True)]
    stream = make_river(
        course=course, celerity_km_per_h=celerity, driven_by="rain" if rain_driven else "wave"
    )
    lines = [
        [(rx + 20.0 * i, float(ry), z / 1000) for i, z in enumerate(heights)]
        for rx, ry, heights in roads
    ]
    where = make_geometry([(0.0, 1.0, 100.0)], lines)
    hazard = build(make_flood([stream], ensemble={"seed": 3, "members": 3}), where)
    for k in range(3):
        member = hazard.member(k)
        assert member.edge_levels.dtype == np.int32
        assert np.array_equal(member.edge_row[0::2], member.edge_row[1::2])
        for e, line in enumerate(lines):
            row = member.edge_row[2 * e]
            if row < 0:
                continue
            levels = member.edge_levels[row]
            assert levels.min() >= 0 and levels.max() > 0
            lowest = min(point[2] for point in line)
            assert levels.max() <= 102_500 - round(lowest * 1000) + 1


def test_times_are_exact_milliseconds() -> None:
    """The travel time of 24 km at 8 km/h is three hours to the millisecond."""
    from sim.hazards.valley import Course

    x = np.array([0.0, 24_000.0])
    course = Course(x, np.zeros(2), x, np.full(2, 1e5), 100.0, 0.0, 8.0)
    assert course.lag_ms(np.array([24_000.0])).tolist() == [3 * MS_PER_HOUR]
    assert course.lag_ms(np.array([400.0])).tolist() == [3 * MS_PER_MIN]


extremes = st.sampled_from([-1e7, -60.0, -4.0, -1e-3, 0.0, 1e-9, 0.5, 3.0, 99.0, 1500.0, 1e7])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    river_values=st.dictionaries(
        st.sampled_from(
            [
                "base_below_bank_m",
                "reach_m",
                "side_fall_m_per_km",
                "rise_m_per_h",
                "celerity_km_per_h",
                "peak_above_bank_m",
                "peak_after_rain_min",
                "crest_min",
                "fall_half_min",
                "forecast_up_to_h",
            ]
        ),
        extremes,
        max_size=4,
    ),
    storm_values=st.dictionaries(
        st.sampled_from(
            [
                "total_24h_mm",
                "peak_hour_mm",
                "length_h",
                "gauge_factor",
                "gauge_shift_min",
                "night_share",
            ]
        ),
        extremes,
        max_size=3,
    ),
    driven_by=st.sampled_from(["wave", "rain"]),
)
def test_extreme_numbers_are_refused_or_played(
    make_river: Make,
    make_flood: Make,
    make_geometry: Make,
    build: Make,
    river_values: dict[str, float],
    storm_values: dict[str, float],
    driven_by: str,
) -> None:
    """Whatever numbers a planner writes: he hears what is wrong, or gets levels that fit."""
    section = make_flood(
        [make_river(driven_by=driven_by, **river_values)], ensemble={"seed": 1, "members": 2}
    )
    section["storm"] = section["storm"] | storm_values
    where = make_geometry([(0, 0, 100)], [[(0, 0, 99), (40, 0, 99.5)]], gauges_at=[(0, 98, 100)])
    try:
        hazard = build(section, where)
    except (InputError, ValidationError):
        return
    for k in range(2):
        member = hazard.member(k)
        assert member.edge_levels.min(initial=0) >= 0
        assert np.abs(member.place_levels, dtype=np.int64).max(initial=0) <= 200_000
        assert np.abs(member.signals.levels_mm, dtype=np.int64).max() <= 250_000
        assert member.signals.rain_01mm.min() >= 0
