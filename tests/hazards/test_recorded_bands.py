"""Recorded depth in one file with a band per time: GeoTIFF and NetCDF, gaps, wrong files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio import Affine
from scipy.io import netcdf_file

from sim.schema.problems import InputError

Make = Callable[..., Any]
X0, Y0 = 500_000.0, 3_100_000.0
DEPTHS = np.zeros((3, 2, 2))
DEPTHS[1:, 0] = (1.0, 0.0), (2.0, 0.5)
"""Three times of two rows of two cells, 100 m wide, in metres; the southern row is dry."""


def tiff(folder: Path, depths: Any = DEPTHS) -> str:
    with rasterio.open(
        folder / "d.tif", "w", driver="GTiff", height=2, width=2, count=len(depths),
        dtype="float32", crs="EPSG:4549", transform=Affine(100, 0, X0, 0, -100, Y0 + 100),
    ) as dataset:  # fmt: skip
        dataset.write(np.asarray(depths, np.float32))
    return "d.tif"


def netcdf(folder: Path, times: Sequence[float], unit: str, twice: bool = False) -> str:
    with netcdf_file(folder / "d.nc", "w") as file:
        for name, values in (
            ("time", times),
            ("y", [Y0 + 50, Y0 - 50]),
            ("x", [X0 + 50, X0 + 150]),
        ):
            file.createDimension(name, len(values))
            file.createVariable(name, "d", (name,))[:] = values
        file.variables["time"].units = f"{unit} since 2020-07-08 00:00:00"
        for axis in "xy":
            file.variables[axis].standard_name = f"projection_{axis}_coordinate"
            file.variables[axis].units = "m"
        for name in ("depth", "speed") if twice else ("depth",):
            file.createVariable(name, "f", ("time", "y", "x"))[:] = DEPTHS
    return "d.nc"


@pytest.fixture
def played(tmp_path: Path, make_geometry: Make, build: Make) -> Make:
    """Two places, one in each cell."""

    def built(data: dict[str, Any]) -> Any:
        where = make_geometry([(X0 + 50, Y0 + 50, 0), (X0 + 150, Y0 + 50, 0)])
        section = {"kind": "recorded_depth", "data": {"form": "bands", "starts_at": "08:00"} | data}
        return build(section, where, folder=tmp_path)

    return built


def depth(hazard: Any, place: int, minute: int) -> int:
    member = hazard.member(0)
    return int(member.place_levels[member.place_row[place], minute // 10])


def test_geotiff_bands(tmp_path: Path, played: Make) -> None:
    """Bands every 60 min: 1 m at hour 1, 1.5 m half an hour later, 2 m at hour 2 and after."""
    hazard = played({"file": tiff(tmp_path), "every_min": 60})
    assert [depth(hazard, 0, m) for m in (60, 90, 120, 300)] == [1000, 1500, 2000, 2000]
    assert depth(hazard, 1, 120) == 500
    assert [(n.code, n.found, n.allowed) for n in hazard.warnings] == [
        ("hazard.raster_says", "3 × 100", "60"),
        ("hazard.reach_says", "2 / 2", "0 / 0"),
    ]


@pytest.mark.parametrize(("times", "unit"), [([0, 1, 2], "hours"), ([30, 90, 150], "minutes")])
def test_netcdf_states_its_times(
    tmp_path: Path, played: Make, times: list[float], unit: str
) -> None:
    """A NetCDF says when each band is; its axis counts from its first entry."""
    hazard = played({"file": netcdf(tmp_path, times, unit)})
    assert [depth(hazard, 0, m) for m in (60, 90, 120)] == [1000, 1500, 2000]


def test_netcdf_with_two_variables(tmp_path: Path, played: Make) -> None:
    """With several variables one must be named; the error lists them."""
    file = netcdf(tmp_path, [0, 1, 2], "hours", twice=True)
    with pytest.raises(InputError) as caught:
        played({"file": file})
    assert caught.value.problems[0].code == "hazard.raster_variable"
    assert depth(played({"file": file, "variable": "depth"}), 0, 120) == 2000


def test_gap_in_time(tmp_path: Path, played: Make) -> None:
    """A pause of twice the usual step is said; the depth goes straight through it."""
    file = netcdf(tmp_path, [0, 1, 9], "hours")
    codes = {note.code: note.found for note in played({"file": file}).warnings}
    assert codes["hazard.time_gap"] == "60…540"


@pytest.mark.parametrize(
    ("depths", "data", "code"),
    [
        (DEPTHS, {}, "hazard.band_times"),
        (-DEPTHS, {"every_min": 60}, "hazard.depth_negative"),
        (DEPTHS * 1e6, {"every_min": 60}, "hazard.depth_implausible"),
        (DEPTHS * np.nan, {"every_min": 60, "nodata_is_dry": False}, "hazard.raster_nodata"),
        (DEPTHS, {"every_min": 60, "variable": "depth"}, "hazard.raster_unreadable"),
    ],
)
def test_wrong_files(
    tmp_path: Path, played: Make, depths: Any, data: dict[str, Any], code: str
) -> None:
    """No times, negative, huge, not a number, a variable of no NetCDF: each has its error."""
    with pytest.raises(InputError) as caught:
        played({"file": tiff(tmp_path, depths)} | data)
    assert caught.value.problems[-1].code == code
