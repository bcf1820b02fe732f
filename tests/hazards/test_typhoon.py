"""A typhoon's members: where the wind blows when, whom it stops, what it breaks, who knew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.hazards import Geometry, Hazard, Member
from sim.hazards.debris import ON_FOOT_ONLY
from sim.roads.hindrance import Hindrance
from sim.roads.levels import SHUT_MM
from sim.roads.passability import vehicle_classes
from sim.schema.problems import InputError

Make = Any
EXACT: dict[str, Any] = {
    "aside_km_at_24h": 0, "late_h_at_24h": 0, "depth_factor": 1,
    "wind": {"radius_km": 40, "shape_b": 1.5, "latitude_deg": 0, "land_factor": 1,
             "gust_factor": 1, "moving_share": 0},
    "rain": {"most_mm_h": 30}, "trees": {"share": 0},
}  # fmt: skip


def section(**changes: Any) -> dict[str, Any]:
    """960 hPa from 300 km south to 300 km north in 20 h, over the origin at minute 600."""
    return {
        "kind": "typhoon", "ensemble": {"members": 2},
        "track": {"form": "points", "points": [
            {"at_min": 0, "x": 0, "y": -300_000, "pressure_hpa": 960},
            {"at_min": 1200, "x": 0, "y": 300_000, "pressure_hpa": 960},
        ]},
    } | EXACT | changes  # fmt: skip


def coast(make_geometry: Make) -> Geometry:
    """Homes 40 km east and 40 km west of the track, one far off; a road at the eastern home."""
    places = [(40_000.0, 0.0, 1.0), (-40_000.0, 0.0, 1.0), (900_000.0, 0.0, 1.0)]
    roads = [[(39_900.0, 0.0, 1.0), (40_000.0, 0.0, 1.0), (40_100.0, 0.0, 1.0)]]
    return replace(make_geometry(places, roads), n_homes=3)


def one(hazard: Hazard) -> Member:
    """The first member."""
    return hazard.member(0)


def test_wind_by_hour(build: Make, make_geometry: Make) -> None:
    """√(1.5·5000/(1.15·e)) = 48.98 m/s when the ring passes at minute 600; a breeze far off."""
    levels = one(build(section(), coast(make_geometry))).place_levels
    assert levels[0, 60] == 490 == levels[1, 60] == levels[0].max()
    assert levels[2].max() < 100 and levels[0, 0] < 180


def test_it_blows_harder_on_the_right(build: Make, make_geometry: Make) -> None:
    """The storm moves 30 km/h to the north: half of that on the east, off on the west."""
    moving = section(wind=EXACT["wind"] | {"moving_share": 0.5})
    levels = one(build(moving, coast(make_geometry))).place_levels
    half = 30 / 3.6 / 2
    assert levels[0, 60] == pytest.approx((48.98 + half) * 10, abs=1)
    assert levels[1, 60] == pytest.approx((48.98 - half) * 10, abs=1)


def test_wind_stops_by_class(build: Make, make_geometry: Make) -> None:
    """Coaches stand from 20.8 m/s, cars from 28.5; in between only cars drive, more slowly."""
    member = one(build(section(), coast(make_geometry)))
    found = Hindrance(member.layers(500, 500), 600_000)
    row = found.edge_row[0]
    gust = member.edge_levels[member.edge_row[0]]
    classes = vehicle_classes()
    coach, car = (found.of(classes[name]).hindrance[row] for name in ("coach", "car"))
    between = (gust >= 208) & (gust < 285)
    assert between.any() and (coach[between] == SHUT_MM).all()
    assert ((car[between] > 0) & (car[between] < 300)).all()
    assert (car[gust >= 285] == SHUT_MM).all() and not car[gust < 172].any()
    assert member.scale.stops("boat", 139) and not member.scale.stops("boat", 138)


def test_weak_places_are_in_danger_and_their_sheds_fall(build: Make, make_geometry: Make) -> None:
    """At the raft wind is dangerous from 17.2 m/s, in a house never; sheds fall at 32.7."""
    weak = [{"places": ["P0"], "trapped_share": 0.25, "killed_share": 0}]
    member = one(build(section(weak=weak), coast(make_geometry)))
    layer = member.layers(500, 500)[0]
    harm = layer.harm_at(np.arange(3))
    assert harm[0] == 172 and harm[1] == harm[2] == 2**31 - 1
    assert member.blows is not None and member.blows.place.tolist() == [0]
    first = int(np.argmax(member.place_levels[0] >= 327))
    assert member.blows.time_ms.tolist() == [first * 10 * MS_PER_MIN]
    with pytest.raises(InputError, match="place_unknown"):
        build(section(weak=[{"places": ["X"]}]), coast(make_geometry))


def test_trees_fall_and_are_cleared(build: Make, make_geometry: Make) -> None:
    """With trees on every road: none before 24.5 m/s, and cleared 2 h after the last such gust."""
    trees = {"share": 1, "from_gust_m_s": 24.5, "all_gust_m_s": 24.6, "cleared_h": 2}
    member = one(build(section(trees=trees), coast(make_geometry)))
    layer = member.more[0]
    level = layer.edge_levels[layer.edge_row[0]]
    fallen = np.flatnonzero(member.edge_levels[member.edge_row[0]] >= 246)
    assert not level[: fallen[0] - 1].any() and (level[fallen] == ON_FOOT_ONLY).all()
    assert level[fallen[-1] + 11] == ON_FOOT_ONLY and not level[fallen[-1] + 13 :].any()


def test_errors_grow_with_the_lead(build: Make, make_geometry: Make) -> None:
    """50 km aside per day: at 10 h the centre is 20.8 km to the right, the eastern home nearer."""
    member = one(build(section(aside_km_at_24h=50), coast(make_geometry)))
    straight = one(build(section(), coast(make_geometry)))
    assert member.place_levels[1].max() < straight.place_levels[1].max()
    assert member.place_levels[0, 60] != straight.place_levels[0, 60]
    assert abs(int(member.place_levels[0, 0]) - int(straight.place_levels[0, 0])) <= 1
    late = one(build(section(late_h_at_24h=2.4), coast(make_geometry)))
    assert int(np.argmax(late.place_levels[0])) > 60


def test_the_danger_is_foreseen_better_from_near(build: Make, make_geometry: Make) -> None:
    """Known two days ahead, here from the start; wrong by 4 h at 24 h, right when it comes."""
    late = {"first_warning_h": 48, "error_h_at_24h": 4}
    weak = [{"places": ["P0"]}]
    member = one(build(section(onset=late, weak=weak), coast(make_geometry)))
    true = int(np.argmax(member.place_levels[0] >= 172)) * 10 * MS_PER_MIN
    error = member.signals.onset_forecast_ms - true
    assert error[0] == round(4 * MS_PER_HOUR * np.sqrt(true / (24 * MS_PER_HOUR)))
    until = true // (10 * MS_PER_MIN)
    assert (np.diff(error[: until + 1]) <= 0).all() and not error[until:].any()


def test_a_false_alarm_passes_aside_and_is_called_off(build: Make, make_geometry: Make) -> None:
    """Nobody feels force 8; it was expected, and two hours before nobody expects it."""
    made = section(ensemble={"members": 1, "false_alarm_members": 1}, false_alarm_aside_km=800,
                   weak=[{"places": ["P0"], "harm_gust_m_s": 30}],
                   onset={"first_warning_h": 48, "cancelled_h_before": 2})  # fmt: skip
    place = replace(coast(make_geometry), n_homes=2)
    member = one(build(made, place))
    assert member.place_levels[:2].max() < 172
    onset = member.signals.onset_forecast_ms
    assert onset[0] < NEVER and (onset[60:] == NEVER).all()


def test_no_deficit_nothing_at_all(build: Make, make_geometry: Make) -> None:
    """Zero hazard, zero harm: no wind, no rain, no surge above the tide, nothing broken."""
    made = section(depth_factor=0, weak=[{"places": ["P0"]}],
                   surge={"coast": [[40_000, 0]], "reach_m": 5000, "tide_m": 0})  # fmt: skip
    member = one(build(made, coast(make_geometry)))
    assert not member.place_levels.any() and not member.edge_levels.any()
    assert member.blows is not None and not len(member.blows.time_ms)
    assert not member.signals.rain_01mm.any()
    assert all(not layer.edge_levels.any() for layer in member.more)
    assert all((layer.place_levels <= 0).all() for layer in member.more)


def test_the_sea_comes_over_low_land(build: Make, make_geometry: Make) -> None:
    """Half a metre by pressure and 0.002·48.98² = 4.8 m by wind at the coast; land at 1 m."""
    made = section(surge={"coast": [[40_000, 0]], "reach_m": 5000, "tide_m": 0})
    member = one(build(made, coast(make_geometry)))
    sea = member.more[1]
    depth = sea.place_levels[sea.place_row[0]]
    assert depth.max() == pytest.approx(500 + 0.002 * 48.98**2 * 1000 - 1000, abs=3)
    assert sea.scale.is_water and sea.place_row[1] == -1
    assert sea.edge_levels[sea.edge_row[0]].max() == pytest.approx(depth.max(), abs=30)


def test_rivers_rise_with_the_typhoons_rain(
    build: Make, make_geometry: Make, make_flood: Make, make_river: Make
) -> None:
    """The flood part has the typhoon's members and its rain; its water is a layer."""
    where = make_geometry([(5000.0, 100.0, 100.5)], gauges_at=[(5000.0, 102.0, 103.0)])
    where = replace(where, n_homes=1)
    rivers = make_flood([make_river(driven_by="rain")])
    member = one(build(section(flood=rivers), where))
    assert member.more[-1].scale.is_water
    rain = member.signals.rain_01mm[0]
    assert rain.max() == pytest.approx(30 * 10 / 6, abs=5) and int(np.argmax(rain)) in range(45, 75)
    assert member.signals.levels_mm[0].max() > member.signals.levels_mm[0, 0]


