"""Whatever form a recording has: it says what was read, and a wrong file gives its own error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasterio import Affine
from recording_kit import X0, Y0, area, table, tiff

from sim.schema.problems import InputError

Make = Callable[..., Any]
WET = [[0.5, 1.0, 0.0], [0.0, 2.0, 0.0]]
HUGE, GAP_MIN = 4000.0, 300


def maximum(folder: Path, cells: Any = WET, **changes: Any) -> dict[str, Any]:
    """One raster of the greatest depth, spread from its western edge."""
    return {
        "form": "maximum", "file": tiff(folder, "m.tif", cells, **changes), "unit": "m",
        "spread_from": [[X0, Y0 + 50]], "speed_m_per_h": 600, "rise_min": 60,
    }  # fmt: skip


def series(folder: Path, cells: Any = WET, **changes: Any) -> dict[str, Any]:
    """Dry at minute 0, then the raster at 60, then after a gap once more."""
    dry = tiff(folder, "dry.tif", np.zeros((2, 3)), **changes)
    layers = [(dry, 0), (tiff(folder, "s.tif", cells, **changes), 60), (dry, 120),
              (dry, 120 + GAP_MIN)]  # fmt: skip
    return {"form": "series", "layers": [{"file": f, "at_min": at} for f, at in layers]}


def bands(folder: Path, cells: Any = WET, **changes: Any) -> dict[str, Any]:
    """One file of one band, an hour apart by statement."""
    return {"form": "bands", "file": tiff(folder, "b.tif", cells, **changes), "every_min": 60}


def polygons(folder: Path, depth: Any = 1.0, x: float = X0, until: Any = 120) -> dict[str, Any]:
    """One area over the first two places."""
    return area(folder, 200, x, depth_m=depth, from_min=30, to_min=until)


def places(folder: Path, *lines: str) -> dict[str, Any]:
    """A table of one place, or of given lines."""
    return table(folder, "depth_m", *(lines or ("P0,0,0", "P0,60,1.5", "P0,180,0")))


@pytest.fixture
def read(tmp_path: Path, make_geometry: Make, build: Make) -> Make:
    """Three places in a row 100 m apart and a road along the first two."""
    spots = [(X0 + 50 + 100 * i, Y0 + 50, 0.0) for i in range(3)]
    road = [(X0 + 20.0 + 40 * i, Y0 + 60, 0.0) for i in range(4)]

    def built(data: dict[str, Any]) -> Any:
        section = {"kind": "recorded_depth", "data": {"starts_at": "08:00"} | data}
        return build(section, make_geometry(spots, [road]), folder=tmp_path)

    return built


@pytest.mark.parametrize(
    ("form", "code", "found", "allowed", "wet"),
    [
        (maximum, "hazard.maximum_says", "100", "600", ("2 / 3", "4 / 4")),
        (series, "hazard.raster_says", "4 × 100", "60", ("2 / 3", "4 / 4")),
        (bands, "hazard.raster_says", "1 × 100", "0", ("2 / 3", "4 / 4")),
        (polygons, "hazard.polygons_says", "1", "30…120", ("2 / 3", "4 / 4")),
        (places, "hazard.places_says", "1 / 3", "60…120", ("1 / 3", "4 / 4")),
    ],
)
def test_every_form_says_what_it_read(
    tmp_path: Path, read: Make, form: Make, code: str, found: str, allowed: str, wet: Any
) -> None:
    """Cells and steps, or polygons and times, or places and steps; then how much gets wet."""
    notes = {n.code: (n.found, n.allowed) for n in read(form(tmp_path)).warnings}
    assert notes[code] == (found, allowed)
    assert notes["hazard.reach_says"] == wet
    assert ("hazard.time_gap" in notes) == (form is series)


def test_cells_in_degrees_are_told_in_metres(tmp_path: Path, read: Make) -> None:
    """A raster in longitude and latitude of 0.001° has cells of 111 m, and the water is found."""
    from sim.io.crs import to_lonlat

    lon, lat = to_lonlat(np.array([X0]), np.array([Y0 + 100]), "EPSG:4549")
    at = Affine(0.002, 0, float(lon[0]) - 0.0005, 0, -0.001, float(lat[0]) + 0.0002)
    data = bands(tmp_path, np.full((2, 3), 1.0), crs="EPSG:4326", transform=at)
    notes = {n.code: n.found for n in read(data).warnings}
    assert notes["hazard.raster_says"] == "1 × 111.3" and notes["hazard.reach_says"] == "3 / 3"


RASTERS = (maximum, series, bands)


@pytest.mark.parametrize("form", RASTERS)
@pytest.mark.parametrize(
    ("cells", "changes", "code"),
    [
        ([[-1.0, 1, 0], [0, 0, 0]], {}, "hazard.depth_negative"),
        ([[HUGE, 1, 0], [0, 0, 0]], {}, "hazard.depth_implausible"),
        ([[np.inf, 1, 0], [0, 0, 0]], {}, "hazard.raster_nodata"),
        ([[np.nan, 1, 0], [0, 0, 0]], {}, "hazard.raster_nodata"),
        ([[-9999.0, 1, 0], [0, 0, 0]], {}, "hazard.raster_nodata"),
        (WET, {"transform": Affine(100, 0, X0 + 1e6, 0, -100, Y0)}, "hazard.raster_elsewhere"),
        (WET, {"crs": "EPSG:32633"}, "hazard.raster_elsewhere"),
    ],
)
def test_wrong_rasters(
    tmp_path: Path, read: Make, form: Make, cells: Any, changes: dict[str, Any], code: str
) -> None:
    """Negative, huge, infinite, NaN and missing depths where no data is not said to be dry; a
    raster that lies elsewhere, or whose stated system is another: each its own error."""
    with pytest.raises(InputError) as caught:
        read(form(tmp_path, cells, **changes) | {"nodata_is_dry": False})
    assert code in [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize("form", RASTERS)
def test_a_raster_that_covers_a_part_says_so(tmp_path: Path, read: Make, form: Make) -> None:
    """Shifted by one cell to the west, two of three places and half of the road lie on it."""
    moved = {"transform": Affine(100, 0, X0 - 100, 0, -100, Y0 + 100)}
    notes = {n.code: n.found for n in read(form(tmp_path, np.ones((2, 3)), **moved)).warnings}
    assert notes["hazard.raster_part"] == "1 / 7" and notes["hazard.reach_says"] == "2 / 3"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"depth": -1.0}, "hazard.out_of_range"),
        ({"depth": HUGE}, "hazard.out_of_range"),
        ({"depth": None}, "hazard.out_of_range"),
        ({"depth": "deep"}, "hazard.not_a_number"),
        ({"until": 10}, "hazard.area_times"),
        ({"x": X0 + 50_000}, "hazard.areas_elsewhere"),
    ],
)
def test_wrong_polygons(tmp_path: Path, read: Make, changes: dict[str, Any], code: str) -> None:
    """Impossible and missing depths, an end before the beginning, polygons elsewhere."""
    with pytest.raises(InputError) as caught:
        read(polygons(tmp_path, **changes))
    assert code in [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    "line", ["P0,60,-1", f"P0,60,{HUGE}", "P0,60,nan", "P0,60,inf", "P0,-5,1", "nobody,60,1"]
)
def test_wrong_tables(tmp_path: Path, read: Make, line: str) -> None:
    """Impossible depths and minutes and a place nobody knows: file, row and what was found."""
    with pytest.raises(InputError) as caught:
        read(places(tmp_path, "P0,0,0", line))
    problem = caught.value.problems[-1]
    assert problem.file == "t.csv" and problem.row == 3 and str(problem.found) in line
