"""Recorded depth over time: hand-worked spreading, frames, spells, tables, and the ensemble."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio import Affine

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.hazards.base import NO_WATER_MM
from sim.hazards.recorded import expected_onset
from sim.schema.hazard import OnsetForecast
from sim.schema.problems import InputError

Make = Callable[..., Any]
WORK = "EPSG:4549"
X0, Y0 = 500_000.0, 3_100_000.0


def raster(folder: Path, name: str, depth: list[list[float]]) -> str:
    """A raster of 100 m cells whose lower left corner is (X0, Y0), in metres of depth."""
    data = np.array(depth, np.float32)
    top = Y0 + 100 * len(depth)
    with rasterio.open(
        folder / name,
        "w",
        driver="GTiff",
        height=data.shape[0],
        width=data.shape[1],
        count=1,
        dtype="float32",
        crs=WORK,
        transform=Affine(100.0, 0.0, X0, 0.0, -100.0, top),
    ) as dataset:
        dataset.write(data, 1)
    return name


def section(data: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"kind": "recorded_depth", "step_min": 10, "data": data} | changes


def maximum(file: str, **changes: Any) -> dict[str, Any]:
    """Water from the left edge at 12:00 (hour 4), 100 m in half an hour, full an hour later."""
    return {
        "form": "maximum",
        "file": file,
        "spread_from": [[X0, Y0], [X0, Y0 + 100]],
        "speed_m_per_h": 200,
        "rise_min": 60,
        "starts_at": "12:00",
    } | changes


@pytest.fixture
def strip(tmp_path: Path, make_geometry: Make) -> Any:
    """Three places and a road on a strip of six cells; the third place is dry."""
    raster(tmp_path, "max.tif", [[2.0, 2.0, 1.0, 1.0, 0.0, 0.0]])
    places = [(X0 + 100, Y0 + 50, 0), (X0 + 300, Y0 + 50, 0), (X0 + 550, Y0 + 50, 0)]
    road = [(X0 + 10 + 50 * i, Y0 + 20, 0) for i in range(6)]
    return make_geometry(places, [road])


def levels(member: Any, place: int) -> np.ndarray[Any, Any]:
    row = member.place_row[place]
    return np.asarray(member.place_levels[row])


def test_spreading_by_hand(tmp_path: Path, strip: Any, build: Make) -> None:
    """100 m at 200 m/h: there after 30 min, half deep after 60, full (2 m) after 90."""
    hazard = build(section(maximum("max.tif")), strip, folder=tmp_path)
    member = hazard.member(0)
    at = levels(member, 0)
    start = 4 * 6
    assert at[start + 3] == NO_WATER_MM  # the front stands at the door
    assert at[start + 4] == 333 and at[start + 6] == 1000 and at[start + 9] == 2000
    assert (at[start + 9 :] == 2000).all()
    assert levels(member, 1)[start + 9 + 6] == 1000
    assert member.place_row[2] == -1


def test_recession(tmp_path: Path, strip: Any, build: Make) -> None:
    """Kept for an hour at 2 m, then half of it two hours later."""
    data = maximum("max.tif", fall_after_min=60, fall_half_min=120)
    member = build(section(data), strip, folder=tmp_path).member(0)
    full = 4 * 6 + 9
    assert levels(member, 0)[full + 6] == 2000 and levels(member, 0)[full + 6 + 12] == 1000


def test_road_takes_its_deepest_point(tmp_path: Path, strip: Any, build: Make) -> None:
    """The road that begins at the inlet is full at its deep end while its far end is dry."""
    member = build(section(maximum("max.tif")), strip, folder=tmp_path).member(0)
    road = member.edge_levels[member.edge_row[0]]
    assert member.edge_row.tolist() == [0, 0]
    assert road[4 * 6] == 0 and road.max() == 2000
    assert road[4 * 6 + 7] == 2000 and levels(member, 1)[4 * 6 + 7] == NO_WATER_MM


def test_water_under_a_bridge_is_not_on_it(
    tmp_path: Path, make_geometry: Make, build: Make
) -> None:
    """Of a bridge only the ends count; a low-water bridge is as deep as the river."""
    raster(tmp_path, "max.tif", [[0.0, 5.0, 0.0, 1.0]])
    span = [(X0 + 50, Y0 + 50, 0), (X0 + 150, Y0 + 50, 0), (X0 + 250, Y0 + 50, 0)]
    where = make_geometry([(X0 + 350, Y0 + 50, 0)], [span])
    bridge = replace(where, edge_bridge=np.array([True, True]))
    low = replace(bridge, edge_low_water_bridge=np.array([True, True]))
    for geometry, deepest in ((where, 5000), (bridge, 0), (low, 5000)):
        member = build(section(maximum("max.tif")), geometry, folder=tmp_path).member(0)
        row = member.edge_row[0]
        assert (0 if row < 0 else int(member.edge_levels[row].max())) == deepest


def test_ensemble_moves_stretches_and_scales(tmp_path: Path, strip: Any, build: Make) -> None:
    """Two hours late, twice as fast, half as deep: 1 m is reached 2 h 45 min after noon."""
    doubt = {"start_shift_min": 120, "speed_factor": 2, "depth_factor": 0.5}
    member = build(
        section(maximum("max.tif"), **doubt), strip, folder=tmp_path, horizon_min=1440
    ).member(0)
    at = levels(member, 0)
    assert at.max() == 1000
    assert int(np.argmax(at)) == -(-(4 * 60 + 120 + 45) // 10)


def test_false_alarms_bring_no_water(tmp_path: Path, strip: Any, build: Make) -> None:
    """In the stated number of members nothing gets wet, though the water was expected."""
    given = {"seed": 4, "members": 8, "false_alarm_members": 3}
    hazard = build(section(maximum("max.tif"), ensemble=given), strip, folder=tmp_path)
    dry = [m for m in map(hazard.member, range(8)) if (m.place_row == -1).all()]
    assert len(dry) == 3
    for member in dry:
        assert (member.edge_row == -1).all() and member.signals.levels_mm.max(initial=0) == 0
        assert (member.signals.onset_forecast_ms < NEVER).any()


def test_onset_expected_sharpens() -> None:
    """An hour's error at 24 h is half an hour at 6 h and nothing at the start; then it is known."""
    spec = OnsetForecast(first_warning_h=24)
    times = np.array([-25, -24, -6, 0, 3]) * MS_PER_HOUR
    onset = expected_onset(spec, times, 0, (MS_PER_HOUR, False))
    assert onset.tolist() == [NEVER, MS_PER_HOUR, MS_PER_HOUR // 2, 0, 0]
    calm = expected_onset(spec, times, 0, (MS_PER_HOUR, True))
    assert calm.tolist() == [NEVER, MS_PER_HOUR, MS_PER_HOUR // 2, NEVER, NEVER]


def test_series_of_rasters(tmp_path: Path, strip: Any, build: Make) -> None:
    """Between frames of 0 and 2 m an hour apart it is 1 m after half an hour; then it stays."""
    raster(tmp_path, "a.tif", [[0.0] * 6])
    raster(tmp_path, "b.tif", [[2.0, 2.0, 0.5, 0.5, 0.0, 0.0]])
    layers = [{"file": "a.tif", "at_min": 30}, {"file": "b.tif", "at_min": 90}]
    data = {"form": "series", "layers": layers, "starts_at": "10:00"}
    member = build(section(data), strip, folder=tmp_path).member(0)
    at = levels(member, 0)
    start = 2 * 6
    assert at[start + 3] == NO_WATER_MM and at[start + 6] == 1000 and at[start + 9] == 2000
    assert at[-1] == 2000 and levels(member, 1).max() == 500


def test_polygons_with_times(tmp_path: Path, strip: Any, build: Make) -> None:
    """Of two areas over a place the deeper one counts while it holds."""
    box = [[[X0, Y0], [X0 + 200, Y0], [X0 + 200, Y0 + 100], [X0, Y0 + 100], [X0, Y0]]]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": box},
            "properties": {"depth_m": depth, "from_min": begin, "to_min": end},
        }
        for depth, begin, end in ((0.4, 0, 300), (1.1, 60, 120))
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}
    (tmp_path / "a.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "crs": crs, "features": features})
    )
    data = {"form": "polygons", "file": "a.geojson", "starts_at": "08:00"}
    member = build(section(data), strip, folder=tmp_path).member(0)
    at = levels(member, 0)
    assert [int(at[k]) for k in (0, 5, 6, 11, 12, 29, 30)] == [
        400,
        400,
        1100,
        1100,
        400,
        400,
        NO_WATER_MM,
    ]
    assert member.place_row[1] == -1


