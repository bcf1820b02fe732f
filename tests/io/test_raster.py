"""Depth rasters: the cell under a point, and everything that can be wrong with a raster."""

from __future__ import annotations

import builtins
import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio import Affine

from sim.io import raster
from sim.io.crs import to_lonlat
from sim.io.quantity import DEPTHS
from sim.io.raster import Points, RasterLayer, raster_at
from sim.schema.problems import InputError

RD = "EPSG:28992"


def write(path: Path, data: np.ndarray[Any, Any], **changes: Any) -> str:
    """A raster of 10 m cells whose upper left corner is (200000, 500000)."""
    profile = {
        "driver": "GTiff",
        "height": data.shape[0],
        "width": data.shape[1],
        "count": 1,
        "dtype": data.dtype.name,
        "crs": RD,
        "transform": Affine(10.0, 0.0, 200_000.0, 0.0, -10.0, 500_000.0),
    } | changes
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(data, 1)
    return path.name


def at(*cells: tuple[float, float]) -> Points:
    """Points at (column, row) of the raster, in cells."""
    x = np.array([200_000 + 10 * c for c, _ in cells])
    y = np.array([500_000 - 10 * r for _, r in cells])
    return Points(x, y, RD)


def code_of(layer: RasterLayer, points: Points) -> str:
    with pytest.raises(InputError) as caught:
        raster_at(layer, points)
    return caught.value.problems[-1].code


def test_each_point_takes_its_cell(tmp_path: Path) -> None:
    """Depth is that of the cell, its upper left edge included, in whole mm; outside is dry."""
    data = np.array([[0.0, 1.234], [2.5, 3.0]], np.float32)
    layer = RasterLayer(tmp_path, write(tmp_path / "d.tif", data))
    depth, notes = raster_at(
        layer, at((0.5, 0.5), (1.0, 0.0), (1.99, 0.99), (0.1, 1.9), (2.5, 0.5))
    )
    assert depth.tolist() == [0, 1234, 1234, 2500, 0]
    assert [(n.code, n.found, n.severity) for n in notes] == [
        ("hazard.raster_part", "1 / 5", "warning")
    ]


@pytest.mark.parametrize(("unit", "value"), [("m", 2), ("cm", 200), ("mm", 2000)])
def test_units(tmp_path: Path, unit: str, value: int) -> None:
    """Two metres are 2,000 mm in whatever unit the raster holds them."""
    name = write(tmp_path / "d.tif", np.full((2, 2), value, np.int16))
    depth, _ = raster_at(RasterLayer(tmp_path, name, DEPTHS[unit]), at((0.5, 0.5)))
    assert depth.tolist() == [2000]


def test_windows_give_the_same_as_the_whole(tmp_path: Path) -> None:
    """Points all over a raster of several windows, in any order, get exactly their cells."""
    rng = np.random.default_rng(1)
    data = rng.integers(0, 9000, (1300, 1100)).astype(np.int32)
    name = write(tmp_path / "d.tif", data)
    column, row = rng.integers(0, 1100, 500), rng.integers(0, 1300, 500)
    points = at(*zip(column + 0.5, row + 0.5, strict=True))
    depth, _ = raster_at(RasterLayer(tmp_path, name, DEPTHS["mm"]), points)
    assert np.array_equal(depth, data[row, column])


def test_only_windows_with_points_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three points in two corners of a large raster cost two windows, not the raster."""
    name = write(tmp_path / "d.tif", np.ones((3000, 3000), np.uint8))
    seen: list[Any] = []
    windows = raster._windows

    def counted(*args: Any) -> Any:
        for item in windows(*args):
            seen.append(item)
            yield item

    monkeypatch.setattr(raster, "_windows", counted)
    raster_at(RasterLayer(tmp_path, name), at((1, 1), (2999, 2999), (5, 5)))
    assert len(seen) == 2
    assert max(window.width * window.height for window, _ in seen) <= 512 * 512


def test_points_in_another_system(tmp_path: Path) -> None:
    """Points in longitude and latitude find the same cells as in the raster's own system."""
    data = np.arange(16, dtype=np.int16).reshape(4, 4)
    layer = RasterLayer(tmp_path, write(tmp_path / "d.tif", data))
    own = at(*((c + 0.5, r + 0.5) for r in range(4) for c in range(4)))
    lon, lat = to_lonlat(own.x, own.y, RD)
    depth, _ = raster_at(layer, Points(lon, lat, "EPSG:4326"))
    assert depth.tolist() == [1000 * v for v in range(16)]


def test_no_data_is_dry_or_an_error(tmp_path: Path) -> None:
    """No data and NaN under a point are dry when said so, and refused when not."""
    data = np.array([[np.nan, -9999.0, 1.0]], np.float32)
    name = write(tmp_path / "d.tif", data, nodata=-9999.0)
    points = at((0.5, 0.5), (1.5, 0.5), (2.5, 0.5))
    depth, _ = raster_at(RasterLayer(tmp_path, name), points)
    assert depth.tolist() == [0, 0, 1000]
    strict = RasterLayer(tmp_path, name, nodata_is_dry=False)
    with pytest.raises(InputError) as caught:
        raster_at(strict, points)
    assert [(p.code, p.found) for p in caught.value.problems] == [("hazard.raster_nodata", 2)]