def test_real_tracks(build: Make, make_geometry: Make, tmp_path: Path) -> None:
    """UTC fixes of a table: at 06:00 UTC on the day of the start it is minute 360 in China."""
    (tmp_path / "tracks.csv").write_text(
        "track_id,season,basin,time,lon,lat,wind,slp\n"
        "T,2025,WP,2025-06-18 06:00:00,120.0,29.0,80,960\n"
        "T,2025,WP,2025-06-18 00:00:00,120.0,26.0,80,960\n"
        "T,2025,WP,2025-06-18 12:00:00,120.0,32.0,,\n"
        "U,2025,WP,2025-06-18 12:00:00,120.0,32.0,80,990\n"
    )
    from sim.io.crs import to_work

    x, y = to_work(np.array([120.0]), np.array([29.0]), "EPSG:4326", "EPSG:4549")
    where = replace(make_geometry([(float(x[0]) + 40_000, float(y[0]), 5.0)]), n_homes=1)
    track = {"form": "file", "file": "tracks.csv", "track_id": "T"}
    levels = one(build(section(track=track), where, folder=tmp_path)).place_levels[0]
    assert levels.max() == pytest.approx(490, abs=2)
    assert int(np.argmax(levels)) == pytest.approx(36, abs=1)
    for wrong, code in (("U", "hazard.track_unknown"), ("none", "hazard.track_unknown")):
        with pytest.raises(InputError) as error:
            build(section(track=track | {"track_id": wrong}), where, folder=tmp_path)
        assert {p.code for p in error.value.problems} == {code}


def test_half_the_step_is_the_same_storm(build: Make, make_geometry: Make) -> None:
    """At common moments gusts are the same number."""
    where = coast(make_geometry)
    fine = one(build(section(step_min=5), where)).place_levels
    coarse = one(build(section(step_min=10), where)).place_levels
    assert (fine[:, ::2][:, : coarse.shape[1]] == coarse[:, : fine[:, ::2].shape[1]]).all()