def test_place_series(tmp_path: Path, strip: Any, build: Make) -> None:
    """Listed places follow their lines; a road follows the nearest of them within its reach."""
    (tmp_path / "d.csv").write_text("place,minute,depth_m\nP0,60,0.2\nP0,120,0.8\nP1,0,0\n")
    data = {"form": "places", "file": "d.csv", "starts_at": "08:00", "edge_reach_m": 60}
    member = build(section(data), strip, folder=tmp_path).member(0)
    at = levels(member, 0)
    assert [int(at[k]) for k in (0, 5, 6, 9, 12, 40)] == [
        NO_WATER_MM,
        NO_WATER_MM,
        200,
        500,
        800,
        800,
    ]
    assert member.place_row.tolist()[1:] == [-1, -1]
    assert member.edge_levels[member.edge_row[0]].max() == 800


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"file": "dry.tif"}, "hazard.never_wet"),
        ({"file": "no.tif"}, "file.missing"),
    ],
)
def test_recordings_that_cannot_be_used(
    tmp_path: Path, strip: Any, build: Make, changes: dict[str, Any], code: str
) -> None:
    """A flood that reaches nobody and a file that is not there are named."""
    raster(tmp_path, "dry.tif", [[0.0] * 6])
    with pytest.raises(InputError) as caught:
        build(section(maximum("max.tif") | changes), strip, folder=tmp_path)
    assert caught.value.problems[-1].code == code