def test_what_cannot_be_a_depth(tmp_path: Path) -> None:
    """Negative depths and depths beyond 100 m (a slip of units) are refused with the value."""
    low = write(tmp_path / "low.tif", np.array([[-0.5]], np.float32))
    high = write(tmp_path / "high.tif", np.array([[1500]], np.int16))
    assert code_of(RasterLayer(tmp_path, low), at((0.5, 0.5))) == "hazard.depth_negative"
    assert code_of(RasterLayer(tmp_path, high), at((0.5, 0.5))) == "hazard.depth_implausible"


def test_raster_elsewhere(tmp_path: Path) -> None:
    """A raster on which no point lies is an error that says where the raster is."""
    name = write(tmp_path / "d.tif", np.ones((2, 2), np.uint8))
    assert code_of(RasterLayer(tmp_path, name), at((99, 99))) == "hazard.raster_elsewhere"
    far = Points(np.array([1e30]), np.array([np.inf]), RD)
    assert code_of(RasterLayer(tmp_path, name), far) == "hazard.raster_elsewhere"


def test_coordinate_system_of_the_raster(tmp_path: Path) -> None:
    """The raster's own system counts, a different statement is noted; with neither, an error."""
    own = write(tmp_path / "own.tif", np.ones((2, 2), np.uint8))
    depth, notes = raster_at(RasterLayer(tmp_path, own, stated_crs="EPSG:4490"), at((0.5, 0.5)))
    assert depth.tolist() == [1000] and [n.code for n in notes] == ["hazard.crs_differs"]
    bare = write(tmp_path / "bare.tif", np.ones((2, 2), np.uint8), crs=None)
    assert code_of(RasterLayer(tmp_path, bare), at((0.5, 0.5))) == "hazard.crs_missing"
    depth, _ = raster_at(RasterLayer(tmp_path, bare, stated_crs=RD), at((0.5, 0.5)))
    assert depth.tolist() == [1000]
    unknown = RasterLayer(tmp_path, bare, stated_crs="EPSG:1")
    assert code_of(unknown, at((0.5, 0.5))) == "hazard.crs_unknown"


def test_files_that_are_no_rasters(tmp_path: Path) -> None:
    """Missing, foreign, unplaced files and paths out of the folder are named, not stack traces."""
    (tmp_path / "text.tif").write_text("not a raster")
    inside = tmp_path / "in"
    inside.mkdir()
    write(tmp_path / "out.tif", np.ones((2, 2), np.uint8))
    point = at((0.5, 0.5))
    assert code_of(RasterLayer(tmp_path, "none.tif"), point) == "file.missing"
    assert code_of(RasterLayer(tmp_path, "text.tif"), point) == "hazard.raster_unreadable"
    assert code_of(RasterLayer(inside, "../out.tif"), point) == "file.outside"


def test_raster_without_a_place(tmp_path: Path) -> None:
    """A plain image with a system but no position is refused."""
    with pytest.warns(rasterio.errors.NotGeoreferencedWarning):
        name = write(tmp_path / "d.tif", np.ones((2, 2), np.uint8), transform=Affine.identity())
    assert code_of(RasterLayer(tmp_path, name), at((0.5, 0.5))) == "hazard.raster_not_placed"


def test_cut_off_file(tmp_path: Path) -> None:
    """A file cut off in copying is unreadable, not a crash."""
    rng = np.random.default_rng(2)
    path = tmp_path / "d.tif"
    write(path, rng.integers(0, 5, (600, 600)).astype(np.uint8))
    path.write_bytes(path.read_bytes()[:20_000])
    assert code_of(RasterLayer(tmp_path, "d.tif"), at((500, 500))) == "hazard.raster_unreadable"


def test_without_the_raster_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without rasterio the planner is told what to install."""
    real = builtins.__import__

    def none_of_it(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("rasterio"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", none_of_it)
    assert code_of(RasterLayer(tmp_path, "d.tif"), at((0.5, 0.5))) == "hazard.raster_extra"


@pytest.mark.real
def test_kampen_people_in_a_metre_of_water(shared_dir: Path) -> None:
    """31,469 ± 1 % of Kampen's 50,060 people have their cell centre in at least 1 m."""
    folder = shared_dir / "data" / "kampen_flood"
    with (folder / "population_250m.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    share = np.array([float(row["population"]) for row in rows])
    people = np.floor(share).astype(np.int64)
    largest = np.argsort(-(share - people), kind="stable")
    people[largest[: 50_060 - people.sum()]] += 1
    x, y = (np.array([float(row[name]) for row in rows]) for name in ("x", "y"))
    layer = RasterLayer(folder, "inundation_map_m_epsg28992.tif", stated_crs=RD)
    depth, notes = raster_at(layer, Points(x, y, RD))
    assert people.sum() == 50_060 and not notes
    assert abs(people[depth >= 1000].sum() - 31_469) <= 0.01 * 31_469