def test_factors_must_be_positive(tmp_path: Path, strip: Any, build: Make) -> None:
    """A depth factor that may be 0 would be a hidden false alarm; it is refused."""
    doubt = {"depth_factor": {"dist": "uniform", "low": 0, "high": 1}}
    with pytest.raises(InputError) as caught:
        build(section(maximum("max.tif"), **doubt), strip, folder=tmp_path)
    assert [p.code for p in caught.value.problems] == ["hazard.may_be"]


def test_gauge_reads_the_depth_where_it_stands(
    tmp_path: Path, strip: Any, make_geometry: Make, build: Make
) -> None:
    """A gauge's level is the depth at its place; without error its forecast is what comes."""
    gauges = make_geometry([], gauges_at=[(X0 + 100, 0.5, 1.0)]).gauges
    where = replace(strip, gauges=replace(gauges, y=np.array([Y0 + 50])))
    exact = {"level_sd_m_at_24h": 0}
    member = build(section(maximum("max.tif"), forecasts=exact), where, folder=tmp_path).member(0)
    seen = member.signals.observed(0)
    assert seen.max() == 2000 and seen[4 * 6 + 6] == 1000
    assert np.array_equal(member.signals.forecast(0, 18)[:-18], seen[18:])


def test_times_before_the_start_are_dry(tmp_path: Path, strip: Any, build: Make) -> None:
    """A start shifted before clock_start finds the water already there at step 0."""
    data = section(maximum("max.tif"), start_shift_min=-6 * 60)
    at = levels(build(data, strip, folder=tmp_path).member(0), 0)
    assert at[0] == 2000 and MS_PER_MIN * 10 == 600_000
